import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';

/** What an awareness update of y-protocols says of one client. */
export interface AwarenessEntry {
  readonly clientId: number;
  /** Ascends with each change. */
  readonly clock: number;
  /** JSON; `null` in it: the client is gone. */
  readonly state: string;
}

/**
 * Reads an awareness update of y-protocols 1.0 (`awareness.js`): a count, then client id, clock and state of each.
 *
 * @returns `undefined` where the bytes are none
 */
export function readAwareness(update: Uint8Array): AwarenessEntry[] | undefined {
  try {
    const decoder = createDecoder(update);
    const entries: AwarenessEntry[] = [];
    for (let left = readVarUint(decoder); left > 0; left -= 1) {
      const clientId = readVarUint(decoder);
      const clock = readVarUint(decoder);
      const state = readVarString(decoder);
      JSON.parse(state); // or the other entries would be half applied when this one throws
      entries.push({ clientId, clock, state });
    }
    return entries;
  } catch {
    return undefined;
  }
}

/** The same, written. */
export function writeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, entries.length);
  for (const { clientId, clock, state } of entries) {
    writeVarUint(encoder, clientId);
    writeVarUint(encoder, clock);
    writeVarString(encoder, state);
  }
  return toUint8Array(encoder);
}
