import type { CanvasRateLimits } from '../../protocol/canvas-messages.ts';

/** Of a canvas that names none. */
export const DEFAULT_RATE_LIMITS: CanvasRateLimits = {
  perUser: { pixelsPerSecond: 20, burst: 200 },
  perAddress: { pixelsPerSecond: 100, burst: 1000 },
  connectionsPerAddress: 50,
};
