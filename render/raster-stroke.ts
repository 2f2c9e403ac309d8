import type { LineCap, LineJoin } from '../protocol/drawing/annotation-style.ts';

/** How a line is made into an area; `width` in device pixels, `miterLimit` as in CSS. */
export interface StrokeStyle {
  readonly width: number;
  readonly cap: LineCap;
  readonly join: LineJoin;
  readonly miterLimit: number;
}

/** Takes one closed polygon `[x0, y0, x1, y1, ...]`; all polygons of a stroke are filled together, non-zero. */
export type PolygonSink = (polygon: readonly number[]) => void;

/** Distance between an arc and the chords that stand for it, in device pixels. */
const ARC_TOLERANCE = 0.04;
/** Cross product of unit directions below which a line is taken to go straight on (or straight back). */
const PARALLEL = 1e-6;

/** Appends the arc around `(cx, cy)` that leads from offset `(ax, ay)` by `angle` radians, without its first point. */
function appendArc(out: number[], cx: number, cy: number, ax: number, ay: number, angle: number): void {
  const radius = Math.hypot(ax, ay);
  const step = 2 * Math.acos(1 - Math.min(0.5, ARC_TOLERANCE / Math.max(radius, ARC_TOLERANCE)));
  const count = Math.max(1, Math.ceil(Math.abs(angle) / step));
  for (let i = 1; i <= count; i++) {
    const turn = (angle * i) / count;
    const cos = Math.cos(turn);
    const sin = Math.sin(turn);
    out.push(cx + ax * cos - ay * sin, cy + ax * sin + ay * cos);
  }
}

/** The points without those that repeat their predecessor, which have no direction. */
function withoutRepeats(points: readonly number[], closed: boolean): number[] {
  const out: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] as number;
    const y = points[i + 1] as number;
    if (out.length === 0 || x !== out.at(-2) || y !== out.at(-1)) out.push(x, y);
  }
  if (closed && out.length > 2 && out[0] === out.at(-2) && out[1] === out.at(-1)) out.length -= 2;
  return out;
}

/** A dash of no length: what its caps make of it (a dot, a square, nothing). */
export function strokeDot(x: number, y: number, { width, cap }: StrokeStyle, sink: PolygonSink): void {
  const r = width / 2;
  if (cap === 'square') sink([x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r]);
  if (cap !== 'round') return;
  const circle: number[] = [];
  appendArc(circle, x, y, r, 0, 2 * Math.PI);
  sink(circle);
}

/**
 * Walks along a line and lays the outline of its stroke on one side. The two sides together wind every covered point
 * at least once and no other point at all, so that non-zero filling can leave no gap at a sharp turn.
 */
class StrokeSide {
  readonly out: number[] = [];
  readonly #p: readonly number[];
  readonly #normals: Float64Array;
  readonly #lengths: Float64Array;
  readonly #style: StrokeStyle;
  /** 1 walks the left side, -1 the right one. */
  readonly #sign: number;

  constructor(
    p: readonly number[],
    normals: Float64Array,
    lengths: Float64Array,
    style: StrokeStyle,
    sign: number,
  ) {
    this.#p = p;
    this.#normals = normals;
    this.#lengths = lengths;
    this.#style = style;
    this.#sign = sign;
  }

  /** Adds the point beside vertex `at`, square to segment `segment`. */
  offset(at: number, segment: number): void {
    this.out.push(
      (this.#p[at * 2] as number) + (this.#normals[segment * 2] as number) * this.#sign,
      (this.#p[at * 2 + 1] as number) + (this.#normals[segment * 2 + 1] as number) * this.#sign,
    );
  }

  /** Leads around vertex `at`, from segment `before` to segment `after`. */
  join(at: number, before: number, after: number): void {
    const r = this.#style.width / 2;
    const x = this.#p[at * 2] as number;
    const y = this.#p[at * 2 + 1] as number;
    const ax = (this.#normals[before * 2] as number) * this.#sign;
    const ay = (this.#normals[before * 2 + 1] as number) * this.#sign;
    const bx = (this.#normals[after * 2] as number) * this.#sign;
    const by = (this.#normals[after * 2 + 1] as number) * this.#sign;
    const cross = (ax * by - ay * bx) / (r * r);
    const dot = (ax * bx + ay * by) / (r * r);
    if (Math.abs(cross) < PARALLEL && dot > 0) {
      this.out.push(x + ax, y + ay);
      return;
    }
    // A turn straight back has no outer side of its own: the left one carries its join.
    const isBack = Math.abs(cross) < PARALLEL;
    const isOuter = isBack ? this.#sign > 0 : cross * this.#sign < 0;
    if (isOuter)
      this.#joinOuter(x, y, ax, ay, bx, by, isBack ? -Math.PI * this.#sign : Math.atan2(cross, dot), dot);
    else
      this.#joinInner(
        x,
        y,
        ax,
        ay,
        bx,
        by,
        dot,
        Math.min(this.#lengths[before] as number, this.#lengths[after] as number),
      );
  }

  #joinOuter(
    x: number,
    y: number,
    ax: number,
    ay: number,
    bx: number,
    by: number,
    angle: number,
    dot: number,
  ): void {
    const { join, miterLimit } = this.#style;
    this.out.push(x + ax, y + ay);
    if (join === 'round') {
      appendArc(this.out, x, y, ax, ay, angle);
      return;
    }
    // The miter is 1 / cos(half the turn) times as long as the stroke is wide.
    if (join === 'miter' && (1 + dot) / 2 >= 1 / (miterLimit * miterLimit)) {
      this.out.push(x + (ax + bx) / (1 + dot), y + (ay + by) / (1 + dot));
    }
    this.out.push(x + bx, y + by);
  }

  /** Where both segments are long enough the sides meet in a point; else the outline passes through the vertex. */
  #joinInner(
    x: number,
    y: number,
    ax: number,
    ay: number,
    bx: number,
    by: number,
    dot: number,
    room: number,
  ): void {
    const r = this.#style.width / 2;
    const reach = dot > -1 ? r * Math.sqrt((1 - dot) / (1 + dot)) : Number.POSITIVE_INFINITY;
    // Half of a segment belongs to the join at each of its ends.
    if (reach < room / 2) this.out.push(x + (ax + bx) / (1 + dot), y + (ay + by) / (1 + dot));
    else this.out.push(x + ax, y + ay, x, y, x + bx, y + by);
  }

  /** Leads around the end of the line at vertex `at`, from this side to the other; `forward` at the last point. */
  cap(at: number, segment: number, forward: boolean): void {
    const turn = forward ? 1 : -1;
    const x = this.#p[at * 2] as number;
    const y = this.#p[at * 2 + 1] as number;
    const nx = (this.#normals[segment * 2] as number) * turn;
    const ny = (this.#normals[segment * 2 + 1] as number) * turn;
    if (this.#style.cap === 'round') appendArc(this.out, x, y, nx, ny, -Math.PI);
    if (this.#style.cap === 'square') this.out.push(x + nx + ny, y + ny - nx, x - nx + ny, y - ny - nx);
  }
}

function appendReversed(out: number[], points: readonly number[]): void {
  for (let i = points.length - 2; i >= 0; i -= 2) out.push(points[i] as number, points[i + 1] as number);
}

/**
 * Turns a line into the polygons of its stroke.
 *
 * @param points - `[x0, y0, x1, y1, ...]` in device space
 * @param closed - joins the last point to the first, without caps
 */
export function strokePolygons(
  points: readonly number[],
  closed: boolean,
  style: StrokeStyle,
  sink: PolygonSink,
): void {
  const p = withoutRepeats(points, closed);
  const count = p.length / 2;
  const radius = style.width / 2;
  // A line of no length has no stroke, whatever its caps (HTML canvas, "trace a path").
  if (!(radius > 0) || count < 2) return;
  const segments = closed ? count : count - 1;
  const normals = new Float64Array(segments * 2);
  const lengths = new Float64Array(segments);
  for (let i = 0; i < segments; i++) {
    const next = (i + 1) % count;
    const dx = (p[next * 2] as number) - (p[i * 2] as number);
    const dy = (p[next * 2 + 1] as number) - (p[i * 2 + 1] as number);
    const length = Math.hypot(dx, dy);
    lengths[i] = length;
    normals[i * 2] = (-dy / length) * radius;
    normals[i * 2 + 1] = (dx / length) * radius;
  }
  const left = new StrokeSide(p, normals, lengths, style, 1);
  const right = new StrokeSide(p, normals, lengths, style, -1);
  if (closed) {
    for (let i = 0; i < count; i++) {
      left.join(i, (i + count - 1) % count, i);
      right.join(i, (i + count - 1) % count, i);
    }
    const reversed: number[] = [];
    appendReversed(reversed, right.out);
    sink(left.out);
    sink(reversed);
    return;
  }
  left.offset(0, 0);
  right.offset(0, 0);
  for (let i = 1; i < count - 1; i++) {
    left.join(i, i - 1, i);
    right.join(i, i - 1, i);
  }
  left.offset(count - 1, segments - 1);
  right.offset(count - 1, segments - 1);
  left.cap(count - 1, segments - 1, true);
  appendReversed(left.out, right.out);
  left.cap(0, 0, false);
  sink(left.out);
}
