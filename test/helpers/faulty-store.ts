import type { DocumentId, Seq } from '../../protocol/ids.ts';
import type {
  BlobStore,
  Claim,
  Directory,
  DocumentStore,
  EventBatch,
  LogHead,
  Settings,
  Snapshot,
  StoredEvent,
} from '../../storage/port.ts';

/**
 * What happens to an append: `refuse`: nothing is stored; `lose-answer`: it is stored, but the caller gets an error;
 * `hang`: nothing is stored until `release`, and no answer comes before.
 */
export type Fault = 'refuse' | 'lose-answer' | 'hang';

/** A store whose appends fail when they are told to. */
export class FaultyStore implements DocumentStore {
  readonly name = 'faulty';
  readonly #inner: DocumentStore;
  readonly #faults: { id: DocumentId | undefined; fault: Fault }[] = [];
  readonly #hanging: (() => void)[] = [];
  /** Rejects claims while it is set. */
  isDown = false;

  constructor(inner: DocumentStore) {
    this.#inner = inner;
  }

  get directory(): Directory {
    return this.#inner.directory;
  }

  get blobs(): BlobStore {
    return this.#inner.blobs;
  }

  get settings(): Settings {
    return this.#inner.settings;
  }

  /** The next append (of one document) fails like this. */
  failNext(fault: Fault, id?: DocumentId): void {
    this.#faults.push({ id, fault });
  }

  /** All that was planned has happened. */
  get hasFailed(): boolean {
    return this.#faults.length === 0;
  }

  /** Lets the appends that hang go on. */
  release(): void {
    for (const go of this.#hanging.splice(0)) go();
  }

  async claim(id: DocumentId, owner: string): Promise<Claim> {
    if (this.isDown) throw new Error('the store is down');
    return this.#inner.claim(id, owner);
  }

  async append(claim: Claim, batch: EventBatch): Promise<void> {
    const at = this.#faults.findIndex(({ id }) => id === undefined || id === claim.id);
    const [planned] = at < 0 ? [] : this.#faults.splice(at, 1);
    switch (planned?.fault) {
      case 'refuse':
        throw new Error('disk full');
      case 'lose-answer':
        await this.#inner.append(claim, batch);
        throw new Error('connection lost');
      case 'hang':
        await new Promise<void>((resolve) => this.#hanging.push(resolve));
        return this.#inner.append(claim, batch);
      case undefined:
        return this.#inner.append(claim, batch);
    }
  }

  read(
    id: DocumentId,
    afterSeq: Seq,
    chunkBytes?: number,
    chunkEvents?: number,
  ): AsyncIterable<readonly StoredEvent[]> {
    return this.#inner.read(id, afterSeq, chunkBytes, chunkEvents);
  }

  firstSeq(id: DocumentId): Promise<Seq> {
    return this.#inner.firstSeq(id);
  }

  heads(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, LogHead>> {
    return this.#inner.heads(ids);
  }

  putSnapshot(claim: Claim, snapshot: Snapshot): Promise<void> {
    return this.#inner.putSnapshot(claim, snapshot);
  }

  getSnapshot(id: DocumentId, atOrBefore?: Seq): Promise<Snapshot | undefined> {
    return this.#inner.getSnapshot(id, atOrBefore);
  }

  prune(claim: Claim, keepSnapshots: number, needed?: readonly Seq[]): Promise<void> {
    return this.#inner.prune(claim, keepSnapshots, needed);
  }

  thin(claim: Claim, keepSnapshots: number): Promise<void> {
    return this.#inner.thin(claim, keepSnapshots);
  }

  ping(): Promise<void> {
    return this.isDown ? Promise.reject(new Error('the store is down')) : this.#inner.ping();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
