import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MAX_AWARENESS_STATE_BYTES } from './yjs-limits.ts';

/** What one client of a Yjs document tells of itself. */
export interface AwarenessEntry {
  readonly clientId: number;
  /** Ascends with each change and each sign of life of the client. */
  readonly clock: number;
  /** A JSON object, as it came; `null`: the client is gone. */
  readonly state: string | null;
}

/** Clients that one message may tell of: all that are at a document, for a client sends on what it hears of others. */
const MAX_ENTRIES = 10_000;
/** Whoever compares two states does so by recursion. */
const MAX_DEPTH = 64;

/** The bytes are no awareness update. */
export class BadAwareness extends Error {
  override readonly name = 'BadAwareness';
}

/**
 * Reads an awareness update of y-protocols 1.0.7 (`awareness.js`): a count, then client id, clock (varUints of lib0) and
 * state (a varString of JSON) of each. Nothing that would make a client fail that reads it comes through.
 *
 * @throws BadAwareness
 */
export function decodeAwareness(bytes: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(bytes);
  try {
    const count = decoding.readVarUint(decoder);
    if (count > MAX_ENTRIES) throw new BadAwareness('it tells of too many clients');
    const entries = Array.from({ length: count }, () => readEntry(decoder));
    if (decoding.hasContent(decoder)) throw new BadAwareness('bytes follow its end');
    return entries;
  } catch (error) {
    if (error instanceof BadAwareness) throw error;
    // lib0 throws plain errors at the end of the bytes, at bad UTF-8, at numbers out of range.
    throw new BadAwareness(error instanceof Error ? error.message : 'unreadable', { cause: error });
  }
}

/** The same, written. */
export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { clientId, clock, state } of entries) {
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state ?? 'null');
  }
  return encoding.toUint8Array(encoder);
}

function readEntry(decoder: decoding.Decoder): AwarenessEntry {
  const clientId = readNumber(decoder);
  const clock = readNumber(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (bytes.length > MAX_AWARENESS_STATE_BYTES) throw new BadAwareness('a state is too large');
  const text = utf8.decode(bytes);
  const state: unknown = JSON.parse(text);
  if (state === null) return { clientId, clock, state };
  if (typeof state !== 'object' || Array.isArray(state)) throw new BadAwareness('a state is no object');
  if (isDeeper(state, MAX_DEPTH)) throw new BadAwareness('a state is nested too deeply');
  return { clientId, clock, state: text };
}

/** With a byte order mark JSON would not be JSON any more for those who keep it. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readNumber(decoder: decoding.Decoder): number {
  const number = decoding.readVarUint(decoder);
  if (!Number.isSafeInteger(number)) throw new BadAwareness('a number is too large');
  return number;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeper(member, depth - 1));
}
