/**
 * Binary frames of a server that carry a `seq`: a byte that says what it is, `seq` as a varUint of lib0 (seven bits a
 * byte, lowest first), and the rest.
 */
import type { Seq } from './ids.ts';

export interface SeqFrame {
  readonly kind: number;
  readonly seq: Seq;
  readonly payload: Uint8Array;
}

/** Of the largest `seq`, seven bits a byte. */
const MAX_SEQ_BYTES = 8;
const MORE = 0x80;

export function encodeSeqFrame({ kind, seq, payload }: SeqFrame): Uint8Array {
  const head: number[] = [kind];
  let rest = seq;
  // Not by shifts: those are of 32 bits.
  for (; rest >= MORE; rest = Math.floor(rest / MORE)) head.push(MORE | (rest % MORE));
  head.push(rest);
  const frame = new Uint8Array(head.length + payload.length);
  frame.set(head);
  frame.set(payload, head.length);
  return frame;
}

/**
 * @param isKnown says which kinds are: of others nothing but their first byte is looked at
 * @returns the frame, its `payload` a view of `bytes`; `undefined` for a kind that is not known, which is to be skipped
 * @throws RangeError where the frame is cut off, or its `seq` is none
 */
export function decodeSeqFrame(bytes: Uint8Array, isKnown: (kind: number) => boolean): SeqFrame | undefined {
  const [kind] = bytes;
  if (kind === undefined) throw new RangeError('the frame is empty');
  if (!isKnown(kind)) return undefined;
  let seq = 0;
  for (let at = 1, unit = 1; at <= MAX_SEQ_BYTES; at += 1, unit *= MORE) {
    const byte = bytes[at];
    if (byte === undefined) throw new RangeError('the frame is cut off');
    seq += (byte % MORE) * unit;
    if (byte >= MORE) continue;
    if (!Number.isSafeInteger(seq)) break;
    return { kind, seq, payload: bytes.subarray(at + 1) };
  }
  throw new RangeError('the seq of the frame is too large');
}
