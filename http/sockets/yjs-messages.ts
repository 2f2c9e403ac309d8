import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Problem } from '../../protocol/problem.ts';
import { type AwarenessEntry, BadAwareness, decodeAwareness, encodeAwareness } from './awareness-update.ts';
import { frameBinary } from './frames.ts';
import { MAX_AWARENESS_UPDATE_BYTES } from './yjs-limits.ts';

/** Kinds of messages: y-websocket (`src/y-websocket.js`, the same in 1.x, 2.x and 3.x). */
const SYNC = 0;
const AWARENESS = 1;
/** Only servers say it: `permission denied`. Nobody is denied here who has come in. */
const AUTH = 2;
const QUERY_AWARENESS = 3;

/** Kinds of `SYNC`: y-protocols 1.0.7 (`sync.js`). */
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** What a client says. */
export type YjsClientMessage =
  /** It has this; what does it lack? */
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  /** `isAnswer`: everything that the other side lacks, as it was asked by a step 1. */
  | { readonly type: 'update'; readonly update: Uint8Array; readonly isAnswer: boolean }
  | { readonly type: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly type: 'queryAwareness' };

/**
 * Reads one message. Its byte arrays are views of `bytes`.
 *
 * @throws Problem `bad_message`
 */
export function decodeYjsMessage(bytes: Uint8Array): YjsClientMessage {
  // A Buffer is a Uint8Array whose `slice` does not copy, and its views are Buffers too.
  const decoder = decoding.createDecoder(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  try {
    const message = readMessage(decoder);
    if (decoding.hasContent(decoder)) throw bad('bytes follow the end of the message');
    return message;
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof BadAwareness) throw bad(`the awareness update: ${error.message}`, error);
    // lib0 throws plain errors at the end of the bytes and at numbers that are out of range.
    throw bad('the message is cut off or has a number out of range', error);
  }
}

/** One whole frame that says: this is what I have, what do I lack? */
export const frameStep1 = (stateVector: Uint8Array): Uint8Array => frameSync(STEP_1, stateVector);
/** One whole frame that says: this, and what I said before, is what you lack. */
export const frameStep2 = (update: Uint8Array): Uint8Array => frameSync(STEP_2, update);
export const frameUpdate = (update: Uint8Array): Uint8Array => frameSync(UPDATE, update);

export function frameAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, AWARENESS);
  encoding.writeVarUint8Array(encoder, encodeAwareness(entries));
  return frameBinary(encoding.toUint8Array(encoder));
}

/** Says nothing; but a client that hears nothing for 30 s thinks that the line is dead. */
export const KEEP_ALIVE_FRAME: Uint8Array = frameAwareness([]);

function readMessage(decoder: decoding.Decoder): YjsClientMessage {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case SYNC:
      return readSync(decoder);
    case AWARENESS: {
      const update = decoding.readVarUint8Array(decoder);
      if (update.length > MAX_AWARENESS_UPDATE_BYTES) {
        throw bad(`the awareness update is larger than ${MAX_AWARENESS_UPDATE_BYTES} bytes`);
      }
      return { type: 'awareness', entries: decodeAwareness(update) };
    }
    case QUERY_AWARENESS:
      return { type: 'queryAwareness' };
    case AUTH:
      throw bad('only a server sends auth messages');
    default:
      throw bad(`there is no message of type ${type}`);
  }
}

function readSync(decoder: decoding.Decoder): YjsClientMessage {
  const type = decoding.readVarUint(decoder);
  if (type > UPDATE) throw bad(`there is no sync message of type ${type}`);
  const bytes = decoding.readVarUint8Array(decoder);
  return type === STEP_1
    ? { type: 'step1', stateVector: bytes }
    : { type: 'update', update: bytes, isAnswer: type === STEP_2 };
}

function frameSync(type: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint(encoder, bytes.length);
  // Not through the encoder: that would copy a large state once more.
  return frameBinary(Buffer.concat([encoding.toUint8Array(encoder), bytes]));
}

const bad = (detail: string, cause?: unknown): Problem =>
  new Problem('bad_message', `No message of the y-websocket protocol: ${detail}.`, { cause });
