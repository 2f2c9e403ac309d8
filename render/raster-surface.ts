import { asWords, type Pixels } from './pixels.ts';

/** Pixels that can be painted on, and where they lie in device space. */
export interface Surface {
  /** One pixel per word: alpha, blue, green, red from the high byte down; not premultiplied. */
  readonly words: Int32Array;
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
}

/** A plain colour, each part 0..255. */
export interface Paint {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

export const surfaceOf = ({ width, height, data }: Pixels): Surface => ({
  words: asWords(data),
  x0: 0,
  y0: 0,
  width,
  height,
});

const EVEN = 0xff00ff;
/** Half of the last place of each byte pair, so that blending rounds instead of darkening. */
const ROUND = 0x800080;

/**
 * Lays a colour over one pixel (source-over, Porter and Duff).
 *
 * @param alpha - 1..255
 */
export function blendPixel(
  words: Int32Array,
  i: number,
  r: number,
  g: number,
  b: number,
  alpha: number,
): void {
  const under = words[i] as number;
  const underAlpha = under >>> 24;
  if (underAlpha === 255) {
    // 0..256, so that the division by 256 is a shift and full alpha replaces the colour.
    const share = alpha + (alpha >> 7);
    const rest = 256 - share;
    const redBlue = (Math.imul(under & EVEN, rest) + Math.imul((b << 16) | r, share) + ROUND) >>> 8;
    const green = (Math.imul((under >> 8) & 255, rest) + Math.imul(g, share) + 128) & 0xff00;
    words[i] = 0xff000000 | (redBlue & EVEN) | green;
    return;
  }
  if (underAlpha === 0 || alpha === 255) {
    words[i] = (alpha << 24) | (b << 16) | (g << 8) | r;
    return;
  }
  const total = alpha * 255 + underAlpha * (255 - alpha);
  const share = (alpha * 255) / total;
  const underR = under & 255;
  const underG = (under >> 8) & 255;
  const underB = (under >> 16) & 255;
  words[i] =
    (Math.round(total / 255) << 24) |
    (Math.round(underB + (b - underB) * share) << 16) |
    (Math.round(underG + (g - underG) * share) << 8) |
    Math.round(underR + (r - underR) * share);
}

/**
 * Lays a colour over pixels `from` to `to`: what {@link blendPixel} makes of each of them, with all that is the same
 * for opaque ones reckoned once.
 *
 * @param alpha - 1..255
 */
export function blendRun(
  words: Int32Array,
  from: number,
  to: number,
  r: number,
  g: number,
  b: number,
  alpha: number,
): void {
  const share = alpha + (alpha >> 7);
  const rest = 256 - share;
  const addedRedBlue = Math.imul((b << 16) | r, share) + ROUND;
  // Opaque over opaque stays opaque, so that alpha can go along with green.
  const addedAlphaGreen = Math.imul((255 << 16) | g, share) + ROUND;
  for (let i = from; i < to; i++) {
    const under = words[i] as number;
    if (under >>> 24 !== 255) {
      blendPixel(words, i, r, g, b, alpha);
      continue;
    }
    const redBlue = (Math.imul(under & EVEN, rest) + addedRedBlue) >>> 8;
    const alphaGreen = Math.imul((under >>> 8) & EVEN, rest) + addedAlphaGreen;
    words[i] = (alphaGreen & ~EVEN) | (redBlue & EVEN);
  }
}

/**
 * Lays a painted layer over a surface: what makes the opacity of a whole annotation, whose parts overlap.
 *
 * @param opacity - 0..1
 */
export function blendLayer(layer: Surface, target: Surface, opacity: number): void {
  const x0 = Math.max(layer.x0, target.x0);
  const x1 = Math.min(layer.x0 + layer.width, target.x0 + target.width);
  const y0 = Math.max(layer.y0, target.y0);
  const y1 = Math.min(layer.y0 + layer.height, target.y0 + target.height);
  const alphas = new Uint8Array(256);
  for (let alpha = 0; alpha < 256; alpha++) alphas[alpha] = Math.round(alpha * opacity);
  const { words } = layer;
  for (let y = y0; y < y1; y++) {
    const begin = (y - layer.y0) * layer.width + x0 - layer.x0;
    const end = begin + x1 - x0;
    const shift = (y - target.y0) * target.width + x0 - target.x0 - begin;
    // Insides are long runs of one colour, and what surrounds them of none.
    for (let from = begin, to = begin; from < end; from = to) {
      const word = words[from] as number;
      do to++;
      while (to < end && words[to] === word);
      const alpha = alphas[word >>> 24] as number;
      if (alpha === 0) continue;
      blendRun(
        target.words,
        from + shift,
        to + shift,
        word & 255,
        (word >> 8) & 255,
        (word >> 16) & 255,
        alpha,
      );
    }
  }
}
