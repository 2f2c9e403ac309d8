import { decodeRoomFrame, type RoomServerMessage } from '../../protocol/room-socket.ts';
import { createChecker } from './contract-checker.ts';
import { payloadsOf } from './ws-frames.ts';

interface BinaryFrame<Kind> {
  readonly type: Kind;
  readonly seq: number;
  readonly update: readonly number[];
}

/** A frame of the server as a client reads it; bytes as plain numbers, so that they compare. */
export type RoomFrame = RoomServerMessage | BinaryFrame<'snapshot'> | BinaryFrame<'update'>;

export type RoomFrameOf<Type extends RoomFrame['type']> = Extract<RoomFrame, { type: Type }>;

export function readRoomFrame(payload: Uint8Array, isBinary: boolean): RoomFrame {
  if (!isBinary) return JSON.parse(Buffer.from(payload).toString());
  const frame = decodeRoomFrame(payload);
  if (frame === undefined) throw new Error(`a frame of an unknown kind: ${payload[0]}`);
  return { type: frame.kind, seq: frame.seq, update: [...frame.update] } satisfies BinaryFrame<
    'snapshot' | 'update'
  > as RoomFrame;
}

/** The frames of whole, unmasked WebSocket frames. */
export const roomFramesOf = (bytes: Uint8Array | undefined): RoomFrame[] =>
  payloadsOf(bytes).map(({ payload, isBinary }) => readRoomFrame(payload, isBinary));

/** @returns what is wrong with a text frame of the server by asyncapi.yaml; empty where nothing is */
export const createRoomChecker = (): ((frame: RoomFrame) => string) => createChecker('RoomServerMessage');
