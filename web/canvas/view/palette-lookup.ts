import type { Rect } from './viewport.ts';

/** Bytes of red, green, blue of `#rrggbb`. */
export const rgbOf = (color: string): readonly [red: number, green: number, blue: number] => {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

/**
 * What `ImageData` has for each index of a palette, as one number of 32 bits in the order of this machine; indices that
 * the palette has not are transparent.
 */
export function paletteLookup(palette: readonly string[]): Uint32Array {
  const bytes = new Uint8Array(256 * 4);
  palette.forEach((color, index) => {
    bytes.set([...rgbOf(color), 255], index * 4);
  });
  return new Uint32Array(bytes.buffer);
}

/**
 * Colours a rectangle of a picture.
 *
 * @param pixels palette indices, row by row, of a picture of `width`
 * @param target rows of `stride` numbers, of which those of the rectangle are written, from the first one on
 */
export function colorRect(
  pixels: Uint8Array,
  width: number,
  rect: Rect,
  lookup: Uint32Array,
  target: Uint32Array,
  stride: number,
): void {
  for (let row = 0; row < rect.height; row += 1) {
    const from = (rect.y + row) * width + rect.x;
    const to = row * stride;
    for (let column = 0; column < rect.width; column += 1) {
      target[to + column] = lookup[pixels[from + column] ?? 0] ?? 0;
    }
  }
}

/** Cuts a rectangle into pieces that are no larger than `side`, row by row. */
export function* tilesOf({ x, y, width, height }: Rect, side: number): Generator<Rect> {
  for (let top = y; top < y + height; top += side) {
    for (let left = x; left < x + width; left += side) {
      yield {
        x: left,
        y: top,
        width: Math.min(side, x + width - left),
        height: Math.min(side, y + height - top),
      };
    }
  }
}
