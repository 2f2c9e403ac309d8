import type { Painted } from './canvas-orders.ts';
import { type CanvasTarget, Painters } from './canvas-target.ts';

const SOCKETS = 1_000;
const WARM_UP_MS = 1_500;
const MEASURED_MS = 6_000;

export interface CrowdFigures extends Painted {
  /** Of the server, in microseconds, for each pixel that came to one socket. */
  readonly cpuPerPixel: number;
  /** That came to a socket for each pixel that came to it. */
  readonly bytesPerPixel: number;
  /** Pixels a second that came to each socket; fewer than were painted where the server cannot. */
  readonly perSecond: number;
}

/**
 * A thousand sockets at one canvas, all of which paint. At the end everything that was acknowledged is there, and all
 * have the picture of the server.
 *
 * @throws Error where it is not so
 */
export async function measureCrowd(target: CanvasTarget, perSecond: number): Promise<CrowdFigures> {
  const painters = new Painters(target);
  try {
    await painters.join(await target.newCanvas(), SOCKETS);
    const painted = await painters.paint(perSecond, WARM_UP_MS, MEASURED_MS);
    if (target.way === 'troupe') await painters.prove();
    const { delivered, bytes, seconds, cpuSeconds } = painted;
    return {
      ...painted,
      cpuPerPixel: (cpuSeconds * 1e6) / delivered,
      bytesPerPixel: bytes / delivered,
      perSecond: delivered / SOCKETS / seconds,
    };
  } finally {
    await painters.leave();
  }
}
