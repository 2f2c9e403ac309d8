import { nearestColor } from '../dock/nearest-color.ts';
import type { Point, Rect, Size } from '../view/viewport.ts';

/** Stands for "nothing is wanted here" among palette indices: the picture is transparent there. */
export const ANY = -1;

/** What a template wants: palette indices or {@link ANY}, row by row. */
export interface TemplatePixels extends Size {
  readonly wanted: Int16Array;
}

/** Less of it is seen as nothing. */
const OPAQUE = 128;

/**
 * The colour of a palette that looks most like each pixel, compared in Oklab.
 *
 * @param rgba four bytes a pixel, row by row, as `ImageData` has them
 */
export function quantize(rgba: Uint8ClampedArray, size: Size, palette: readonly string[]): TemplatePixels {
  const nearest = nearestColor(palette);
  const wanted = new Int16Array(size.width * size.height);
  for (let n = 0; n < wanted.length; n += 1) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(n * 4, n * 4 + 4);
    wanted[n] = alpha < OPAQUE ? ANY : nearest((red << 16) | (green << 8) | blue);
  }
  return { ...size, wanted };
}

export interface TemplateScore {
  /** Pixels that the template wants, as far as they are on the canvas. */
  readonly wanted: number;
  readonly wrong: number;
}

/** @param at where the template's first pixel is; it may lie beside the canvas in part */
export function scoreOf(
  template: TemplatePixels,
  at: Point,
  pixels: Uint8Array,
  canvas: Size,
): TemplateScore {
  let [wanted, wrong] = [0, 0];
  for (const { index, color } of wantedPixels(template, at, canvas, { x: 0, y: 0, ...canvas })) {
    wanted += 1;
    if (pixels[index] !== color) wrong += 1;
  }
  return { wanted, wrong };
}

/** Where the canvas is not as wanted, within a rectangle of it; at most `most`. */
export function wrongPixels(
  template: TemplatePixels,
  at: Point,
  pixels: Uint8Array,
  canvas: Size,
  within: Rect,
  most: number,
): { readonly index: number; readonly color: number }[] {
  const wrong: { index: number; color: number }[] = [];
  for (const pixel of wantedPixels(template, at, canvas, within)) {
    if (pixels[pixel.index] === pixel.color) continue;
    wrong.push({ ...pixel });
    if (wrong.length === most) break;
  }
  return wrong;
}

/** The object is the same one each time, with other numbers: there may be millions. */
function* wantedPixels(
  { wanted, width, height }: TemplatePixels,
  at: Point,
  canvas: Size,
  within: Rect,
): Generator<{ readonly index: number; readonly color: number }> {
  const left = Math.max(at.x, within.x, 0);
  const top = Math.max(at.y, within.y, 0);
  const right = Math.min(at.x + width, within.x + within.width, canvas.width);
  const bottom = Math.min(at.y + height, within.y + within.height, canvas.height);
  const pixel = { index: 0, color: 0 };
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      pixel.color = wanted[(y - at.y) * width + x - at.x] ?? ANY;
      if (pixel.color === ANY) continue;
      pixel.index = y * canvas.width + x;
      yield pixel;
    }
  }
}
