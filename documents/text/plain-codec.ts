import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { TextCrdt } from '../../protocol/entities.ts';

/** The parts that events and snapshots are made of, in bytes. A change of one is a new version of both layouts. */

export const writeCrdt = (encoder: encoding.Encoder, crdt: TextCrdt): void =>
  encoding.writeUint8(encoder, crdt === 'opaque' ? 0 : 1);

export const readCrdt = (decoder: decoding.Decoder): TextCrdt =>
  decoding.readUint8(decoder) === 0 ? 'opaque' : 'yjs';

/** A time of the wire, as ms since 1970. */
export const writeTime = (encoder: encoding.Encoder, time: string): void =>
  encoding.writeVarUint(encoder, Date.parse(time));

export const readTime = (decoder: decoding.Decoder): string =>
  new Date(decoding.readVarUint(decoder)).toISOString();
