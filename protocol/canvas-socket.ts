/** The wire of `/v1/ws/canvases/{id}`; its one definition is asyncapi.yaml. */
import { PIXEL_BYTES } from './canvas-pixels.ts';
import type { components } from './generated/asyncapi.ts';
import type { Seq } from './ids.ts';
import { decodeSeqFrame, encodeSeqFrame } from './seq-frame.ts';

type Schemas = components['schemas'];

/** Every text frame of the server. */
export type CanvasServerMessage = Readonly<Schemas['CanvasServerMessage']>;
/** Every text frame that a client may send. */
export type CanvasClientMessage = Readonly<Schemas['CanvasClientMessage']>;
export type CanvasStateMessage = Readonly<Schemas['CanvasSocketState']>;
export type CanvasPixelUpdate = Readonly<Schemas['CanvasPixelUpdate']>;
export type CanvasReject = Readonly<Schemas['CanvasReject']>;
export type CanvasRejectReason = Schemas['CanvasReject']['reason'];
export type CanvasErrorCode = Schemas['CanvasError']['code'];

/** How `pixel:bulk_update` is written: as the binary frame below, or as a text frame. */
export type CanvasEncoding = 'binary' | 'json';

/** The binary form of `pixel:bulk_update`. */
export interface CanvasBulkFrame {
  /** The last event that is in it. */
  readonly seq: Seq;
  /** Packed (canvas-pixels.ts), ascending by index, each once. */
  readonly pixels: Uint8Array;
}

/** The session of a socket has expired: come back with another token. */
export const CLOSE_TOKEN_EXPIRED = 4401;
/** Nothing was said for two heartbeats. */
export const CLOSE_SILENT = 4408;

/** At least so often a client says something. */
export const CANVAS_HEARTBEAT_MS = 15_000;

/** Pixels of one `pixel:update`. */
export const MAX_PAINT_PIXELS = 1_000;

/** The first byte of a frame. A number is never given to another kind. */
const BULK_UPDATE = 1;

/** Byte 0 is 1, then comes `seq` as a varUint of lib0, then the pixels. */
export const encodeBulkFrame = ({ seq, pixels }: CanvasBulkFrame): Uint8Array =>
  encodeSeqFrame({ kind: BULK_UPDATE, seq, payload: pixels });

/**
 * @returns the frame, its `pixels` a view of `bytes`; `undefined` for a kind that is not known, which is to be skipped
 * @throws RangeError where the frame is cut off, or its `seq` is none
 */
export function decodeBulkFrame(bytes: Uint8Array): CanvasBulkFrame | undefined {
  const frame = decodeSeqFrame(bytes, (kind) => kind === BULK_UPDATE);
  if (frame === undefined) return undefined;
  const { seq, payload: pixels } = frame;
  if (pixels.length % PIXEL_BYTES !== 0) throw new RangeError('the frame ends within a pixel');
  return { seq, pixels };
}
