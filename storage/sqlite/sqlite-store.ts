import type { DocumentId, Seq, UserId } from '../../protocol/ids.ts';
import type {
  BlobStore,
  Claim,
  Directory,
  DocumentRow,
  DocumentStore,
  EntityRow,
  EventBatch,
  LogHead,
  Settings,
  Snapshot,
  StoredEvent,
} from '../port.ts';
import { type BytePack, unpack } from './byte-pack.ts';
import type { FileLock } from './file-lock.ts';
import type {
  Answers,
  EntityTuple,
  EventTuple,
  ReadOperation,
  RowTuple,
  SnapshotTuple,
  WriteOperation,
} from './messages.ts';
import { partsOf } from './parts.ts';
import { SqliteBlobs } from './sqlite-blobs.ts';
import { SqliteDirectory } from './sqlite-directory.ts';
import { SqliteSettings } from './sqlite-settings.ts';
import type { Reply, ThreadClient } from './thread-client.ts';

/** Events of one chunk of a read together have about this many bytes. */
const CHUNK_BYTES = 256 * 1024;
/** Events of one chunk, however small they are. */
const CHUNK_EVENTS = 512;

/** What a store is made of. */
export interface SqliteParts {
  readonly writer: ThreadClient<WriteOperation>;
  readonly reader: ThreadClient<ReadOperation>;
  readonly lock: FileLock;
  /** Ends what runs in the background. */
  readonly stopCheck: () => void;
}

/**
 * `sqlite://`: one file, one thread that writes and one that reads. Made by `openSqliteStore`.
 *
 * An append is answered after its transaction is in the write-ahead log on the disk (`synchronous=FULL`). Appends of
 * all documents that arrive while the disk is busy share the next transaction.
 */
export class SqliteStore implements DocumentStore {
  readonly name = 'sqlite';
  readonly directory: Directory;
  readonly blobs: BlobStore;
  readonly settings: Settings;
  readonly #parts: SqliteParts;
  readonly #writer: ThreadClient<WriteOperation>;
  readonly #reader: ThreadClient<ReadOperation>;
  #closed: Promise<void> | undefined;

  constructor(parts: SqliteParts) {
    this.#parts = parts;
    this.#writer = parts.writer;
    this.#reader = parts.reader;
    this.directory = new SqliteDirectory(parts.reader);
    this.blobs = new SqliteBlobs(parts.writer, parts.reader);
    this.settings = new SqliteSettings(parts.writer, parts.reader);
  }

  async claim(id: DocumentId, owner: string): Promise<Claim> {
    const { answer } = await this.#writer.call(() => ({ type: 'claim', id, owner }));
    return { id, owner, epoch: answer.epoch, head: answer.head };
  }

  async append({ id, epoch }: Claim, batch: EventBatch): Promise<void> {
    const { row, entities = [], pins = [] } = batch;
    await this.#writer.call((pack) => ({
      type: 'append',
      id,
      epoch,
      events: batch.events.map((event) => eventTuple(event, pack)),
      row: row === undefined ? undefined : rowTuple(row),
      entities: entities.map(entityTuple),
      pins: pins.map((pin) => snapshotTuple(pin, pack)),
    }));
  }

  async *read(
    id: DocumentId,
    afterSeq: Seq,
    chunkBytes: number = CHUNK_BYTES,
    chunkEvents: number = CHUNK_EVENTS,
  ): AsyncIterable<readonly StoredEvent[]> {
    const readAfter = (seq: Seq): Promise<Reply<Answers['read']>> => {
      const events = Math.min(chunkEvents, CHUNK_EVENTS);
      return this.#reader.call(() => ({ type: 'read', id, afterSeq: seq, chunkBytes, chunkEvents: events }));
    };
    let after = afterSeq;
    let next: Promise<Reply<Answers['read']>> | undefined = readAfter(after);
    while (next !== undefined) {
      const { answer, bytes }: Reply<Answers['read']> = await next;
      const first = answer.events[0];
      const last = answer.events.at(-1);
      if (first === undefined || last === undefined) return;
      if (after > afterSeq && first[0] !== after + 1) return; // pruned while it was being read
      after = last[0];
      // A long log is read ahead while what is here is used; who wants few events at a time mostly wants no more.
      next = answer.more && chunkEvents >= CHUNK_EVENTS ? readAfter(after) : undefined;
      next?.catch(() => undefined); // heard where it is awaited
      yield answer.events.map((event) => storedEvent(event, bytes));
      if (answer.more) next ??= readAfter(after);
    }
  }

  async firstSeq(id: DocumentId): Promise<Seq> {
    return (await this.#reader.call(() => ({ type: 'firstSeq', id }))).answer;
  }

  async heads(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, LogHead>> {
    const { answer } = await this.#reader.call(() => ({ type: 'heads', ids }));
    return new Map(answer.map(([id, head, snapshotSeq]) => [id as DocumentId, { head, snapshotSeq }]));
  }

  async putSnapshot({ id, epoch }: Claim, snapshot: Snapshot): Promise<void> {
    const { seq } = snapshot;
    const parts = partsOf(snapshot.bytes);
    const last = parts.pop() ?? snapshot.bytes;
    for (const [part, bytes] of parts.entries()) {
      await this.#writer.call((pack) => ({
        type: 'putSnapshotPart',
        id,
        epoch,
        seq,
        part,
        bytes: pack.add(bytes),
      }));
    }
    await this.#writer.call((pack) => ({
      type: 'putSnapshot',
      id,
      epoch,
      snapshot: snapshotTuple({ ...snapshot, bytes: last }, pack),
      parts: parts.length,
    }));
  }

  async getSnapshot(
    id: DocumentId,
    atOrBefore: Seq = Number.MAX_SAFE_INTEGER,
  ): Promise<Snapshot | undefined> {
    const { answer, bytes } = await this.#reader.call(() => ({ type: 'getSnapshot', id, atOrBefore }));
    if (answer === null) return undefined;
    const [seq, at, pinned, range] = answer;
    return { seq, at, pinned, bytes: unpack(bytes, range) };
  }

  async prune({ id, epoch }: Claim, keepSnapshots: number, needed: readonly Seq[] = []): Promise<void> {
    // In steps, so that a long log does not hold up the appends of others.
    for (let more = true; more; ) {
      const { answer } = await this.#writer.call(() => ({ type: 'prune', id, epoch, keepSnapshots, needed }));
      more = answer.more;
    }
  }

  async thin({ id, epoch }: Claim, keepSnapshots: number): Promise<void> {
    await this.#writer.call(() => ({ type: 'thin', id, epoch, keepSnapshots }));
  }

  async ping(): Promise<void> {
    await Promise.all([
      this.#writer.call(() => ({ type: 'ping' })),
      this.#reader.call(() => ({ type: 'hasBlob', hash: '' })),
    ]);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { lock, stopCheck } = this.#parts;
    stopCheck();
    // The reader first: the writer's last checkpoint then finds nobody in its way.
    await this.#reader.close();
    await this.#writer.close();
    lock.release();
  }
}

const eventTuple = (event: StoredEvent, pack: BytePack): EventTuple => [
  event.seq,
  event.at,
  event.by,
  event.operationId ?? null,
  event.operationType ?? null,
  event.version,
  pack.add(event.bytes),
];

function storedEvent(event: EventTuple, packed: Uint8Array): StoredEvent {
  const [seq, at, by, operationId, operationType, version, range] = event;
  return {
    seq,
    at,
    by: by as UserId,
    ...(operationId === null ? {} : { operationId: operationId as NonNullable<StoredEvent['operationId']> }),
    ...(operationType === null ? {} : { operationType }),
    version,
    bytes: unpack(packed, range),
  };
}

const snapshotTuple = ({ seq, at, pinned, bytes }: Snapshot, pack: BytePack): SnapshotTuple => [
  seq,
  at,
  pinned,
  pack.add(bytes),
];

const rowTuple = (row: DocumentRow): RowTuple => [
  row.id,
  row.kind,
  row.title,
  row.createdAt,
  row.updatedAt,
  row.deleted,
  JSON.stringify(row.wire ?? null),
];

const entityTuple = (row: EntityRow): EntityTuple => [
  row.id,
  row.type,
  row.documentId,
  row.createdAt,
  row.deleted,
  row.open,
];
