import { CANVAS_HEARTBEAT_MS } from '../../protocol/canvas-socket.ts';

const KIB = 1024;

/** How the canvas door treats its sockets. What a painter may do is the canvas's own: its rate limits. */
export interface CanvasLimits {
  /** How long pixels are gathered, in ms. */
  readonly batchMs: number;
  /** Bytes that wait for a reader before it is told nothing more until it has taken them. */
  readonly behindBytes: number;
  /** How long such a reader may take nothing at all, in ms. */
  readonly stalledMs: number;
  /** How long a client may say nothing, in ms. */
  readonly silentMs: number;
}

/** Two heartbeats, and what the second of them may need on its way. */
const SILENT_MS = 2 * CANVAS_HEARTBEAT_MS + 5_000;

/** 128 KiB are some 15 s of a canvas on which 2,000 pixels a second are painted. */
export const CANVAS_LIMITS: CanvasLimits = {
  batchMs: 50,
  behindBytes: 128 * KIB,
  stalledMs: 60_000,
  silentMs: SILENT_MS,
};

/** Bytes of the largest message that is read: 1,000 pixels with their colours as `#rrggbb` are 25 KB. */
export const MAX_CANVAS_PAYLOAD = 64 * KIB;
