import type { CanvasFacts } from './canvas-events.ts';
import type { CanvasFrame } from './canvas-frame.ts';

export type CanvasState = Extract<CanvasFrame, { readonly type: 'canvas:state' }>;

export function factsOf({ type: _, seq: __, bitmap: ___, ...facts }: CanvasState): CanvasFacts {
  return facts;
}

/** What is known of a canvas after a frame; the same object where that is what was known before. */
export function factsAfter(facts: CanvasFacts, frame: CanvasFrame): CanvasFacts {
  switch (frame.type) {
    case 'moderation:lock':
      return { ...facts, locks: [...facts.locks.filter(({ id }) => id !== frame.lock.id), frame.lock] };
    case 'moderation:unlock':
      return { ...facts, locks: facts.locks.filter(({ id }) => id !== frame.lockId) };
    case 'moderation:palette':
      return { ...facts, palette: frame.palette };
    case 'canvas:updated':
      return { ...facts, canvas: frame.canvas, rateLimits: frame.rateLimits };
    case 'canvas:reload': {
      const { canvas, palette, locks, rateLimits } = frame;
      if (canvas === undefined && palette === undefined && !locks && !rateLimits) return facts;
      return {
        ...facts,
        canvas: canvas ?? facts.canvas,
        palette: palette ?? facts.palette,
        locks: locks ?? facts.locks,
        rateLimits: rateLimits ?? facts.rateLimits,
      };
    }
    case 'presence':
      return { ...facts, online: frame.online };
    default:
      return facts;
  }
}
