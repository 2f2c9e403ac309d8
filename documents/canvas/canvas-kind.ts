import type { CanvasAnswer, CanvasCommand, CanvasFact, CanvasQuery } from '../../protocol/canvas-messages.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { DocumentKind, Instant } from '../kind.ts';
import { createCanvas, type Decision, lock, paint, rewind, unlock, updateCanvas } from './canvas-edits.ts';
import type { CanvasEvent } from './canvas-events.ts';
import { fold } from './canvas-fold.ts';
import { answerQuery } from './canvas-queries.ts';
import { CanvasState } from './canvas-state.ts';
import { decodeEvent, EVENT_VERSION, encodeEvent } from './event-codec.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-codec.ts';

/** A grid of pixels of a palette's colours, which many paint at once. */
export type CanvasKind = DocumentKind<
  CanvasState,
  CanvasCommand,
  CanvasQuery,
  CanvasEvent,
  CanvasFact,
  CanvasAnswer
>;

/** When a canvas is due for a snapshot: at whichever comes first. */
export type CanvasCadence = NonNullable<CanvasKind['cadence']>;

/** A snapshot has 17 bytes of every pixel, and a busy canvas hundreds of events a second. */
export const CANVAS_CADENCE: CanvasCadence = { events: 50_000, ms: 60_000 };

/**
 * A painter's acknowledgement goes with the batch of 50 to 100 ms that tells everybody; a commit for each painted pixel of
 * a crowd would only cost.
 */
export const CANVAS_APPEND_GAP_MS = 20;

export const createCanvasKind = (cadence: CanvasCadence, appendGapMs?: number): CanvasKind => ({
  name: 'canvas',
  eventVersion: EVENT_VERSION,
  cadence,
  ...(appendGapMs !== undefined && { appendGapMs }),
  // For the time-lapse, for a rewind to any moment, and for who painted what.
  keepsLog: true,

  create: (id) => new CanvasState(id),

  execute(state, command, instant, newId) {
    const decision = decide(state, command, instant, newId);
    if ('answer' in decision) return decision;
    return { event: decision, ...fold(state, decision, instant) };
  },

  replay: fold,
  query: answerQuery,
  unfinished: () => [],
  snapshot: encodeSnapshot,
  restore: decodeSnapshot,
  encode: encodeEvent,
  decode: decodeEvent,
});

export const canvasKind: CanvasKind = createCanvasKind(CANVAS_CADENCE);

/** Everything that can refuse a command is in here, before anything is changed. */
function decide(state: CanvasState, command: CanvasCommand, instant: Instant, newId: () => string): Decision {
  switch (command.type) {
    case 'canvas.create':
      return createCanvas(state, command, newId);
    case 'canvas.update':
      return updateCanvas(state, command, newId);
    case 'canvas.paint':
      return paint(state, command, instant);
    case 'canvas.lock':
      return lock(state, command, newId);
    case 'canvas.unlock':
      return unlock(state, command, newId);
    case 'canvas.rewind':
      return rewind(state, command, newId);
    default:
      return unreachable(command);
  }
}
