import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { AuditAction, AuditEntry, CanvasInfo, CanvasLock } from '../../protocol/canvas-messages.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import { CanvasState, type PixelPlanes } from './canvas-state.ts';
import {
  readFlag,
  readMaking,
  readRegion,
  readTime,
  writeFlag,
  writeMaking,
  writeRegion,
  writeTime,
} from './plain-codec.ts';

/**
 * Layout of a snapshot, version 1: varUint version, varUint seq, optional canvas and, with it: varUint painted; varUint n
 * and n painters (userId, name); varUint n and n locks; varUint n and n audit entries; then the planes of all pixels,
 * row by row: colours (1 byte each), painters (4), seqs (4), times (8, IEEE 754), little-endian. Texts are varStrings,
 * times varUint ms, flags a byte, details JSON, an optional member a byte 0, or 1 and the member.
 *
 * Planes are copied as they lie in memory, so that a snapshot takes milliseconds; whoever stores it compresses it.
 *
 * History: 1, the first.
 */
const SNAPSHOT_VERSION = 1;

export function encodeSnapshot(state: CanvasState): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SNAPSHOT_VERSION);
  encoding.writeVarUint(encoder, state.seq);
  writeOptional(encoder, state.canvas, writeCanvas);
  encoding.writeVarUint(encoder, state.painted);
  writeAll(encoder, state.painters.all(), (to, { userId, name }) => {
    encoding.writeVarString(to, userId);
    encoding.writeVarString(to, name);
  });
  writeAll(encoder, [...state.locks.values()], writeLock);
  writeAll(encoder, state.audit, writeAudit);
  // One copy, into memory that is not cleared before: an encoder that grows would make several of 14 MB.
  return Buffer.concat([encoding.toUint8Array(encoder), ...planesOf(state.planes).map(bytesOf)]);
}

/** @throws Error where the bytes are of a version that this code does not know. */
export function decodeSnapshot(id: string, bytes: Uint8Array): CanvasState {
  const decoder = decoding.createDecoder(bytes);
  const layout = decoding.readVarUint(decoder);
  if (layout !== SNAPSHOT_VERSION) throw new Error(`snapshot layout ${layout} is not known`);
  const state = new CanvasState(id);
  state.seq = decoding.readVarUint(decoder);
  state.canvas = readOptional(decoder, (from) => readCanvas(from, id));
  state.painted = decoding.readVarUint(decoder);
  readAll(decoder, (from) => {
    state.painters.note({ userId: decoding.readVarString(from), name: decoding.readVarString(from) });
  });
  readAll(decoder, (from) => {
    const lock = readLock(from);
    state.locks.set(lock.id, lock);
  });
  readAll(decoder, (from) => state.audit.push(readAudit(from)));
  if (state.canvas === undefined) return state;
  state.begin(state.canvas);
  for (const plane of planesOf(state.planes)) {
    bytesOf(plane).set(decoding.readUint8Array(decoder, plane.byteLength));
  }
  state.markBlocks();
  return state;
}

/** In the order of the layout. */
const planesOf = ({
  colors,
  painters,
  seqs,
  times,
}: PixelPlanes): readonly (Uint8Array | Uint32Array | Float64Array)[] => [colors, painters, seqs, times];

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function writeAll<T>(
  encoder: encoding.Encoder,
  items: readonly T[],
  write: (encoder: encoding.Encoder, item: T) => void,
): void {
  encoding.writeVarUint(encoder, items.length);
  for (const item of items) write(encoder, item);
}

function readAll(decoder: decoding.Decoder, read: (decoder: decoding.Decoder) => void): void {
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) read(decoder);
}

function writeCanvas(encoder: encoding.Encoder, canvas: CanvasInfo): void {
  encoding.writeVarString(encoder, canvas.name);
  writeMaking(encoder, canvas);
  writeFlag(encoder, canvas.status === 'archived');
  writeTime(encoder, canvas.createdAt);
  writeTime(encoder, canvas.updatedAt);
  encoding.writeVarString(encoder, canvas.createdBy);
}

const readCanvas = (decoder: decoding.Decoder, id: string): CanvasInfo => ({
  id,
  name: decoding.readVarString(decoder),
  ...readMaking(decoder),
  status: readFlag(decoder) ? 'archived' : 'active',
  createdAt: readTime(decoder),
  updatedAt: readTime(decoder),
  createdBy: decoding.readVarString(decoder),
});

function writeLock(encoder: encoding.Encoder, lock: CanvasLock): void {
  encoding.writeVarString(encoder, lock.id);
  writeRegion(encoder, lock);
  encoding.writeVarString(encoder, lock.reason);
  encoding.writeVarString(encoder, lock.createdBy);
  writeTime(encoder, lock.createdAt);
}

const readLock = (decoder: decoding.Decoder): CanvasLock => ({
  id: decoding.readVarString(decoder) as EntityId,
  ...readRegion(decoder),
  reason: decoding.readVarString(decoder),
  createdBy: decoding.readVarString(decoder),
  createdAt: readTime(decoder),
});

function writeAudit(encoder: encoding.Encoder, entry: AuditEntry): void {
  encoding.writeVarString(encoder, entry.id);
  encoding.writeVarUint(encoder, entry.seq);
  writeTime(encoder, entry.at);
  encoding.writeVarString(encoder, entry.action);
  encoding.writeVarString(encoder, entry.userId);
  encoding.writeVarString(encoder, entry.name);
  writeOptional(encoder, entry.reason, encoding.writeVarString);
  encoding.writeVarString(encoder, JSON.stringify(entry.details));
}

function readAudit(decoder: decoding.Decoder): AuditEntry {
  const entry = {
    id: decoding.readVarString(decoder) as EntityId,
    seq: decoding.readVarUint(decoder),
    at: readTime(decoder),
    action: decoding.readVarString(decoder) as AuditAction,
    userId: decoding.readVarString(decoder),
    name: decoding.readVarString(decoder),
  };
  const reason = readOptional(decoder, decoding.readVarString);
  const details = JSON.parse(decoding.readVarString(decoder)) as AuditEntry['details'];
  return { ...entry, ...(reason === undefined ? {} : { reason }), details };
}
