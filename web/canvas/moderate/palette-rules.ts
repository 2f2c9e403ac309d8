import { oklabOf } from '../dock/color-names.ts';

const LEAST = 2;
const MOST = 256;

/** Why the server would not take a palette (openapi.yaml, `CanvasPalette`); `undefined`: it would. */
export function paletteProblem(colors: readonly string[]): string | undefined {
  if (colors.length < LEAST || colors.length > MOST) return `A palette has ${LEAST} to ${MOST} colours.`;
  const twice = colors.findIndex((color, index) => colors.indexOf(color) !== index);
  if (twice >= 0)
    return `Colour ${twice + 1} is the same as colour ${colors.indexOf(colors[twice] ?? '') + 1}.`;
  return undefined;
}

/** Of so many steps a channel a new colour is chosen. */
const STEPS = [0, 51, 102, 153, 204, 255];

/** The plain colour that is furthest from all that are there. */
export function freshColor(colors: readonly string[]): string {
  const labs = colors.map(oklabOf);
  let [best, most] = ['#000000', -1];
  for (const red of STEPS) {
    for (const green of STEPS) {
      for (const blue of STEPS) {
        const color = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
        const lab = oklabOf(color);
        const least = Math.min(
          ...labs.map((other) => Math.hypot(...lab.map((part, n) => part - (other[n] ?? 0)))),
        );
        if (least > most) [best, most] = [color, least];
      }
    }
  }
  return best;
}
