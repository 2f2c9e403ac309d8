import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { unreachable } from '../../protocol/unreachable.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import { readCrdt, writeCrdt } from './plain-codec.ts';
import type { TextEvent } from './text-events.ts';

/**
 * Layout of an event, version 1: a varUint tag (see `Tag`), then its members in the order of `encodeEvent`. Texts are
 * lib0 varStrings, numbers varUints, flags a byte 0 or 1, an optional member a byte 0, or 1 and the member. The bytes of
 * an update or a snapshot come last and go to the end: they are as the client sent them.
 *
 * History: 1, the first.
 */
export const EVENT_VERSION = 1;

/** A tag is never given to another event. */
const Tag = {
  'document.created': 1,
  'document.updated': 2,
  update: 3,
  snapshot: 4,
} as const satisfies Record<TextEvent['type'], number>;

export function encodeEvent(event: TextEvent): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, Tag[event.type]);
  switch (event.type) {
    case 'document.created':
      encoding.writeVarString(encoder, event.title);
      writeOptional(encoder, event.owner_id ?? undefined, encoding.writeVarString);
      writeCrdt(encoder, event.crdt);
      break;
    case 'document.updated':
      writeOptional(encoder, event.title, encoding.writeVarString);
      writeOptional(encoder, event.deleted, (to, deleted) => encoding.writeUint8(to, deleted ? 1 : 0));
      break;
    case 'update':
      encoding.writeVarString(encoder, event.actorId);
      writeOptional(encoder, event.baseVersion, encoding.writeVarUint);
      encoding.writeUint8Array(encoder, event.delta);
      break;
    case 'snapshot':
      encoding.writeVarUint(encoder, event.version);
      encoding.writeUint8Array(encoder, event.bytes);
      break;
    default:
      unreachable(event);
  }
  return encoding.toUint8Array(encoder);
}

/** @throws Error where the bytes are of a version or tag that this code does not know. */
export function decodeEvent(bytes: Uint8Array, version: number): TextEvent {
  if (version !== EVENT_VERSION) throw new Error(`event layout ${version} is not known`);
  const decoder = decoding.createDecoder(bytes);
  const tag = decoding.readVarUint(decoder);
  switch (tag) {
    case Tag['document.created']:
      return {
        type: 'document.created',
        title: decoding.readVarString(decoder),
        owner_id: readOptional(decoder, decoding.readVarString) ?? null,
        crdt: readCrdt(decoder),
      };
    case Tag['document.updated']: {
      const title = readOptional(decoder, decoding.readVarString);
      const deleted = readOptional(decoder, (from) => decoding.readUint8(from) === 1);
      return {
        type: 'document.updated',
        ...(title === undefined ? {} : { title }),
        ...(deleted === undefined ? {} : { deleted }),
      };
    }
    case Tag.update: {
      const actorId = decoding.readVarString(decoder);
      const baseVersion = readOptional(decoder, decoding.readVarUint);
      const delta = decoding.readTailAsUint8Array(decoder);
      return { type: 'update', actorId, delta, ...(baseVersion === undefined ? {} : { baseVersion }) };
    }
    case Tag.snapshot: {
      const version = decoding.readVarUint(decoder);
      return { type: 'snapshot', version, bytes: decoding.readTailAsUint8Array(decoder) };
    }
    default:
      throw new Error(`event tag ${tag} is not known`);
  }
}
