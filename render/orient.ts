import { isSideways, type Orientation } from './exif.ts';
import { asWords, type Pixels } from './pixels.ts';

/** Where the upright picture's first pixel lies in the stored one, and the steps to its neighbours, in pixels. */
interface Walk {
  readonly start: number;
  readonly right: number;
  readonly down: number;
}

function walkOf(orientation: Orientation, width: number, height: number): Walk {
  const lastColumn = width - 1;
  const lastRow = (height - 1) * width;
  switch (orientation) {
    case 1:
      return { start: 0, right: 1, down: width };
    case 2:
      return { start: lastColumn, right: -1, down: width };
    case 3:
      return { start: lastRow + lastColumn, right: -1, down: -width };
    case 4:
      return { start: lastRow, right: 1, down: -width };
    case 5:
      return { start: 0, right: width, down: 1 };
    case 6:
      return { start: lastRow, right: -width, down: 1 };
    case 7:
      return { start: lastRow + lastColumn, right: -width, down: -1 };
    case 8:
      return { start: lastColumn, right: width, down: -1 };
  }
}

/** Turns and mirrors stored pixels so that they stand upright (Exif 2.3, tag 0x0112). */
export function orient(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels;
  const width = isSideways(orientation) ? pixels.height : pixels.width;
  const height = isSideways(orientation) ? pixels.width : pixels.height;
  const data = new Uint8Array(pixels.data.length);
  const source = asWords(pixels.data);
  const target = asWords(data);
  const { start, right, down } = walkOf(orientation, pixels.width, pixels.height);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0, i = start + y * down; x < width; x++, i += right) target[o++] = source[i] as number;
  }
  return { width, height, data };
}
