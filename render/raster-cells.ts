import type { EdgeList } from './raster-edges.ts';
import { SUBPIXEL, SUBPIXEL_BITS } from './raster-edges.ts';

const FRACTION = SUBPIXEL - 1;
/** What a wholly covered pixel adds up to: 256 subpixel rows, twice 256 subpixel columns (areas are kept doubled). */
export const FULL_COVERAGE = SUBPIXEL * SUBPIXEL * 2;
const ROW_UNTOUCHED = 0x7fffffff;

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
  /** Changes of coverage, `stride` per row: two more than there are pixels, for what lies right of the tile. */
  changes = new Int32Array(0);
  stride = 0;
  /** By row: first touched cell and one past the last; `first > last` where nothing was drawn. */
  first = new Int32Array(0);
  last = new Int32Array(0);
  #width = 0;
  #rows = 0;

  /** Adds the part of the edges that counts for a tile; cells must be all zero, as the last sweep has left them. */
  accumulate(edges: EdgeList, tile: Tile): void {
    this.#width = tile.x1 - tile.x0;
    this.#rows = tile.y1 - tile.y0;
    this.stride = this.#width + 2;
    const cells = this.stride * this.#rows;
    if (this.changes.length < cells) this.changes = new Int32Array(cells);
    if (this.first.length < this.#rows) {
      this.first = new Int32Array(this.#rows);
      this.last = new Int32Array(this.#rows);
    }
    this.first.fill(ROW_UNTOUCHED, 0, this.#rows);
    this.last.fill(-1, 0, this.#rows);
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
      if (y0 < y1) this.#clipRows(x0, y0, x1, y1, 1);
      else this.#clipRows(x1, y1, x0, y0, -1);
    }
  }

  /** Cuts a downward edge to the rows of the tile. */
  #clipRows(x0: number, y0: number, x1: number, y1: number, direction: number): void {
    const height = this.#rows << SUBPIXEL_BITS;
    const slope = (x1 - x0) / (y1 - y0);
    let fromX = x0;
    let fromY = y0;
    let toX = x1;
    let toY = y1;
    if (y0 < 0) {
      fromX = Math.round(x0 - y0 * slope);
      fromY = 0;
    }
    if (y1 > height) {
      toX = Math.round(x0 + (height - y0) * slope);
      toY = height;
    }
    this.#clipColumns(fromX, fromY, toX, toY, direction);
  }

  /** What lies left of the tile still winds around its pixels and is pressed onto its edge; what lies right does not. */
  #clipColumns(x0: number, y0: number, x1: number, y1: number, direction: number): void {
    const width = this.#width << SUBPIXEL_BITS;
    if (x0 >= width && x1 >= width) return;
    if (x0 >= 0 && x1 >= 0 && x0 <= width && x1 <= width) {
      this.#addLine(x0, y0, x1, y1, direction);
      return;
    }
    if (x0 <= 0 && x1 <= 0) {
      this.#addLine(0, y0, 0, y1, direction);
      return;
    }
    const slope = (y1 - y0) / (x1 - x0);
    const crossLeft = Math.round(y0 - x0 * slope);
    const crossRight = Math.round(y0 + (width - x0) * slope);
    let fromX = x0;
    let fromY = y0;
    let toX = x1;
    let toY = y1;
    if (x0 < 0) {
      this.#addLine(0, y0, 0, crossLeft, direction);
      fromX = 0;
      fromY = crossLeft;
    } else if (x0 > width) {
      fromX = width;
      fromY = crossRight;
    }
    if (x1 < 0) {
      this.#addLine(0, crossLeft, 0, y1, direction);
      toX = 0;
      toY = crossLeft;
    } else if (x1 > width) {
      toX = width;
      toY = crossRight;
    }
    this.#addLine(fromX, fromY, toX, toY, direction);
  }

  /** Splits a downward line at the borders of pixel rows. */
  #addLine(x0: number, y0: number, x1: number, y1: number, direction: number): void {
    if (y0 >= y1) return;
    const lastRow = (y1 - 1) >> SUBPIXEL_BITS;
    const slope = (x1 - x0) / (y1 - y0);
    let x = x0;
    let y = y0;
    for (let row = y0 >> SUBPIXEL_BITS; row <= lastRow; row++) {
      const nextY = row === lastRow ? y1 : (row + 1) << SUBPIXEL_BITS;
      const nextX = row === lastRow ? x1 : (x0 + (nextY - y0) * slope + 0.5) | 0;
      this.#addRow(row, x, nextX, (nextY - y) * direction);
      x = nextX;
      y = nextY;
    }
  }

  /** Adds a line within one pixel row; `rise` is its signed height in subpixels. */
  #addRow(row: number, xa: number, xb: number, rise: number): void {
    const { changes, first, last } = this;
    const left = Math.min(xa, xb);
    const right = Math.max(xa, xb);
    const firstCell = left >> SUBPIXEL_BITS;
    const lastCell = right >> SUBPIXEL_BITS;
    if (firstCell < (first[row] as number)) first[row] = firstCell;
    if (lastCell >= (last[row] as number)) last[row] = lastCell + 1;
    let i = row * this.stride + firstCell;
    if (firstCell === lastCell) {
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
      done = total;
      crossed += SUBPIXEL;
      enter = 0;
    }
    const area = right & FRACTION;
    changes[i] = (changes[i] as number) + (rise - done) * (2 * SUBPIXEL - area);
    changes[i + 1] = (changes[i + 1] as number) + (rise - done) * area;
  }
}
