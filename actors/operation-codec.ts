import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { OperationId, Seq } from '../protocol/ids.ts';

/** What a named operation did, so that its retry can be answered without doing it again. */
export interface Operation {
  /** Type of the command: a name used again for another command is a mistake of the caller. */
  readonly type: string;
  readonly seq: Seq;
  readonly at: number;
  readonly answer: unknown;
}

export type NamedOperation = Operation & { readonly id: OperationId };

/** Each as varString id, varString type, varUint seq, varUint at, any answer; as lib0 writes them. */
export function encodeOperations(operations: readonly NamedOperation[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const { id, type, seq, at, answer } of operations) {
    encoding.writeVarString(encoder, id);
    encoding.writeVarString(encoder, type);
    encoding.writeVarUint(encoder, seq);
    encoding.writeVarUint(encoder, at);
    encoding.writeAny(encoder, answer as Parameters<typeof encoding.writeAny>[1]);
  }
  return encoding.toUint8Array(encoder);
}

export const readOperation = (decoder: decoding.Decoder): NamedOperation => ({
  id: decoding.readVarString(decoder) as OperationId,
  type: decoding.readVarString(decoder),
  seq: decoding.readVarUint(decoder),
  at: decoding.readVarUint(decoder),
  answer: decoding.readAny(decoder),
});

export function decodeOperations(bytes: Uint8Array): NamedOperation[] {
  const decoder = decoding.createDecoder(bytes);
  const operations: NamedOperation[] = [];
  while (decoding.hasContent(decoder)) operations.push(readOperation(decoder));
  return operations;
}
