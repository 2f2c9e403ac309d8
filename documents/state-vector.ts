import * as decoding from 'lib0/decoding';

/** Clocks by client: up to where somebody has everything. */
export type StateVector = ReadonlyMap<number, number>;

/**
 * Reads a state vector of Yjs v1: a count, then client and clock of each, all as varUints of lib0.
 *
 * @returns `undefined` where the bytes are none
 */
export function readStateVector(bytes: Uint8Array): StateVector | undefined {
  const decoder = decoding.createDecoder(bytes);
  const vector = new Map<number, number>();
  try {
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const client = decoding.readVarUint(decoder);
      vector.set(client, decoding.readVarUint(decoder));
    }
  } catch {
    // lib0 throws plain errors at the end of the bytes and at numbers that are out of range.
    return undefined;
  }
  return decoding.hasContent(decoder) ? undefined : vector;
}
