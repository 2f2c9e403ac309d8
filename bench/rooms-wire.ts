import { createDecoder, hasContent, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { messageYjsUpdate, writeUpdate } from 'y-protocols/sync';
import { decodeRoomFrame } from '../protocol/room-socket.ts';

/** How updates travel between clients and a server, as binary messages. */
export interface Wire {
  encode(update: Uint8Array): Uint8Array;
  /** @returns nothing where the message is of something else */
  decode(message: Uint8Array): Uint8Array | undefined;
}

/** As it is. */
export const PLAIN_WIRE: Wire = {
  encode: (update) => update,
  decode: (message) => message,
};

/** That of a room: what the server says begins with its kind and seq. */
export const ROOM_WIRE: Wire = {
  encode: (update) => update,
  decode: (message) => decodeRoomFrame(message)?.update,
};

/** `messageSync` of y-websocket. */
const SYNC = 0;

/** That of y-websocket. */
export const Y_WIRE: Wire = {
  encode: (update) => {
    const encoder = createEncoder();
    writeVarUint(encoder, SYNC);
    writeUpdate(encoder, update);
    return toUint8Array(encoder);
  },
  decode: (message) => {
    const decoder = createDecoder(message);
    const isUpdate = readVarUint(decoder) === SYNC && readVarUint(decoder) === messageYjsUpdate;
    return isUpdate && hasContent(decoder) ? readVarUint8Array(decoder) : undefined;
  },
};
