/**
 * What the layers below tell the metrics. Every method is cheap, synchronous and never throws, so that it may stand
 * on a hot path. Counts are of this process since its start.
 */
export interface MetricsSink {
  /** A socket opened (+1) or closed (-1). */
  connectedClients(delta: 1 | -1): void;
  /** Frames handed to sockets: one per subscriber and notice. */
  broadcast(frames: number): void;
  /** A batch of events became durable. */
  appended(events: number, milliseconds: number): void;
  exportQueued(): void;
  /** `milliseconds`: from queued to finished. */
  exportFinished(milliseconds: number, status: 'completed' | 'failed'): void;
  /** A document's actor ended in an error and was, or will be, started again. */
  actorCrashed(): void;
  /** A request or message was answered with a problem. `code` is a row of the problem table. */
  rejected(code: string): void;
  /** Called once at start: how many documents have an actor now, and how many of them are rooms. */
  activeDocuments(read: () => { readonly all: number; readonly rooms: number }): void;
}

/** What the canvas door tells. */
export interface CanvasMetrics {
  /** So many pixels became durable. */
  pixelsPainted(pixels: number): void;
  /** A message with so many pixels was refused. */
  pixelsRejected(reason: string, pixels: number): void;
}
