import { createHash } from 'node:crypto';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import { MemoryDirectory } from './memory-directory.ts';
import {
  type BlobStore,
  type Claim,
  type DocumentStore,
  type EventBatch,
  Fenced,
  type LogHead,
  SeqConflict,
  type Settings,
  type Snapshot,
  type StoredEvent,
} from './port.ts';
import { surplusSnapshots } from './surplus-snapshots.ts';

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
  readonly settings: Settings = new MemorySettings();
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

  async *read(
    id: DocumentId,
    afterSeq: Seq,
    _chunkBytes?: number,
    chunkEvents: number = EVENTS_PER_CHUNK,
  ): AsyncIterable<readonly StoredEvent[]> {
    const most = Math.min(chunkEvents, EVENTS_PER_CHUNK);
    const log = this.#open(id);
    let next = Math.max(afterSeq + 1, log.firstSeq);
    while (next <= log.head) {
      const from = next - log.firstSeq;
      if (from < 0) return; // pruned while it was being read
      const chunk = log.events.slice(from, from + most);
      next += chunk.length;
      yield chunk;
    }
  }

  async firstSeq(id: DocumentId): Promise<Seq> {
    return this.#open(id).firstSeq;
  }

  async heads(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, LogHead>> {
    const heads = new Map<DocumentId, LogHead>();
    for (const id of ids) {
      const { head, snapshots } = this.#open(id);
      if (head > 0) heads.set(id, { head, snapshotSeq: snapshots.at(-1)?.seq ?? 0 });
    }
    return heads;
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

  async prune(claim: Claim, keepSnapshots: number, needed: readonly Seq[] = []): Promise<void> {
    const log = this.#owned(claim);
    const kept = log.snapshots.filter((snapshot) => !snapshot.pinned).slice(-keepSnapshots);
    if (kept[0] === undefined || kept.length < keepSnapshots) return;
    const oldest = needed.reduce((seq, one) => Math.min(seq, firstNeeded(log, one)), kept[0].seq);
    log.snapshots = log.snapshots.filter(({ pinned, seq }) => pinned || seq >= oldest);
    const drop = oldest + 1 - log.firstSeq;
    if (drop <= 0) return;
    log.events = log.events.slice(drop);
    log.firstSeq += drop;
  }

  async thin(claim: Claim, keepSnapshots: number): Promise<void> {
    const log = this.#owned(claim);
    const seqs = log.snapshots.flatMap(({ pinned, seq }) => (pinned ? [] : [seq]));
    const surplus = new Set(surplusSnapshots(seqs, keepSnapshots));
    log.snapshots = log.snapshots.filter(({ pinned, seq }) => pinned || !surplus.has(seq));
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

/** The oldest snapshot (0: none) behind which the state after event `seq` needs the log. */
function firstNeeded({ snapshots, firstSeq }: Log, seq: Seq): Seq {
  const base = snapshots.findLast((snapshot) => snapshot.seq <= seq);
  const from = base?.seq ?? 0;
  const isKept = base?.pinned === true && from === seq;
  const isGone = from < seq && firstSeq > from + 1;
  return isKept || isGone ? Number.POSITIVE_INFINITY : from;
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

class MemorySettings implements Settings {
  readonly #values = new Map<string, string>();

  async get(key: string): Promise<string | undefined> {
    return this.#values.get(key);
  }

  async put(key: string, value: string): Promise<void> {
    this.#values.set(key, value);
  }

  async create(key: string, value: string): Promise<string> {
    const kept = this.#values.get(key) ?? value;
    this.#values.set(key, kept);
    return kept;
  }
}
