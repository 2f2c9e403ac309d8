/** The wire of `/v1/ws/rooms/{roomId}`; its one definition is asyncapi.yaml. */
import type { components } from './generated/asyncapi.ts';
import type { Seq } from './ids.ts';
import { decodeSeqFrame, encodeSeqFrame } from './seq-frame.ts';

type Schemas = components['schemas'];

/** Every text frame of the server. */
export type RoomServerMessage = Readonly<Schemas['RoomServerMessage']>;
/** Every text frame that a client may send. */
export type RoomClientMessage = Readonly<Schemas['RoomClientMessage']>;
export type RoomErrorCode = Schemas['RoomError']['code'];
export type RoomQuarantinedEntry = Readonly<Schemas['RoomQuarantinedEntry']>;
/** One who is at the room, as the others see it. */
export type RoomPresenceState = Readonly<Schemas['RoomPresenceState']>;
/** What a client tells of itself. What is absent is gone. */
export type RoomPresenceFields = Readonly<
  Pick<Schemas['RoomPresence'], 'cursor' | 'selection' | 'typing' | 'data'>
>;

/** A binary frame of the server. `update` is a Yjs v1 update. */
export interface RoomBinaryFrame {
  /** `snapshot`: the whole document after event `seq`. `update`: what the events up to `seq` added. */
  readonly kind: 'snapshot' | 'update';
  readonly seq: Seq;
  readonly update: Uint8Array;
}

/** The first byte of a frame. A number is never given to another kind. */
const KIND_BYTE = { snapshot: 0, update: 1 } as const satisfies Record<RoomBinaryFrame['kind'], number>;
const KINDS: readonly RoomBinaryFrame['kind'][] = ['snapshot', 'update'];

/** A valid Yjs v1 update that says nothing. */
export const EMPTY_YJS_UPDATE: Uint8Array = Uint8Array.of(0, 0);

/** Byte 0 is the kind, then comes `seq` as a varUint of lib0, then the update. */
export const encodeRoomFrame = ({ kind, seq, update }: RoomBinaryFrame): Uint8Array =>
  encodeSeqFrame({ kind: KIND_BYTE[kind], seq, payload: update });

/**
 * @returns the frame, its `update` a view of `bytes`; `undefined` for a kind that is not known, which is to be skipped
 * @throws RangeError where the frame is cut off, or its `seq` is none
 */
export function decodeRoomFrame(bytes: Uint8Array): RoomBinaryFrame | undefined {
  const frame = decodeSeqFrame(bytes, (byte) => kindOf(byte) !== undefined);
  const kind = frame && kindOf(frame.kind);
  return frame !== undefined && kind !== undefined
    ? { kind, seq: frame.seq, update: frame.payload }
    : undefined;
}

const kindOf = (byte: number): RoomBinaryFrame['kind'] | undefined =>
  KINDS.find((name) => KIND_BYTE[name] === byte);
