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
 * Lays a painted layer over a surface: what makes the opacity of a whole annotation, whose parts overlap.
 *
 * @param opacity - 0..1
 */
export function blendLayer(layer: Surface, target: Surface, opacity: number): void {
  const x0 = Math.max(layer.x0, target.x0);
  const x1 = Math.min(layer.x0 + layer.width, target.x0 + target.width);
  const y0 = Math.max(layer.y0, target.y0);
  const y1 = Math.min(layer.y0 + layer.height, target.y0 + target.height);
  for (let y = y0; y < y1; y++) {
    let from = (y - layer.y0) * layer.width + x0 - layer.x0;
    let to = (y - target.y0) * target.width + x0 - target.x0;
    for (let x = x0; x < x1; x++, from++, to++) {
      const word = layer.words[from] as number;
      if (word === 0) continue;
      const alpha = Math.round((word >>> 24) * opacity);
      if (alpha > 0) blendPixel(target.words, to, word & 255, (word >> 8) & 255, (word >> 16) & 255, alpha);
    }
  }
}
