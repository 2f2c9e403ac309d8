import type { CanvasRegion } from '../protocol/canvas-messages.ts';
import type { CanvasServerMessage, CanvasStateMessage } from '../protocol/canvas-socket.ts';
import type { CanvasError } from './canvas-error.ts';
import type { SyncEvents } from './sync-claims.ts';

export type CanvasMessageOf<Type extends CanvasServerMessage['type']> = Extract<
  CanvasServerMessage,
  { readonly type: Type }
>;
type Told<Type extends CanvasServerMessage['type']> = Readonly<Omit<CanvasMessageOf<Type>, 'type'>>;

/** A canvas without its pixels. */
export type CanvasFacts = Omit<CanvasStateMessage, 'type' | 'seq' | 'bitmap'>;
/** A region in which nobody can paint. */
export type LockedRegion = CanvasFacts['locks'][number];

/** Pixels that are durable. */
export interface PaintAck {
  /** What was painted at once can be more operations than one: a message holds a limited number of pixels. */
  readonly ids: readonly string[];
  /** The number of the last of them in the log of the canvas. */
  readonly seq: number;
}

export interface CanvasChange {
  /** What has to be drawn again. They do not overlap. */
  readonly regions: readonly CanvasRegion[];
}

export interface LatencySample {
  /** `ack`: from painting to the acknowledgement. `heartbeat`: there and back. */
  readonly kind: 'ack' | 'heartbeat';
  readonly ms: number;
}

export interface CanvasEvents extends SyncEvents {
  /** Size, palette, locks or whatever else is known of the canvas, except for its pixels; also after each of its changes. */
  canvas: CanvasFacts;
  /** Some of {@link CanvasConnection.pixels} are others now, by whomever. */
  change: CanvasChange;
  ack: PaintAck;
  /** Not painted; what was below shows again. */
  reject: CanvasError & { readonly id: string };
  lock: LockedRegion;
  unlock: Told<'moderation:unlock'>;
  /** A moderator put pixels back; they are so already, or are being loaded. */
  rewind: Told<'moderation:rewind'>;
  palette: readonly string[];
  /** Sockets that are open here. */
  online: number;
  latency: LatencySample;
  error: CanvasError;
}
