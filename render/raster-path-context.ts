import type { Bitmap } from 'pureimage';
import type { Clip } from './raster-clip.ts';
import { GuardedContext } from './raster-guard.ts';
import { type Matrix, multiply, rotation } from './raster-matrix.ts';
import { RasterPath } from './raster-path.ts';
import { type DrawState, initialState } from './raster-state.ts';

/** A point as pureimage passes it between its own methods. */
interface PointLike {
  readonly x: number;
  readonly y: number;
}

const FULL_TURN = 2 * Math.PI;

/** How far an arc turns: a whole turn at most, in the direction asked for (HTML canvas, `arc`). */
function sweepOf(from: number, to: number, anticlockwise: boolean): number {
  const turn = anticlockwise ? from - to : to - from;
  const swept = turn >= FULL_TURN ? FULL_TURN : ((turn % FULL_TURN) + FULL_TURN) % FULL_TURN;
  return anticlockwise ? -swept : swept;
}

/**
 * The half of the drawing API that says where: transforms, saved states and paths. Nothing of the stock class's own
 * state is used, whose `setTransform` changes a matrix that all contexts of the process share.
 */
export class PathContext extends GuardedContext {
  protected state: DrawState;
  readonly #saved: DrawState[] = [];
  protected outline = new RasterPath();

  constructor(bitmap: Bitmap, clip: Clip) {
    super(bitmap);
    this.state = initialState(clip);
  }

  #turnTo(matrix: Matrix): void {
    this.state.matrix = matrix;
    this.outline.matrix = matrix;
  }

  override save(): void {
    this.#saved.push({ ...this.state });
  }

  override restore(): void {
    const state = this.#saved.pop();
    if (!state) return;
    this.state = state;
    this.outline.matrix = state.matrix;
  }

  override translate(x: number, y: number): void {
    this.#turnTo(multiply(this.state.matrix, [1, 0, 0, 1, x, y]));
  }

  override rotate(angle: number): void {
    this.#turnTo(multiply(this.state.matrix, rotation(angle)));
  }

  override scale(sx: number, sy: number): void {
    this.#turnTo(multiply(this.state.matrix, [sx, 0, 0, sy, 0, 0]));
  }

  override transform(a = 1, b = 0, c = 0, d = 1, e = 0, f = 0): void {
    this.#turnTo(multiply(this.state.matrix, [a, b, c, d, e, f]));
  }

  override setTransform(a = 1, b = 0, c = 0, d = 1, e = 0, f = 0): void {
    this.#turnTo([a, b, c, d, e, f]);
  }

  override getTransform(): ReturnType<GuardedContext['getTransform']> & { f: number } {
    const [a, b, c, d, e, f] = this.state.matrix;
    const isIdentity = a === 1 && b === 0 && c === 0 && d === 1 && e === 0 && f === 0;
    return { is2D: true, isIdentity, a, b, c, d, e, f };
  }

  override beginPath(): void {
    this.outline = new RasterPath();
    this.outline.matrix = this.state.matrix;
  }

  override moveTo(x: number, y: number): void {
    this.outline.moveTo(x, y);
  }

  override _moveTo({ x, y }: PointLike): void {
    this.outline.moveTo(x, y);
  }

  override lineTo(x: number, y: number): void {
    this.outline.lineTo(x, y);
  }

  override _lineTo({ x, y }: PointLike): void {
    this.outline.lineTo(x, y);
  }

  override quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.outline.quadraticCurveTo(cx, cy, x, y);
  }

  override bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.outline.bezierCurveTo(ax, ay, bx, by, x, y);
  }

  override _bezierCurveTo(a: PointLike, b: PointLike, to: PointLike): void {
    this.outline.bezierCurveTo(a.x, a.y, b.x, b.y, to.x, to.y);
  }

  override arc(x: number, y: number, radius: number, from: number, to: number, anticlockwise = false): void {
    this.ellipse(x, y, radius, radius, 0, from, to, anticlockwise);
  }

  override ellipse(
    x = 0,
    y = 0,
    rx = 0,
    ry = 0,
    tilt = 0,
    from = 0,
    to = FULL_TURN,
    anticlockwise = false,
  ): void {
    this.outline.ellipse(x, y, rx, ry, tilt, from, from + sweepOf(from, to, anticlockwise));
  }

  override rect(x: number, y: number, width: number, height: number): void {
    this.outline.moveTo(x, y);
    this.outline.lineTo(x + width, y);
    this.outline.lineTo(x + width, y + height);
    this.outline.lineTo(x, y + height);
    this.outline.close();
  }

  /** One radius for all corners, or up to four, as CSS orders them (top left, top right, bottom right, bottom left). */
  override roundRect(x: number, y: number, width: number, height: number, radii: number | number[]): void {
    const [tl = 0, tr = tl, br = tl, bl = tr] = Array.isArray(radii) ? radii : [radii];
    const room = Math.min(Math.abs(width), Math.abs(height)) / 2;
    const corner = (cx: number, cy: number, radius: number, from: number): void => {
      const r = Math.max(0, Math.min(radius, room));
      const inX = cx === x ? r : -r;
      const inY = cy === y ? r : -r;
      this.outline.ellipse(cx + inX, cy + inY, r, r, 0, from, from + Math.PI / 2);
    };
    const right = x + width;
    const bottom = y + height;
    this.outline.moveTo(x, y + Math.max(0, Math.min(tl, room)));
    corner(x, y, tl, Math.PI);
    corner(right, y, tr, 1.5 * Math.PI);
    corner(right, bottom, br, 0);
    corner(x, bottom, bl, Math.PI / 2);
    this.outline.close();
  }

  override closePath(): void {
    this.outline.close();
  }
}
