import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Annotation, Document, ExportJob, Version } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import { AnnotationState } from './annotation-state.ts';
import type { DocumentFields } from './document-fields.ts';
import { readImage, writeImage } from './plain-codec.ts';
import type { RestoredEntry } from './projection.ts';

/**
 * Layout of a snapshot, version 1: varUint version; the CRDT as a Yjs v1 update (varUint8Array); optional document
 * (its wire shape as lib0 `any`, its image); then counted lists, each by creation: annotations, versions, export jobs
 * (both `any`). An annotation that readers see is `1`, id, version, created and updated at (varUint ms) and by: the
 * rest is in the CRDT. One that they saw is `0` and its wire shape (`any`).
 *
 * History: 1, the first.
 */
const SNAPSHOT_VERSION = 1;

export function encodeSnapshot(state: AnnotationState): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SNAPSHOT_VERSION);
  encoding.writeVarUint8Array(encoder, state.crdt.encode());
  writeOptional(encoder, state.document, writeDocument);
  const known = state.annotations.known();
  encoding.writeVarUint(encoder, known.length);
  for (const { wire } of known) writeAnnotation(encoder, wire);
  writeAll(encoder, state.versions.all());
  writeAll(encoder, state.exports.all());
  return encoding.toUint8Array(encoder);
}

/** @throws Error where the bytes are of a version that this code does not know. */
export function decodeSnapshot(id: string, bytes: Uint8Array): AnnotationState {
  const decoder = decoding.createDecoder(bytes);
  const version = decoding.readVarUint(decoder);
  if (version !== SNAPSHOT_VERSION) throw new Error(`snapshot layout ${version} is not known`);
  const state = new AnnotationState(id as DocumentId, decoding.readVarUint8Array(decoder));
  state.document = readOptional(decoder, readDocument);
  state.annotations.restore(readList(decoder, () => readAnnotation(decoder)));
  for (const each of readList(decoder, () => decoding.readAny(decoder) as Version)) state.versions.add(each);
  for (const each of readList(decoder, () => decoding.readAny(decoder) as ExportJob)) state.exports.put(each);
  return state;
}

function writeDocument(encoder: encoding.Encoder, { wire, image }: DocumentFields): void {
  writeWire(encoder, wire);
  writeImage(encoder, image);
}

function readDocument(decoder: decoding.Decoder): DocumentFields {
  const wire = decoding.readAny(decoder) as Document;
  return { wire, image: readImage(decoder) };
}

function writeAnnotation(encoder: encoding.Encoder, wire: Annotation): void {
  if (wire.status === 'deleted') {
    encoding.writeUint8(encoder, 0);
    writeWire(encoder, wire);
    return;
  }
  encoding.writeUint8(encoder, 1);
  encoding.writeVarString(encoder, wire.id);
  encoding.writeVarUint(encoder, wire.version);
  encoding.writeVarUint(encoder, Date.parse(wire.created_at));
  encoding.writeVarString(encoder, wire.created_by);
  encoding.writeVarUint(encoder, Date.parse(wire.updated_at));
  encoding.writeVarString(encoder, wire.updated_by);
}

function readAnnotation(decoder: decoding.Decoder): RestoredEntry {
  if (decoding.readUint8(decoder) === 0) {
    const wire = decoding.readAny(decoder) as Annotation;
    return { id: wire.id, createdAt: Date.parse(wire.created_at), wire };
  }
  const id = decoding.readVarString(decoder);
  const version = decoding.readVarUint(decoder);
  const createdAt = decoding.readVarUint(decoder);
  const created_at = new Date(createdAt).toISOString();
  const created_by = decoding.readVarString(decoder);
  const updated_at = new Date(decoding.readVarUint(decoder)).toISOString();
  const updated_by = decoding.readVarString(decoder);
  return { id, createdAt, stamp: { version, created_at, created_by, updated_at, updated_by } };
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
