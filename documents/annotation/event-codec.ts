import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { EntityId } from '../../protocol/ids.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import type { AnnotationEvent } from './annotation-events.ts';
import {
  readBlob,
  readImage,
  readOutcome,
  readParameters,
  readSize,
  writeBlob,
  writeImage,
  writeOutcome,
  writeParameters,
  writeSize,
} from './plain-codec.ts';

/**
 * Layout of an event, version 2: a varUint tag (see `Tag`), then its members in the order of `encodeEvent`. Texts
 * are lib0 varStrings, bytes varUint8Arrays, numbers varUints, an optional member a byte 0, or 1 and the member.
 *
 * History: 1, the first. 2, `size` at the end of `document.created`.
 */
export const EVENT_VERSION = 2;

/** A tag is never given to another event. */
const Tag = {
  'document.created': 1,
  'document.updated': 2,
  'document.deleted': 3,
  'document.imageKept': 4,
  'document.reverted': 5,
  'annotations.edited': 6,
  'version.created': 7,
  'export.queued': 8,
  'export.finished': 9,
} as const satisfies Record<AnnotationEvent['type'], number>;

export function encodeEvent(event: AnnotationEvent): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, Tag[event.type]);
  switch (event.type) {
    case 'document.created':
      encoding.writeVarString(encoder, event.name);
      writeImage(encoder, event.image);
      writeOptional(encoder, event.size, writeSize);
      break;
    case 'document.updated':
      writeOptional(encoder, event.name, encoding.writeVarString);
      writeOptional(encoder, event.image, writeImage);
      break;
    case 'document.deleted':
      break;
    case 'document.imageKept':
      writeBlob(encoder, event.copy);
      break;
    case 'document.reverted':
      encoding.writeVarString(encoder, event.version_id);
      encoding.writeVarString(encoder, event.name);
      writeImage(encoder, event.image);
      encoding.writeVarUint8Array(encoder, event.update);
      break;
    case 'annotations.edited':
      writeOptional(encoder, event.subject, encoding.writeVarString);
      encoding.writeVarUint8Array(encoder, event.update);
      break;
    case 'version.created':
      encoding.writeVarString(encoder, event.id);
      encoding.writeVarUint(encoder, event.seq);
      encoding.writeVarString(encoder, event.change_summary);
      writeOptional(encoder, event.tag, encoding.writeVarString);
      break;
    case 'export.queued':
      encoding.writeVarString(encoder, event.id);
      encoding.writeVarUint(encoder, event.seq);
      writeParameters(encoder, event.parameters);
      break;
    case 'export.finished':
      encoding.writeVarString(encoder, event.id);
      writeOutcome(encoder, event.outcome);
      break;
    default:
      unreachable(event);
  }
  return encoding.toUint8Array(encoder);
}

/** @throws Error where the bytes are of a version or tag that this code does not know. */
export function decodeEvent(bytes: Uint8Array, version: number): AnnotationEvent {
  if (version < 1 || version > EVENT_VERSION) throw new Error(`event layout ${version} is not known`);
  const decoder = decoding.createDecoder(bytes);
  const tag = decoding.readVarUint(decoder);
  switch (tag) {
    case Tag['document.created']: {
      const name = decoding.readVarString(decoder);
      const image = readImage(decoder);
      const size = version === 1 ? undefined : readOptional(decoder, readSize);
      return { type: 'document.created', name, image, ...(size === undefined ? {} : { size }) };
    }
    case Tag['document.updated']: {
      const name = readOptional(decoder, decoding.readVarString);
      const image = readOptional(decoder, readImage);
      return {
        type: 'document.updated',
        ...(name === undefined ? {} : { name }),
        ...(image === undefined ? {} : { image }),
      };
    }
    case Tag['document.deleted']:
      return { type: 'document.deleted' };
    case Tag['document.imageKept']:
      return { type: 'document.imageKept', copy: readBlob(decoder) };
    case Tag['document.reverted']:
      return {
        type: 'document.reverted',
        version_id: readId(decoder),
        name: decoding.readVarString(decoder),
        image: readImage(decoder),
        update: decoding.readVarUint8Array(decoder),
      };
    case Tag['annotations.edited']: {
      const subject = readOptional(decoder, readId);
      const update = decoding.readVarUint8Array(decoder);
      return { type: 'annotations.edited', update, ...(subject === undefined ? {} : { subject }) };
    }
    case Tag['version.created']: {
      const id = readId(decoder);
      const seq = decoding.readVarUint(decoder);
      const change_summary = decoding.readVarString(decoder);
      const tagName = readOptional(decoder, decoding.readVarString);
      return {
        type: 'version.created',
        id,
        seq,
        change_summary,
        ...(tagName === undefined ? {} : { tag: tagName }),
      };
    }
    case Tag['export.queued']:
      return {
        type: 'export.queued',
        id: readId(decoder),
        seq: decoding.readVarUint(decoder),
        parameters: readParameters(decoder),
      };
    case Tag['export.finished']:
      return { type: 'export.finished', id: readId(decoder), outcome: readOutcome(decoder) };
    default:
      throw new Error(`event tag ${tag} is not known`);
  }
}

const readId = (decoder: decoding.Decoder): EntityId => decoding.readVarString(decoder) as EntityId;
