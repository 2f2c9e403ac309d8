import type { EdgeList } from './raster-edges.ts';
import { SUBPIXEL, SUBPIXEL_BITS } from './raster-edges.ts';

const FRACTION = SUBPIXEL - 1;
/** What a wholly covered pixel adds up to: 256 subpixel rows, twice 256 subpixel columns (areas are kept doubled). */
export const FULL_COVERAGE = SUBPIXEL * SUBPIXEL * 2;

/** A rectangle of whole device pixels; `x1`, `y1` are outside. */
export interface Tile {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * Exact signed area of polygons, pixel by pixel. Each edge adds to the pixels it crosses, and to the next one on the
 * right, the change of coverage that it causes; a running sum along a row is then the coverage itself. Both
 * directions are anti-aliased, with no sampling.
 */
export class CoverageCells {
  /**
   * Changes of coverage, `stride` per row: at least two more than there are pixels, for what lies right of the tile,
   * and a multiple of 32.
   */
  changes = new Int32Array(0);
  stride = 0;
  /** One bit for each cell that may not be zero, so that a sweep need not look at the others. */
  touched = new Int32Array(0);
  #width = 0;
  #rows = 0;

  /** Adds the part of the edges that counts for a tile; cells must be all zero, as the last sweep has left them. */
  accumulate(edges: EdgeList, tile: Tile): void {
    this.#width = tile.x1 - tile.x0;
    this.#rows = tile.y1 - tile.y0;
    this.stride = (this.#width + 2 + 31) & ~31;
    const cells = this.stride * this.#rows;
    if (this.changes.length < cells) {
      this.changes = new Int32Array(cells);
      this.touched = new Int32Array(cells >> 5);
    }
    const left = tile.x0 << SUBPIXEL_BITS;
    const top = tile.y0 << SUBPIXEL_BITS;
    const height = this.#rows << SUBPIXEL_BITS;
    const { data, length } = edges;
    for (let i = 0; i < length; i += 4) {
      const y0 = (data[i + 1] as number) - top;
      const y1 = (data[i + 3] as number) - top;
      if ((y0 <= 0 && y1 <= 0) || (y0 >= height && y1 >= height)) continue;
      const x0 = (data[i] as number) - left;
      const x1 = (data[i + 2] as number) - left;
      if (y0 < y1) this.#addEdge(x0, y0, x1, y1, 1);
      else this.#addEdge(x1, y1, x0, y0, -1);
    }
  }

  /**
   * Adds a downward edge, row by row. Where it crosses rows, and columns, is told from the whole edge, never from the
   * part of it that lies in the tile: so all tiles and bands of a picture see the very same edge.
   */
  #addEdge(x0: number, y0: number, x1: number, y1: number, direction: number): void {
    const width = this.#width << SUBPIXEL_BITS;
    if (x0 >= width && x1 >= width) return;
    const slope = (x1 - x0) / (y1 - y0);
    const endY = Math.min(y1, this.#rows << SUBPIXEL_BITS);
    const lastRow = (endY - 1) >> SUBPIXEL_BITS;
    let y = Math.max(y0, 0);
    let x = y === y0 ? x0 : x0 + Math.floor((y - y0) * slope + 0.5);
    for (let row = y >> SUBPIXEL_BITS; row <= lastRow; row++) {
      const nextY = row === lastRow ? endY : (row + 1) << SUBPIXEL_BITS;
      const nextX = nextY === y1 ? x1 : x0 + Math.floor((nextY - y0) * slope + 0.5);
      const rise = (nextY - y) * direction;
      const left = Math.min(x, nextX);
      const right = Math.max(x, nextX);
      if (left >= 0 && right <= width) this.#addRow(row, left, right, rise);
      else if (left < width) this.#addClippedRow(row, left, right, rise);
      x = nextX;
      y = nextY;
    }
  }

  /** Adds a line within one pixel row; `rise` is its signed height in subpixels. */
  #addRow(row: number, left: number, right: number, rise: number): void {
    const { changes } = this;
    const firstCell = left >> SUBPIXEL_BITS;
    const lastCell = right >> SUBPIXEL_BITS;
    let i = row * this.stride + firstCell;
    this.#touch(i);
    if (firstCell === lastCell) {
      this.#touch(i + 1);
      const area = (left & FRACTION) + (right & FRACTION);
      changes[i] = (changes[i] as number) + rise * (2 * SUBPIXEL - area);
      changes[i + 1] = (changes[i + 1] as number) + rise * area;
      return;
    }
    // The height left behind is rounded as a running total, so that the pieces add up to `rise` exactly.
    const perColumn = rise / (right - left);
    let enter = left & FRACTION;
    let crossed = SUBPIXEL - enter;
    let done = 0;
    for (let cell = firstCell; cell < lastCell; cell++, i++) {
      const total = Math.round(crossed * perColumn);
      const piece = total - done;
      changes[i] = (changes[i] as number) + piece * (SUBPIXEL - enter);
      changes[i + 1] = (changes[i + 1] as number) + piece * (SUBPIXEL + enter);
      this.#touch(i + 1);
      done = total;
      crossed += SUBPIXEL;
      enter = 0;
    }
    const area = right & FRACTION;
    changes[i] = (changes[i] as number) + (rise - done) * (2 * SUBPIXEL - area);
    changes[i + 1] = (changes[i + 1] as number) + (rise - done) * area;
    this.#touch(i + 1);
  }

  /** What lies left of the tile still winds around its pixels and is pressed onto its edge; what lies right does not. */
  #addClippedRow(row: number, left: number, right: number, rise: number): void {
    const perColumn = right > left ? rise / (right - left) : 0;
    // The same running totals as in a tile that begins further left and ends further right.
    const heightUpTo = (x: number): number => (x >= right ? rise : Math.round((x - left) * perColumn));
    let done = left < 0 ? heightUpTo(0) : 0;
    if (left < 0) this.#addPiece(row, 0, done, 0, 0);
    const first = Math.max(0, left);
    for (let cell = first >> SUBPIXEL_BITS; cell < this.#width && cell << SUBPIXEL_BITS < right; cell++) {
      const begin = cell << SUBPIXEL_BITS;
      const leave = Math.min(right, begin + SUBPIXEL);
      const total = heightUpTo(leave);
      this.#addPiece(row, cell, total - done, Math.max(0, first - begin), leave - begin);
      done = total;
    }
  }

  /** Adds a piece that stays within one cell; `enter` and `leave` are 0..256 from its left. */
  #addPiece(row: number, cell: number, rise: number, enter: number, leave: number): void {
    const { changes } = this;
    const i = row * this.stride + cell;
    this.#touch(i);
    this.#touch(i + 1);
    const area = enter + leave;
    changes[i] = (changes[i] as number) + rise * (2 * SUBPIXEL - area);
    changes[i + 1] = (changes[i + 1] as number) + rise * area;
  }

  #touch(cell: number): void {
    const { touched } = this;
    touched[cell >> 5] = (touched[cell >> 5] as number) | (1 << (cell & 31));
  }
}
