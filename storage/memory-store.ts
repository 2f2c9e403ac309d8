import { createHash } from 'node:crypto';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import { MemoryDirectory } from './memory-directory.ts';
import {
  type BlobStore,
  type Claim,
  type DocumentStore,
  type EventBatch,
  Fenced,
  SeqConflict,
  type Snapshot,
  type StoredEvent,
} from './port.ts';

interface Log {
  epoch: number;
  head: Seq;
  /** The event at index 0 has this `seq`. */
  firstSeq: Seq;
  events: StoredEvent[];
  /** By `seq`, ascending; at most one per `seq`. */
  snapshots: Snapshot[];
}

const EVENTS_PER_CHUNK = 512;

/** `memory://`: for tests, demos and services whose data may go with the process. */
export class MemoryStore implements DocumentStore {
  readonly name = 'memory';
  readonly directory = new MemoryDirectory();
  readonly blobs: BlobStore = new MemoryBlobs();
  readonly #logs = new Map<DocumentId, Log>();
  #closed = false;

  async claim(id: DocumentId, owner: string): Promise<Claim> {
    const log = this.#open(id);
    log.epoch++;
    return { id, owner, epoch: log.epoch, head: log.head };
  }

  async append(claim: Claim, batch: EventBatch): Promise<void> {
    const log = this.#owned(claim);
    let next = log.head + 1;
    for (const event of batch.events) {
      if (event.seq !== next++)
        throw new SeqConflict(`event ${event.seq} does not continue a log at ${log.head}`);
    }
    const head = next - 1;
    for (const pin of batch.pins ?? []) checkSnapshot(pin, head);
    for (const event of batch.events) log.events.push(event);
    log.head = head;
    for (const pin of batch.pins ?? []) keepSnapshot(log, { ...pin, pinned: true });
    if (batch.row !== undefined) this.directory.putDocument(batch.row);
    for (const row of batch.entities ?? []) this.directory.putEntity(row);
  }

  async *read(id: DocumentId, afterSeq: Seq): AsyncIterable<readonly StoredEvent[]> {
    const log = this.#open(id);
    let next = Math.max(afterSeq + 1, log.firstSeq);
    while (next <= log.head) {
      const from = next - log.firstSeq;
      if (from < 0) return; // pruned while it was being read
      const chunk = log.events.slice(from, from + EVENTS_PER_CHUNK);
      next += chunk.length;
      yield chunk;
    }
  }

  async firstSeq(id: DocumentId): Promise<Seq> {
    return this.#open(id).firstSeq;
  }

  async putSnapshot(claim: Claim, snapshot: Snapshot): Promise<void> {
    const log = this.#owned(claim);
    checkSnapshot(snapshot, log.head);
    keepSnapshot(log, snapshot);
  }

  async getSnapshot(
    id: DocumentId,
    atOrBefore: Seq = Number.MAX_SAFE_INTEGER,
  ): Promise<Snapshot | undefined> {
    return this.#open(id).snapshots.findLast((snapshot) => snapshot.seq <= atOrBefore);
  }

  async prune(claim: Claim, keepSnapshots: number): Promise<void> {
    const log = this.#owned(claim);
    const kept = log.snapshots.filter((snapshot) => !snapshot.pinned).slice(-keepSnapshots);
    const oldest = kept[0];
    if (oldest === undefined) return;
    log.snapshots = log.snapshots.filter((snapshot) => snapshot.pinned || snapshot.seq >= oldest.seq);
    const drop = oldest.seq + 1 - log.firstSeq;
    if (drop <= 0) return;
    log.events = log.events.slice(drop);
    log.firstSeq += drop;
  }

  async ping(): Promise<void> {
    if (this.#closed) throw new Error('the store is closed');
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(id: DocumentId): Log {
    if (this.#closed) throw new Error('the store is closed');
    let log = this.#logs.get(id);
    if (log === undefined) {
      log = { epoch: 0, head: 0, firstSeq: 1, events: [], snapshots: [] };
      this.#logs.set(id, log);
    }
    return log;
  }

  #owned(claim: Claim): Log {
    const log = this.#open(claim.id);
    if (log.epoch !== claim.epoch)
      throw new Fenced(`claim ${claim.epoch} on ${claim.id} is older than ${log.epoch}`);
    return log;
  }
}

/** A state that the log does not have must not exist. */
function checkSnapshot({ seq }: Snapshot, head: Seq): void {
  if (seq > head) throw new SeqConflict(`a snapshot at ${seq} is ahead of a log at ${head}`);
}

/** At most one snapshot per `seq`; a pin is never weakened. */
function keepSnapshot(log: Log, snapshot: Snapshot): void {
  let at = log.snapshots.length;
  while (at > 0 && (log.snapshots[at - 1]?.seq ?? 0) > snapshot.seq) at--;
  const same = log.snapshots[at - 1];
  if (same?.seq === snapshot.seq) {
    log.snapshots[at - 1] = { ...snapshot, pinned: same.pinned || snapshot.pinned };
  } else {
    log.snapshots.splice(at, 0, snapshot);
  }
}

class MemoryBlobs implements BlobStore {
  readonly #blobs = new Map<string, Uint8Array>();

  async put(bytes: Uint8Array): Promise<string> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (!this.#blobs.has(hash)) this.#blobs.set(hash, bytes);
    return hash;
  }

  async get(hash: string): Promise<Uint8Array | undefined> {
    return this.#blobs.get(hash);
  }
}
