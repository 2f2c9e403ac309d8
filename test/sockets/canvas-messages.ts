import { pixelColor, pixelCount, pixelIndex } from '../../protocol/canvas-pixels.ts';
import { type CanvasServerMessage, decodeBulkFrame } from '../../protocol/canvas-socket.ts';
import { createChecker } from './contract-checker.ts';
import { payloadsOf } from './ws-frames.ts';

/** A binary `pixel:bulk_update`; bytes as plain numbers, so that they compare. */
export interface BinaryBulk {
  readonly type: 'bulk';
  readonly seq: number;
  readonly pixels: readonly (readonly [index: number, color: number])[];
}

/** A frame of the server as a client reads it. */
export type CanvasFrame = CanvasServerMessage | BinaryBulk;

export type CanvasFrameOf<Type extends CanvasFrame['type']> = Extract<CanvasFrame, { type: Type }>;

export function readCanvasFrame(payload: Uint8Array, isBinary: boolean): CanvasFrame {
  if (!isBinary) return JSON.parse(Buffer.from(payload).toString()) as CanvasServerMessage;
  const frame = decodeBulkFrame(payload);
  if (frame === undefined) throw new Error(`a frame of an unknown kind: ${payload[0]}`);
  return { type: 'bulk', seq: frame.seq, pixels: indexedPixels(frame.pixels) };
}

export const indexedPixels = (packed: Uint8Array): [index: number, color: number][] =>
  Array.from({ length: pixelCount(packed) }, (_, n) => [pixelIndex(packed, n), pixelColor(packed, n)]);

/** The frames of whole, unmasked WebSocket frames. */
export const canvasFramesOf = (bytes: Uint8Array | undefined): CanvasFrame[] =>
  payloadsOf(bytes).map(({ payload, isBinary }) => readCanvasFrame(payload, isBinary));

/** @returns what is wrong with a frame of the server by asyncapi.yaml; empty where nothing is */
export function createCanvasChecker(): (frame: CanvasFrame) => string {
  const check = createChecker('CanvasServerMessage');
  return (frame) => (frame.type === 'bulk' ? '' : check(frame));
}
