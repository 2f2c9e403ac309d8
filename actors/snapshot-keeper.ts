import type { DocumentId, Seq } from '../protocol/ids.ts';
import type { Claim, Snapshot } from '../storage/port.ts';
import type { Environment } from './environment.ts';

/**
 * When a document's state is written down, and the writing. Counts events; a snapshot that was taken waits until its
 * last event is durable: a state that the log does not have must not exist.
 */
export class SnapshotKeeper {
  readonly #env: Environment;
  readonly #id: DocumentId;
  /** The state now, sealed; undefined where it is not worth its bytes. */
  readonly #seal: () => Uint8Array | undefined;
  #events = 0;
  #dirtySince = 0;
  #taken: Snapshot | undefined;
  #saving: Promise<void> | undefined;

  constructor(env: Environment, id: DocumentId, seal: () => Uint8Array | undefined) {
    this.#env = env;
    this.#id = id;
    this.#seal = seal;
  }

  /** There are events that no snapshot has. */
  get isDirty(): boolean {
    return this.#events > 0;
  }

  /** @param events behind the snapshot that the document was loaded from */
  begin(events: number): void {
    this.#events = events;
    this.#dirtySince = this.#env.clock.now();
  }

  /** The state now includes event `seq`. */
  count(seq: Seq, at: number): void {
    if (this.#events++ === 0) this.#dirtySince = at;
    if (this.#events >= this.#env.limits.snapshotEvents) this.#take(seq, at);
  }

  /** Time has passed and nothing waits for the store: the state is that after `seq`. */
  sweep(claim: Claim | undefined, seq: Seq, now: number): void {
    if (this.#events === 0 || now - this.#dirtySince < this.#env.limits.snapshotMs) return;
    this.#take(seq, now);
    this.save(claim, seq);
  }

  /** Writes what was taken, once everything up to its `seq` is durable. One at a time; a failure does no harm. */
  save(claim: Claim | undefined, committed: Seq): void {
    const snapshot = this.#taken;
    if (snapshot === undefined || claim === undefined) return;
    if (snapshot.seq > committed || this.#saving !== undefined) return;
    this.#taken = undefined;
    const { store, limits, onSnapshotFailure } = this.#env;
    this.#saving = store
      .putSnapshot(claim, snapshot)
      .then(() => store.prune(claim, limits.snapshotsKept))
      .catch((error: unknown) => onSnapshotFailure(this.#id, error))
      .finally(() => {
        this.#saving = undefined;
      });
  }

  /** Before the document leaves memory, at rest after `seq`. Never rejects. */
  async finish(claim: Claim | undefined, seq: Seq): Promise<void> {
    if (this.#events > 0) this.#take(seq, this.#env.clock.now());
    await this.#saving;
    this.save(claim, seq);
    await this.#saving;
  }

  #take(seq: Seq, at: number): void {
    const bytes = this.#seal();
    if (bytes === undefined) return;
    this.#taken = { seq, at, bytes, pinned: false };
    this.#events = 0;
  }
}
