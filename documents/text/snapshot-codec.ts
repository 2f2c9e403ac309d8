import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { TextDocument } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import type { TextFact } from '../../protocol/text-messages.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import { readCrdt, readTime, writeCrdt, writeTime } from './plain-codec.ts';
import { TextState } from './text-state.ts';

/**
 * Layout of a snapshot, version 1: varUint version; optional document; varUint unmerged updates and since; varUint
 * version and varUint8Array bytes of the text's own snapshot; varUint n and n facts after it, each a tag (see `Tag`) and
 * its members. Texts are varStrings, times varUint ms, an optional member a byte 0, or 1 and the member.
 *
 * History: 1, the first.
 */
const SNAPSHOT_VERSION = 1;

/** A tag is never given to another fact. */
const Tag = {
  'document.created': 1,
  'document.updated': 2,
  'document.deleted': 3,
  'document.restored': 4,
  update: 5,
  snapshot: 6,
} as const satisfies Record<TextFact['type'], number>;

export function encodeSnapshot(state: TextState): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SNAPSHOT_VERSION);
  writeOptional(encoder, state.document, writeDocument);
  encoding.writeVarUint(encoder, state.unmerged.updates);
  encoding.writeVarUint(encoder, state.unmerged.since);
  encoding.writeVarUint(encoder, state.snapshot.version);
  encoding.writeVarUint8Array(encoder, state.snapshot.bytes);
  encoding.writeVarUint(encoder, state.tail.length);
  for (const fact of state.tail) writeFact(encoder, fact);
  return encoding.toUint8Array(encoder);
}

/** @throws Error where the bytes are of a version that this code does not know. */
export function decodeSnapshot(id: string, bytes: Uint8Array): TextState {
  const decoder = decoding.createDecoder(bytes);
  const layout = decoding.readVarUint(decoder);
  if (layout !== SNAPSHOT_VERSION) throw new Error(`snapshot layout ${layout} is not known`);
  const state = new TextState(id as DocumentId);
  state.document = readOptional(decoder, (from) => readDocument(from, id));
  const unmerged = { updates: decoding.readVarUint(decoder), since: decoding.readVarUint(decoder) };
  const version = decoding.readVarUint(decoder);
  // Copies: what outlives the text's snapshot must not keep the bytes of this one in memory.
  state.snapshot = { version, bytes: decoding.readVarUint8Array(decoder).slice() };
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) state.add(readFact(decoder, id));
  state.unmerged = unmerged;
  return state;
}

function writeDocument(encoder: encoding.Encoder, document: TextDocument): void {
  encoding.writeVarString(encoder, document.title);
  writeOptional(encoder, document.owner_id ?? undefined, encoding.writeVarString);
  writeCrdt(encoder, document.crdt);
  writeTime(encoder, document.created_at);
  writeTime(encoder, document.updated_at);
  writeOptional(encoder, document.deleted_at ?? undefined, writeTime);
}

const readDocument = (decoder: decoding.Decoder, id: string): TextDocument => ({
  id,
  title: decoding.readVarString(decoder),
  owner_id: readOptional(decoder, decoding.readVarString) ?? null,
  crdt: readCrdt(decoder),
  created_at: readTime(decoder),
  updated_at: readTime(decoder),
  deleted_at: readOptional(decoder, readTime) ?? null,
});

function writeFact(encoder: encoding.Encoder, fact: TextFact): void {
  encoding.writeVarUint(encoder, Tag[fact.type]);
  switch (fact.type) {
    case 'document.created':
    case 'document.updated':
    case 'document.deleted':
    case 'document.restored':
      writeDocument(encoder, fact.document);
      break;
    case 'update':
      encoding.writeVarString(encoder, fact.actorId);
      encoding.writeUint8(encoder, fact.snapshotDue ? 1 : 0);
      encoding.writeVarUint8Array(encoder, fact.delta);
      break;
    case 'snapshot':
      encoding.writeVarUint(encoder, fact.version);
      break;
    default:
      unreachable(fact);
  }
}

function readFact(decoder: decoding.Decoder, id: string): TextFact {
  const tag = decoding.readVarUint(decoder);
  switch (tag) {
    case Tag['document.created']:
      return { type: 'document.created', document: readDocument(decoder, id) };
    case Tag['document.updated']:
      return { type: 'document.updated', document: readDocument(decoder, id) };
    case Tag['document.deleted']:
      return { type: 'document.deleted', document: readDocument(decoder, id) };
    case Tag['document.restored']:
      return { type: 'document.restored', document: readDocument(decoder, id) };
    case Tag.update: {
      const actorId = decoding.readVarString(decoder);
      const snapshotDue = decoding.readUint8(decoder) === 1;
      return { type: 'update', actorId, delta: decoding.readVarUint8Array(decoder).slice(), snapshotDue };
    }
    case Tag.snapshot:
      return { type: 'snapshot', version: decoding.readVarUint(decoder) };
    default:
      throw new Error(`fact tag ${tag} is not known`);
  }
}
