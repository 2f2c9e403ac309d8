import { IDENTITY, type Matrix, scaleOf } from './raster-matrix.ts';

/** Greatest distance between a curve and the lines that stand for it, in device pixels: below what eyes see. */
const TOLERANCE = 0.05;
/** Bounds the work that one absurdly large curve can ask for. */
const MAX_CURVE_SEGMENTS = 2000;

/** A run of connected points in device space: `points` is `[x0, y0, x1, y1, ...]`. */
export interface Subpath {
  readonly points: number[];
  closed: boolean;
}

const segmentsFor = (value: number): number => Math.min(MAX_CURVE_SEGMENTS, Math.max(1, Math.ceil(value)));

/** Builds a path in user space and keeps it in device space, with curves already turned into lines. */
export class RasterPath {
  readonly subpaths: Subpath[] = [];
  matrix: Matrix = IDENTITY;
  #current: Subpath | undefined;

  #begin(x: number, y: number): Subpath {
    const subpath: Subpath = { points: [x, y], closed: false };
    this.subpaths.push(subpath);
    this.#current = subpath;
    return subpath;
  }

  #x(x: number, y: number): number {
    return this.matrix[0] * x + this.matrix[2] * y + this.matrix[4];
  }

  #y(x: number, y: number): number {
    return this.matrix[1] * x + this.matrix[3] * y + this.matrix[5];
  }

  /** The whole device pixels that the path and `margin` around it can touch; nothing for an empty path. */
  bounds(margin: number): { x0: number; y0: number; x1: number; y1: number } {
    let x0 = Number.POSITIVE_INFINITY;
    let y0 = Number.POSITIVE_INFINITY;
    let x1 = Number.NEGATIVE_INFINITY;
    let y1 = Number.NEGATIVE_INFINITY;
    for (const { points } of this.subpaths) {
      for (let i = 0; i < points.length; i += 2) {
        x0 = Math.min(x0, points[i] as number);
        x1 = Math.max(x1, points[i] as number);
        y0 = Math.min(y0, points[i + 1] as number);
        y1 = Math.max(y1, points[i + 1] as number);
      }
    }
    if (x0 > x1) return { x0: 0, y0: 0, x1: 0, y1: 0 };
    return {
      x0: Math.floor(x0 - margin),
      y0: Math.floor(y0 - margin),
      x1: Math.ceil(x1 + margin),
      y1: Math.ceil(y1 + margin),
    };
  }

  moveTo(x: number, y: number): void {
    this.#begin(this.#x(x, y), this.#y(x, y));
  }

  /** Without a point before it, a line begins a subpath, as on a canvas. */
  lineTo(x: number, y: number): void {
    const px = this.#x(x, y);
    const py = this.#y(x, y);
    if (this.#current) this.#current.points.push(px, py);
    else this.#begin(px, py);
  }

  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    if (!this.#current) this.moveTo(cx, cy);
    const points = (this.#current as Subpath).points;
    const x0 = points.at(-2) as number;
    const y0 = points.at(-1) as number;
    const x1 = this.#x(cx, cy);
    const y1 = this.#y(cx, cy);
    const x2 = this.#x(x, y);
    const y2 = this.#y(x, y);
    const bend = Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2);
    const count = segmentsFor(Math.sqrt(bend / (4 * TOLERANCE)));
    for (let i = 1; i < count; i++) {
      const t = i / count;
      const s = 1 - t;
      points.push(s * s * x0 + 2 * s * t * x1 + t * t * x2, s * s * y0 + 2 * s * t * y1 + t * t * y2);
    }
    points.push(x2, y2);
  }

  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    if (!this.#current) this.moveTo(ax, ay);
    const points = (this.#current as Subpath).points;
    const x0 = points.at(-2) as number;
    const y0 = points.at(-1) as number;
    const x1 = this.#x(ax, ay);
    const y1 = this.#y(ax, ay);
    const x2 = this.#x(bx, by);
    const y2 = this.#y(bx, by);
    const x3 = this.#x(x, y);
    const y3 = this.#y(x, y);
    const bend = Math.max(
      Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2),
      Math.hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3),
    );
    const count = segmentsFor(Math.sqrt((0.75 * bend) / TOLERANCE));
    for (let i = 1; i < count; i++) {
      const t = i / count;
      const s = 1 - t;
      const w0 = s * s * s;
      const w1 = 3 * s * s * t;
      const w2 = 3 * s * t * t;
      const w3 = t * t * t;
      points.push(w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3, w0 * y0 + w1 * y1 + w2 * y2 + w3 * y3);
    }
    points.push(x3, y3);
  }

  /** Part of an ellipse from one angle to another (radians, clockwise on screen where `to > from`). */
  ellipse(x: number, y: number, rx: number, ry: number, tilt: number, from: number, to: number): void {
    const radius = Math.max(Math.abs(rx), Math.abs(ry)) * scaleOf(this.matrix);
    const step = 2 * Math.acos(1 - Math.min(1, TOLERANCE / Math.max(radius, TOLERANCE)));
    const count = Math.max(4, segmentsFor(Math.abs(to - from) / step));
    const cos = Math.cos(tilt);
    const sin = Math.sin(tilt);
    for (let i = 0; i <= count; i++) {
      const angle = from + ((to - from) * i) / count;
      const u = rx * Math.cos(angle);
      const v = ry * Math.sin(angle);
      this.lineTo(x + u * cos - v * sin, y + u * sin + v * cos);
    }
  }

  /** Joins the last point to the first; the next line starts there, as on a canvas. */
  close(): void {
    const subpath = this.#current;
    if (!subpath) return;
    subpath.closed = true;
    const [x = 0, y = 0] = subpath.points;
    // A lone point that nothing is drawn from adds nothing: it is neither filled nor stroked.
    this.#begin(x, y);
  }
}
