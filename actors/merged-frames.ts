import type { ConnectionId } from '../protocol/ids.ts';
import type { Door, FactNotice, Notice } from './door.ts';
import { EMPTY, FrameBatch } from './frame-batch.ts';
import { encodeOwn, mayMerge, originOf, type Told, tellsOwn } from './told.ts';

/** A door that tells many facts as one frame. */
export type MergingDoor = Door & Required<Pick<Door, 'encodeMerged'>>;

/**
 * Notices that are walked again for readers who need frames of their own, in one write. Beyond it those get the facts
 * one by one: otherwise the work would grow with readers times facts.
 */
const NOTICES_WALKED = 1_024;

/**
 * The frames of one write to the sockets of a door that merges: the same bytes for all, except for those who asked for
 * something in it or came in the middle of it. A reader's own acknowledgements split its runs, so that what it gets
 * keeps its order.
 */
export class MergedFrames {
  readonly #door: MergingDoor;
  readonly #notices: readonly Told[];
  /** About whom there is something. */
  readonly #concerned = new Set<ConnectionId>();
  /** Of single notices. */
  readonly #frames = new Map<Notice, Uint8Array | undefined>();
  readonly #shared: Uint8Array;
  readonly #count: number;
  #single: FrameBatch | undefined;
  #walked = 0;

  constructor(door: MergingDoor, notices: readonly Told[]) {
    this.#door = door;
    this.#notices = notices;
    for (const notice of notices) {
      const origin = originOf(notice);
      if (origin !== undefined && tellsOwn(door, notice)) this.#concerned.add(origin.connectionId);
    }
    const frames = this.#walk(undefined, 0);
    this.#count = frames.length;
    this.#shared = joined(frames);
  }

  /** Frames that everybody gets who asked for nothing. */
  get count(): number {
    return this.#count;
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#concerned.size === 0;
  }

  /**
   * What one connection gets.
   * @param skip notices that it does not get: they are older than its stay
   */
  bytesFor(connectionId: ConnectionId, skip = 0): Uint8Array {
    if (skip === 0 && !this.#concerned.has(connectionId)) return this.#shared;
    if (skip >= this.#notices.length) return EMPTY;
    this.#walked += this.#notices.length - skip;
    if (this.#walked <= NOTICES_WALKED) return joined(this.#walk(connectionId, skip));
    this.#single ??= FrameBatch.of(this.#door, this.#notices, (notice) => this.#frame(notice));
    return this.#single.bytesFor(connectionId, skip);
  }

  #walk(reader: ConnectionId | undefined, from: number): Uint8Array[] {
    const door = this.#door;
    const frames: Uint8Array[] = [];
    let run: FactNotice[] = [];
    const add = (frame: Uint8Array | undefined): void => {
      if (frame !== undefined) frames.push(frame);
    };
    const endRun = (): void => {
      const merged = run.length < 2 ? undefined : door.encodeMerged(run);
      if (merged !== undefined) frames.push(merged);
      else for (const fact of run) add(this.#frame(fact));
      run = [];
    };
    for (const notice of from === 0 ? this.#notices : this.#notices.slice(from)) {
      const isOwn = reader !== undefined && originOf(notice)?.connectionId === reader;
      if (isOwn && tellsOwn(door, notice)) {
        endRun();
        add(encodeOwn(door, notice));
      } else if (notice.type === 'fact' && mayMerge(door, notice)) {
        run.push(notice);
      } else if (notice.type !== 'repeat' && notice.type !== 'refusal') {
        const frame = this.#frame(notice);
        if (frame === undefined) continue;
        endRun();
        frames.push(frame);
      }
    }
    endRun();
    return frames;
  }

  #frame(notice: Notice): Uint8Array | undefined {
    if (!this.#frames.has(notice)) this.#frames.set(notice, this.#door.encode(notice));
    return this.#frames.get(notice);
  }
}

const joined = (frames: readonly Uint8Array[]): Uint8Array =>
  frames.length === 1 ? (frames[0] ?? EMPTY) : Buffer.concat(frames);
