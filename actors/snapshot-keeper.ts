import type { AnyDocumentKind } from '../documents/kind.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Claim } from '../storage/port.ts';
import type { Reply } from './ask.ts';
import type { Environment } from './environment.ts';
import type { Hold } from './messages.ts';
import { type SnapshotContent, seal } from './snapshot-envelope.ts';

/** What is kept of a document. */
export interface Snapshotted {
  readonly id: DocumentId;
  readonly kind: Pick<AnyDocumentKind, 'cadence' | 'keepsLog'>;
  /**
   * The state now.
   * @param always also where it is not worth its bytes; else undefined
   */
  takeSnapshot(always: boolean): SnapshotContent | undefined;
  /** The events after which a state is still needed, by work that is not finished. */
  needed(): readonly Seq[];
}

/** A state that is to be written down. */
interface Taken {
  readonly seq: Seq;
  readonly at: number;
  readonly content: SnapshotContent;
}

/** Somebody who asked for a snapshot at `seq` or later. */
interface Asking {
  readonly seq: Seq;
  readonly reply: Reply<Seq>;
}

/**
 * When a document's state is written down, and the writing. Counts events; a snapshot that was taken waits until its
 * last event is durable: a state that the log does not have must not exist.
 */
export class SnapshotKeeper {
  readonly #env: Environment;
  readonly #document: Snapshotted;
  readonly #cadence: { readonly events: number; readonly ms: number };
  #claim: Claim | undefined;
  #events = 0;
  #dirtySince = 0;
  #durable: Seq = 0;
  #stored: Seq = 0;
  #taken: Taken | undefined;
  #saving: Promise<void> | undefined;
  #asking: Asking[] | undefined;
  #held: Set<Hold> | undefined;

  constructor(env: Environment, document: Snapshotted) {
    this.#env = env;
    this.#document = document;
    const { snapshotEvents: events, snapshotMs: ms } = env.limits;
    this.#cadence = document.kind.cadence ?? { events, ms };
  }

  /** There are events that no snapshot has. */
  get isDirty(): boolean {
    return this.#events > 0;
  }

  /** Of the newest snapshot in the store; 0 where there is none. */
  get storedSeq(): Seq {
    return this.#stored;
  }

  /** @param seq the last event, `events` of which are behind the newest snapshot in the store */
  begin(claim: Claim, seq: Seq, events: number): void {
    this.#claim = claim;
    this.#durable = seq;
    this.#stored = seq - events;
    this.#events = events;
    this.#dirtySince = this.#env.clock.now();
  }

  /** The state now includes event `seq`. */
  count(seq: Seq, at: number): void {
    if (this.#events++ === 0) this.#dirtySince = at;
    if (this.#events >= this.#cadence.events) this.#take(seq, at, false);
  }

  /** A state was stored with an event: a version's. */
  pinned(seq: Seq): void {
    this.#stored = Math.max(this.#stored, seq);
  }

  /** Time has passed; the state is that after `seq`. */
  sweep(seq: Seq, now: number): void {
    if (this.#events === 0 || now - this.#dirtySince < this.#cadence.ms) return;
    this.#take(seq, now, false);
    this.save(this.#durable);
  }

  /** A snapshot of the state, which is that after `seq`: answers with its seq once it is stored. */
  now(seq: Seq, reply: Reply<Seq>): void {
    if (this.#stored >= seq) {
      reply.resolve(seq);
      return;
    }
    this.#asking ??= [];
    this.#asking.push({ seq, reply });
    const isUnderWay = this.#events === 0 && (this.#taken !== undefined || this.#saving !== undefined);
    if (!isUnderWay) this.#take(seq, this.#env.clock.now(), true);
    this.save(this.#durable);
  }

  /** The state is not pruned until it is let go. Answered once no pruning is under way that does not know of it. */
  hold(hold: Hold, reply?: Reply<void>): void {
    this.#held ??= new Set();
    this.#held.add(hold);
    if (this.#saving === undefined) reply?.resolve();
    else void this.#saving.then(() => reply?.resolve());
  }

  /** What is not let go yet. */
  get held(): readonly Hold[] {
    return this.#held === undefined ? NOTHING : [...this.#held];
  }

  letGo(hold: Hold): void {
    this.#held?.delete(hold);
  }

  /** Writes what was taken, once everything up to its `seq` is durable. One at a time; a failure does no harm. */
  save(durable: Seq): void {
    this.#durable = durable;
    const [taken, claim] = [this.#taken, this.#claim];
    if (taken === undefined || claim === undefined) return;
    if (taken.seq > durable || this.#saving !== undefined) return;
    this.#taken = undefined;
    this.#saving = this.#write(claim, taken).finally(() => {
      this.#saving = undefined;
      // One that was taken meanwhile.
      this.save(this.#durable);
    });
  }

  /** Before the document leaves memory, at rest after `seq`. Never rejects. */
  async finish(seq: Seq): Promise<void> {
    if (this.#events > 0) this.#take(seq, this.#env.clock.now(), false);
    this.save(seq);
    while (this.#saving !== undefined) await this.#saving;
  }

  async #write(claim: Claim, { seq, at, content }: Taken): Promise<void> {
    try {
      await this.#env.store.putSnapshot(claim, { seq, at, bytes: await seal(content), pinned: false });
      this.#stored = Math.max(this.#stored, seq);
      this.#answer(seq, ({ reply }) => reply.resolve(seq));
      await this.#tidy(claim);
    } catch (error) {
      this.#env.onSnapshotFailure(this.#document.id, error);
      if (this.#stored >= seq) return;
      // It is as dirty as it was; the sweep tries again.
      if (this.#events === 0) this.#dirtySince = this.#env.clock.now();
      this.#events++;
      const problem = new Problem('unavailable', 'The snapshot could not be stored.');
      this.#answer(seq, ({ reply }) => reply.reject(problem));
    }
  }

  async #tidy(claim: Claim): Promise<void> {
    const { store, limits } = this.#env;
    if (this.#document.kind.keepsLog === true) {
      await store.thin(claim, limits.snapshotsSpread);
      return;
    }
    const held = this.held.map(({ seq }) => seq);
    await store.prune(claim, limits.snapshotsKept, [...this.#document.needed(), ...held]);
  }

  /** Those who asked for what a snapshot at `seq` has. */
  #answer(seq: Seq, answer: (asking: Asking) => void): void {
    const asking = this.#asking;
    if (asking === undefined) return;
    const later = asking.filter((one) => one.seq > seq);
    this.#asking = later.length === 0 ? undefined : later;
    for (const one of asking) if (one.seq <= seq) answer(one);
  }

  #take(seq: Seq, at: number, always: boolean): void {
    const content = this.#document.takeSnapshot(always);
    if (content === undefined) return;
    this.#taken = { seq, at, content };
    this.#events = 0;
  }
}

const NOTHING: readonly Hold[] = Object.freeze([]);
