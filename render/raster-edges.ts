/** Fixed point of 8 fractional bits: 256 steps to the pixel, so that a shared corner is the same number in both polygons. */
export const SUBPIXEL_BITS = 8;
export const SUBPIXEL = 1 << SUBPIXEL_BITS;

/** Coordinates are held within ±4 million pixels: far outside any picture, well inside 32 bits of fixed point. */
const MAX_COORDINATE = 1 << 22;
const INITIAL_EDGES = 1024;
/** A list that one huge path has blown up is not kept. */
const MAX_KEPT_EDGES = 1 << 18;

const toFixed = (value: number): number =>
  Math.floor(Math.max(-MAX_COORDINATE, Math.min(MAX_COORDINATE, value)) * SUBPIXEL + 0.5);

/** The edges of polygons in fixed-point device space: four numbers each, `x0, y0, x1, y1`. */
export class EdgeList {
  data = new Int32Array(INITIAL_EDGES * 4);
  /** Numbers in use, four times the edges. */
  length = 0;
  minX = 0;
  minY = 0;
  maxX = 0;
  maxY = 0;

  constructor() {
    this.clear();
  }

  clear(): void {
    if (this.data.length > MAX_KEPT_EDGES * 4) this.data = new Int32Array(INITIAL_EDGES * 4);
    this.length = 0;
    this.minX = this.minY = 0x7fffffff;
    this.maxX = this.maxY = -0x7fffffff;
  }

  #grow(needed: number): void {
    if (needed <= this.data.length) return;
    const grown = new Int32Array(Math.max(needed, this.data.length * 2));
    grown.set(this.data);
    this.data = grown;
  }

  /** Adds a polygon `[x0, y0, x1, y1, ...]` in device pixels; its last point is joined to its first. */
  addPolygon(points: readonly number[]): void {
    const count = points.length;
    if (count < 6) return;
    this.#grow(this.length + count * 2);
    const { data } = this;
    let o = this.length;
    let x0 = toFixed(points[count - 2] as number);
    let y0 = toFixed(points[count - 1] as number);
    for (let i = 0; i < count; i += 2) {
      const x1 = toFixed(points[i] as number);
      const y1 = toFixed(points[i + 1] as number);
      if (x1 < this.minX) this.minX = x1;
      if (x1 > this.maxX) this.maxX = x1;
      if (y1 < this.minY) this.minY = y1;
      if (y1 > this.maxY) this.maxY = y1;
      data[o] = x0;
      data[o + 1] = y0;
      data[o + 2] = x1;
      data[o + 3] = y1;
      // A level edge bounds no area.
      if (y0 !== y1) o += 4;
      x0 = x1;
      y0 = y1;
    }
    this.length = o;
  }
}
