import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { OperationId } from '../protocol/ids.ts';
import { OperationLog } from './operation-log.ts';

/**
 * Layout 1: byte 1, then varUint n, n operations (varString id, varString type, varUint seq, varUint at, any answer),
 * then the kind's own bytes to the end. Numbers and `any` as lib0 writes them.
 */
const LAYOUT = 1;

/** A snapshot as the store keeps it: the document's state and the operations that must not be repeated. */
export function sealSnapshot(state: Uint8Array, operations: OperationLog | undefined): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, LAYOUT);
  encoding.writeVarUint(encoder, operations?.size ?? 0);
  for (const [id, operation] of operations?.entries() ?? []) {
    encoding.writeVarString(encoder, id);
    encoding.writeVarString(encoder, operation.type);
    encoding.writeVarUint(encoder, operation.seq);
    encoding.writeVarUint(encoder, operation.at);
    encoding.writeAny(encoder, operation.answer as Parameters<typeof encoding.writeAny>[1]);
  }
  encoding.writeUint8Array(encoder, state);
  return encoding.toUint8Array(encoder);
}

export interface OpenedSnapshot {
  readonly state: Uint8Array;
  readonly operations: OperationLog | undefined;
}

/** @throws Error where the layout is not known: the store was written by a newer server. */
export function openSnapshot(bytes: Uint8Array): OpenedSnapshot {
  const decoder = decoding.createDecoder(bytes);
  const layout = decoding.readUint8(decoder);
  if (layout !== LAYOUT) throw new Error(`snapshot layout ${layout} is not known to this server`);
  const count = decoding.readVarUint(decoder);
  const operations = count === 0 ? undefined : new OperationLog();
  for (let i = 0; i < count; i++) {
    const id = decoding.readVarString(decoder) as OperationId;
    operations?.add(id, {
      type: decoding.readVarString(decoder),
      seq: decoding.readVarUint(decoder),
      at: decoding.readVarUint(decoder),
      answer: decoding.readAny(decoder),
    });
  }
  return { state: decoding.readTailAsUint8Array(decoder), operations };
}
