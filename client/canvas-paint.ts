import type { CanvasRegion } from '../protocol/canvas-messages.ts';
import { compactPixels, PIXEL_BYTES, setPixel } from '../protocol/canvas-pixels.ts';
import { MAX_PAINT_PIXELS } from '../protocol/canvas-socket.ts';
import { CanvasError } from './canvas-error.ts';
import type { CanvasFacts } from './canvas-events.ts';

/** An index of the palette, or a `#rrggbb` that is in it. */
export type CanvasColor = number | string;
export type CanvasPoint = readonly [x: number, y: number];
export type ColoredPoint = readonly [x: number, y: number, color: CanvasColor];

/**
 * Pixels as they are sent, each once, of one that comes twice the later; looked at as the server will, so that what it
 * would refuse is not shown for a moment.
 *
 * @param facts what is known of the canvas
 * @param locks those that surely hold
 * @throws CanvasError with `at`
 */
export function packPaint(
  points: readonly ColoredPoint[],
  facts: CanvasFacts,
  locks: readonly CanvasRegion[],
): Uint8Array {
  const { width, height } = facts;
  const packed = new Uint8Array(points.length * PIXEL_BYTES);
  points.forEach(([x, y, color], n) => {
    if (!isOnCanvas(x, y, facts)) {
      throw new CanvasError('out_of_bounds', `(${x}, ${y}) is not on the canvas of ${width}×${height}.`, {
        at: [x, y],
      });
    }
    const index = colorIndex(color, facts, [x, y]);
    if (isLocked(x, y, locks)) throw new CanvasError('locked', `(${x}, ${y}) is locked.`, { at: [x, y] });
    setPixel(packed, n, y * width + x, index);
  });
  return compactPixels(packed);
}

/** @throws CanvasError `bad_color` */
export function colorIndex(color: CanvasColor, { palette }: CanvasFacts, at?: CanvasPoint): number {
  const index = typeof color === 'number' ? color : palette.indexOf(color.toLowerCase());
  if (Number.isInteger(index) && index >= 0 && index < palette.length) return index;
  throw new CanvasError('bad_color', `${color} is not in the palette.`, at === undefined ? {} : { at });
}

export const isOnCanvas = (x: number, y: number, { width, height }: CanvasFacts): boolean =>
  Number.isInteger(x) && Number.isInteger(y) && x >= 0 && x < width && y >= 0 && y < height;

export const isLocked = (x: number, y: number, locks: readonly CanvasRegion[]): boolean =>
  locks.some((lock) => x >= lock.x && y >= lock.y && x < lock.x + lock.width && y < lock.y + lock.height);

/** How many pixels a message may have. One with more than the burst would never be taken. */
export const batchSize = ({ rateLimits: { perUser, perAddress } }: CanvasFacts): number =>
  Math.max(1, Math.min(MAX_PAINT_PIXELS, perUser.burst, perAddress.burst));

/** @param size pixels of each; of the last one fewer */
export function splitPixels(packed: Uint8Array, size: number): Uint8Array[] {
  const batches: Uint8Array[] = [];
  for (let at = 0; at < packed.length; at += size * PIXEL_BYTES) {
    batches.push(packed.slice(at, at + size * PIXEL_BYTES));
  }
  return batches;
}

/** The pixels of a straight line, without its first one. Bresenham's algorithm. */
export function* lineTo([x0, y0]: CanvasPoint, [x1, y1]: CanvasPoint): Generator<CanvasPoint> {
  const [dx, dy] = [Math.abs(x1 - x0), -Math.abs(y1 - y0)];
  const [stepX, stepY] = [Math.sign(x1 - x0), Math.sign(y1 - y0)];
  let [x, y, error] = [x0, y0, dx + dy];
  while (x !== x1 || y !== y1) {
    const twice = 2 * error;
    if (twice >= dy) {
      error += dy;
      x += stepX;
    }
    if (twice <= dx) {
      error += dx;
      y += stepY;
    }
    yield [x, y];
  }
}
