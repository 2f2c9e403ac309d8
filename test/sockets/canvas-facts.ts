import { DEFAULT_PALETTE } from '../../documents/canvas/palette.ts';
import type { CanvasFact, CanvasInfo, CanvasLock } from '../../protocol/canvas-messages.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { RATE_LIMITS } from '../helpers/canvas-steps.ts';
import { DOCUMENT_ID, OTHER_ID } from './harness.ts';

const AT = '2026-11-21T07:00:00.000Z';

export const someCanvas: CanvasInfo = {
  id: DOCUMENT_ID,
  name: 'Wall',
  slug: 'wall',
  width: 10,
  height: 6,
  palette: DEFAULT_PALETTE.slice(0, 8),
  background: 2,
  rateLimits: RATE_LIMITS,
  status: 'active',
  createdAt: AT,
  updatedAt: AT,
  createdBy: 'mo',
};

export const someLock: CanvasLock = {
  id: OTHER_ID as EntityId,
  x: 1,
  y: 2,
  width: 3,
  height: 4,
  reason: 'logo',
  createdBy: 'mo',
  createdAt: AT,
};

export const painted = (...pixels: readonly (readonly [index: number, color: number])[]): CanvasFact => ({
  type: 'painted',
  pixels: packPixels(pixels),
});

export const rewound = (count: number, more: object = {}): CanvasFact => ({
  type: 'rewound',
  by: 'mo',
  to: 3,
  pixels: packPixels(Array.from({ length: count }, (_, index) => [index, 1] as const)),
  ...more,
});

/** One of each that sockets are told. */
export const everyCanvasFact: readonly CanvasFact[] = [
  painted([1, 2], [3, 4]),
  { type: 'locked', lock: someLock },
  { type: 'unlocked', lock: someLock },
  { type: 'unlocked', lock: someLock, reason: 'over' },
  rewound(3),
  rewound(3, { reason: 'vandals', region: { x: 0, y: 0, width: 5, height: 5 }, userId: 'eve' }),
  rewound(100_001),
  { type: 'canvas.updated', canvas: someCanvas, changed: ['name'] },
  { type: 'canvas.updated', canvas: { ...someCanvas, slug: null, status: 'archived' }, changed: ['status'] },
  { type: 'canvas.updated', canvas: someCanvas, changed: ['palette'] },
  { type: 'canvas.updated', canvas: someCanvas, changed: ['name', 'palette', 'rateLimits'] },
];
