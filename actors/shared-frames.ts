import type { ConnectionId } from '../protocol/ids.ts';
import type { Door, FactNotice, Notice } from './door.ts';
import { EMPTY } from './frame-batch.ts';
import { encodeOwn, mayMerge, originOf, type Told, tellsOwn } from './told.ts';

/** A frame that everybody gets, and which notices it and the parts before it have told. */
interface Part {
  /** All notices before this index. */
  readonly until: number;
  readonly frame: Uint8Array | undefined;
}

/**
 * Notices that are walked again for readers who came in the middle, in one write. Beyond it those get the facts one by
 * one: otherwise the work would grow with readers times facts.
 */
const NOTICES_WALKED = 1_024;

/**
 * The frames of one write to the sockets of a door that shares own facts: the same bytes for all. Who asked for
 * something in it is told so by a frame more, right before the one that has it.
 */
export class SharedFrames {
  readonly #door: Door;
  readonly #notices: readonly Told[];
  /** Where the notices are that concern a connection by itself, ascending. */
  readonly #own = new Map<ConnectionId, number[]>();
  /** Of single notices. */
  readonly #frames = new Map<Notice, Uint8Array | undefined>();
  readonly #parts: readonly Part[];
  readonly #shared: Uint8Array;
  readonly #count: number;
  /** For those who came in the middle, by the notices that they do not get. */
  readonly #later = new Map<number, readonly Part[]>();
  #single: readonly Part[] | undefined;
  #walked = 0;

  constructor(door: Door, notices: readonly Told[]) {
    this.#door = door;
    this.#notices = notices;
    notices.forEach((notice, index) => {
      const origin = originOf(notice);
      if (origin === undefined || !this.#isAnswered(notice)) return;
      const own = this.#own.get(origin.connectionId);
      if (own === undefined) this.#own.set(origin.connectionId, [index]);
      else own.push(index);
    });
    this.#parts = this.#split(0, true);
    const frames = this.#parts.flatMap(({ frame }) => frame ?? []);
    this.#count = frames.length;
    this.#shared = joined(frames);
  }

  /** Frames that everybody gets. */
  get count(): number {
    return this.#count;
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#own.size === 0;
  }

  /**
   * What one connection gets.
   * @param skip notices that it does not get: they are older than its stay
   */
  bytesFor(connectionId: ConnectionId, skip = 0): Uint8Array {
    const own = this.#own.get(connectionId);
    if (own === undefined && skip === 0) return this.#shared;
    const parts = skip === 0 ? this.#parts : this.#partsAfter(skip);
    const frames: Uint8Array[] = [];
    let next = own === undefined ? 0 : own.findIndex((index) => index >= skip);
    for (const { until, frame } of parts) {
      const answered: Told[] = [];
      for (; own !== undefined && next >= 0 && (own[next] ?? until) < until; next++) {
        const notice = this.#notices[own[next] ?? 0];
        if (notice !== undefined) answered.push(notice);
      }
      if (answered.length > 0) frames.push(...this.#answers(answered));
      if (frame !== undefined) frames.push(frame);
    }
    return joined(frames);
  }

  #isAnswered(notice: Told): boolean {
    return notice.type === 'fact' ? this.#door.encodeAcks !== undefined : tellsOwn(this.#door, notice);
  }

  /** One acknowledgement for all facts, then what else there is to say. */
  #answers(notices: readonly Told[]): Uint8Array[] {
    const facts = notices.filter((notice): notice is FactNotice => notice.type === 'fact');
    const rest = notices.filter(({ type }) => type !== 'fact');
    const acks = facts.length === 0 ? undefined : this.#door.encodeAcks?.(facts);
    return [acks, ...rest.map((notice) => encodeOwn(this.#door, notice))].flatMap((frame) => frame ?? []);
  }

  #partsAfter(skip: number): readonly Part[] {
    const known = this.#later.get(skip);
    if (known !== undefined) return known;
    this.#walked += Math.max(0, this.#notices.length - skip);
    if (this.#walked > NOTICES_WALKED) this.#single ??= this.#split(0, false);
    const parts = this.#single?.filter(({ until }) => until > skip) ?? this.#split(skip, true);
    this.#later.set(skip, parts);
    return parts;
  }

  #split(from: number, merging: boolean): Part[] {
    const { encodeMerged } = this.#door;
    const parts: Part[] = [];
    let run: { readonly index: number; readonly notice: FactNotice }[] = [];
    const endRun = (until: number): void => {
      const isMerged = merging && run.length > 1 && encodeMerged !== undefined;
      const merged = isMerged ? this.#door.encodeMerged?.(run.map(({ notice }) => notice)) : undefined;
      if (merged !== undefined) parts.push({ until, frame: merged });
      else for (const { index, notice } of run) parts.push({ until: index + 1, frame: this.#frame(notice) });
      run = [];
    };
    for (let index = from; index < this.#notices.length; index++) {
      const notice = this.#notices[index];
      if (notice === undefined || notice.type === 'repeat' || notice.type === 'refusal') continue;
      if (notice.type === 'fact' && mayMerge(this.#door, notice)) {
        run.push({ index, notice });
        continue;
      }
      const frame = this.#frame(notice);
      if (frame === undefined) continue;
      endRun(index);
      parts.push({ until: index + 1, frame });
    }
    endRun(this.#notices.length);
    // What only one is told may come last.
    parts.push({ until: this.#notices.length, frame: undefined });
    return parts;
  }

  #frame(notice: Notice): Uint8Array | undefined {
    if (!this.#frames.has(notice)) this.#frames.set(notice, this.#door.encode(notice));
    return this.#frames.get(notice);
  }
}

const joined = (frames: readonly Uint8Array[]): Uint8Array =>
  frames.length === 1 ? (frames[0] ?? EMPTY) : Buffer.concat(frames);
