import type { ConnectionId } from '../protocol/ids.ts';
import type { Door, Notice } from './door.ts';
import { encodeOwn, originOf, type Told, tellsOwn } from './told.ts';

interface Piece {
  readonly from: number;
  readonly to: number;
  /** What its own connection gets in place of it. */
  readonly own: Uint8Array | undefined;
}

/**
 * The frames of one write to the sockets of a door: joined once, the same bytes for all, except that a connection may
 * get another frame, or none, in place of one that is about itself.
 */
export class FrameBatch {
  readonly #frames: Uint8Array[] = [];
  readonly #own = new Map<ConnectionId, Piece[]>();
  /** Where the frame of each notice begins, also of those without one. */
  readonly #starts: number[] = [];
  #length = 0;
  #joined: Uint8Array | undefined;

  /**
   * Of notices of which each has its own frame.
   * @param encode as the door does it: a door may be asked for a notice only once
   */
  static of(
    door: Door,
    notices: readonly Told[],
    encode: (notice: Notice) => Uint8Array | undefined = (notice) => door.encode(notice),
  ): FrameBatch {
    const batch = new FrameBatch();
    for (const notice of notices) {
      const isForAll = notice.type !== 'repeat' && notice.type !== 'refusal';
      const frame = isForAll ? encode(notice) : undefined;
      const origin = originOf(notice);
      if (origin !== undefined && tellsOwn(door, notice)) {
        batch.addExcept(frame, origin.connectionId, encodeOwn(door, notice));
      } else batch.add(frame);
    }
    return batch;
  }

  /** Frames that everybody gets. */
  get count(): number {
    return this.#frames.length;
  }

  get isEmpty(): boolean {
    return this.#length === 0 && this.#own.size === 0;
  }

  add(frame: Uint8Array | undefined): void {
    this.#starts.push(this.#length);
    if (frame === undefined) return;
    this.#frames.push(frame);
    this.#length += frame.length;
  }

  /** As `add`, but `connectionId` gets `own` instead, or nothing. */
  addExcept(frame: Uint8Array | undefined, connectionId: ConnectionId, own: Uint8Array | undefined): void {
    const from = this.#length;
    this.add(frame);
    const pieces = this.#own.get(connectionId);
    const piece = { from, to: this.#length, own };
    if (pieces === undefined) this.#own.set(connectionId, [piece]);
    else pieces.push(piece);
  }

  /**
   * What one connection gets: shared with all others unless something in it is about itself.
   * @param skip notices that it does not get: they are older than its stay
   */
  bytesFor(connectionId: ConnectionId, skip = 0): Uint8Array {
    this.#joined ??= this.#frames.length === 1 ? this.#frames[0] : Buffer.concat(this.#frames, this.#length);
    const all = this.#joined ?? EMPTY;
    const pieces = this.#own.get(connectionId);
    if (pieces === undefined && skip === 0) return all;
    const parts: Uint8Array[] = [];
    let done = skip === 0 ? 0 : (this.#starts[skip] ?? this.#length);
    for (const { from, to, own } of pieces ?? []) {
      if (from < done) continue;
      parts.push(all.subarray(done, from));
      if (own !== undefined) parts.push(own);
      done = to;
    }
    parts.push(all.subarray(done));
    return parts.length === 1 ? (parts[0] ?? EMPTY) : Buffer.concat(parts);
  }
}

export const EMPTY = new Uint8Array(0);
