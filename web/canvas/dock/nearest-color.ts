import { oklabOf } from './color-names.ts';

/**
 * Finds the colour of a palette that looks most like another, compared in Oklab.
 *
 * @returns the index of the colour that is nearest to 24 bits of red, green and blue. Each is looked for once: pictures have
 *   few colours.
 */
export function nearestColor(palette: readonly string[]): (rgb: number) => number {
  const labs = palette.map(oklabOf);
  const known = new Map<number, number>(
    palette.map((color, index) => [Number.parseInt(color.slice(1), 16), index]),
  );
  return (rgb) => {
    const found = known.get(rgb);
    if (found !== undefined) return found;
    const [lightness, a, b] = oklabOf(`#${rgb.toString(16).padStart(6, '0')}`);
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    labs.forEach((lab, index) => {
      const distance = (lab[0] - lightness) ** 2 + (lab[1] - a) ** 2 + (lab[2] - b) ** 2;
      if (distance < least) [best, least] = [index, distance];
    });
    known.set(rgb, best);
    return best;
  };
}
