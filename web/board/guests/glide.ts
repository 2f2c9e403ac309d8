import type { Point } from '../../../client/index.ts';

/** How fast a cursor follows: after so many milliseconds a third of the way is left. Positions come every 33 ms or later. */
const FOLLOW_MS = 45;
/** Nearer than this, in picture pixels, it has arrived. */
const ARRIVED = 0.05;

/**
 * The next step of something that glides to where it is to be, at any rate of frames.
 *
 * @param elapsedMs - since the step before
 * @returns the place, `target` itself once it is there
 */
export function glide(from: Point, target: Point, elapsedMs: number): Point {
  const part = 1 - Math.exp(-Math.max(0, elapsedMs) / FOLLOW_MS);
  const x = from.x + (target.x - from.x) * part;
  const y = from.y + (target.y - from.y) * part;
  return Math.abs(target.x - x) < ARRIVED && Math.abs(target.y - y) < ARRIVED ? target : { x, y };
}
