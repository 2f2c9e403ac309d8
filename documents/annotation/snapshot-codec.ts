import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Annotation, Document, ExportJob, Version } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import type { RestoredEntry } from './annotation-entry.ts';
import { AnnotationState } from './annotation-state.ts';
import type { DocumentFields } from './document-fields.ts';
import { readImage, readSize, writeImage, writeSize } from './plain-codec.ts';

/**
 * Layout of a snapshot, version 2: varUint version; the CRDT as a Yjs v1 update (varUint8Array); optional document
 * (its wire shape as lib0 `any`, its image, optional width and height of its page); then counted lists, each by
 * creation: annotations, versions, export jobs (both `any`). An annotation begins with a byte: 1 where readers see it,
 * plus 2 where they saw it once as something that comments outlive. One that they see goes on with id, version, created
 * and updated at (varUint ms) and by: the rest is in the CRDT; one that they saw, with its wire shape (`any`).
 *
 * History: 1, the first: no page, no 2. 2, orphaned comments, pages.
 */
const SNAPSHOT_VERSION = 2;

const SEEN = 1;
const ANCHOR = 2;

export function encodeSnapshot(state: AnnotationState): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SNAPSHOT_VERSION);
  encoding.writeVarUint8Array(encoder, state.crdt.encode());
  writeOptional(encoder, state.document, writeDocument);
  const known = state.annotations.known();
  encoding.writeVarUint(encoder, known.length);
  for (const entry of known) writeAnnotation(encoder, entry);
  writeAll(encoder, state.versions.all());
  writeAll(encoder, state.exports.all());
  return encoding.toUint8Array(encoder);
}

/** @throws Error where the bytes are of a version that this code does not know. */
export function decodeSnapshot(id: string, bytes: Uint8Array): AnnotationState {
  const decoder = decoding.createDecoder(bytes);
  const version = decoding.readVarUint(decoder);
  if (version < 1 || version > SNAPSHOT_VERSION) throw new Error(`snapshot layout ${version} is not known`);
  const state = new AnnotationState(id as DocumentId, decoding.readVarUint8Array(decoder));
  state.document = readOptional(decoder, () => readDocument(decoder, version));
  state.annotations.restore(readList(decoder, () => readAnnotation(decoder)));
  for (const each of readList(decoder, () => decoding.readAny(decoder) as Version)) state.versions.add(each);
  for (const each of readList(decoder, () => decoding.readAny(decoder) as ExportJob)) state.exports.put(each);
  return state;
}

function writeDocument(encoder: encoding.Encoder, { wire, image, page }: DocumentFields): void {
  writeWire(encoder, wire);
  writeImage(encoder, image);
  writeOptional(encoder, page, writeSize);
}

function readDocument(decoder: decoding.Decoder, version: number): DocumentFields {
  const wire = decoding.readAny(decoder) as Document;
  const image = readImage(decoder);
  const page = version === 1 ? undefined : readOptional(decoder, readSize);
  return { wire, image, ...(page === undefined ? {} : { page }) };
}

function writeAnnotation(
  encoder: encoding.Encoder,
  { wire, isAnchor }: Pick<RestoredEntry, 'isAnchor'> & { readonly wire: Annotation },
): void {
  const seen = wire.status === 'active' ? SEEN : 0;
  encoding.writeUint8(encoder, seen | (isAnchor ? ANCHOR : 0));
  if (seen === 0) {
    writeWire(encoder, wire);
    return;
  }
  encoding.writeVarString(encoder, wire.id);
  encoding.writeVarUint(encoder, wire.version);
  encoding.writeVarUint(encoder, Date.parse(wire.created_at));
  encoding.writeVarString(encoder, wire.created_by);
  encoding.writeVarUint(encoder, Date.parse(wire.updated_at));
  encoding.writeVarString(encoder, wire.updated_by);
}

function readAnnotation(decoder: decoding.Decoder): RestoredEntry {
  const bits = decoding.readUint8(decoder);
  const isAnchor = (bits & ANCHOR) !== 0;
  if ((bits & SEEN) === 0) {
    const wire = decoding.readAny(decoder) as Annotation;
    return { id: wire.id, createdAt: Date.parse(wire.created_at), isAnchor, wire };
  }
  const id = decoding.readVarString(decoder);
  const version = decoding.readVarUint(decoder);
  const createdAt = decoding.readVarUint(decoder);
  const created_at = new Date(createdAt).toISOString();
  const created_by = decoding.readVarString(decoder);
  const updated_at = new Date(decoding.readVarUint(decoder)).toISOString();
  const updated_by = decoding.readVarString(decoder);
  return { id, createdAt, isAnchor, stamp: { version, created_at, created_by, updated_at, updated_by } };
}

function writeAll(encoder: encoding.Encoder, items: readonly (Version | ExportJob)[]): void {
  encoding.writeVarUint(encoder, items.length);
  for (const item of items) writeWire(encoder, item);
}

function readList<T>(decoder: decoding.Decoder, read: () => T): T[] {
  const items: T[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) items.push(read());
  return items;
}

/** Wire shapes are plain JSON without `undefined`. */
const writeWire = (encoder: encoding.Encoder, wire: Annotation | Document | ExportJob | Version): void =>
  encoding.writeAny(encoder, { ...wire });
