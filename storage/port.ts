import type { DocumentId, EntityId, OperationId, Seq, UserId } from '../protocol/ids.ts';

/** The right to append to one document's log. A newer claim fences every older one, in the store. */
export interface Claim {
  readonly id: DocumentId;
  readonly owner: string;
  /** 1, 2, 3, ... per document. */
  readonly epoch: number;
  /** The last event in the log when the claim was made; 0 where there is none. */
  readonly head: Seq;
}

/** An event as the log keeps it. */
export interface StoredEvent {
  readonly seq: Seq;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: UserId;
  readonly operationId?: OperationId;
  /** Type of the command that carried the operation id. */
  readonly operationType?: string;
  /** Version of the layout of `bytes`. */
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** State at a `seq`. */
export interface Snapshot {
  readonly seq: Seq;
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Kept for good: a version needs it. */
  readonly pinned: boolean;
}

/** A document as lists show it. */
export interface DocumentRow {
  readonly id: DocumentId;
  readonly kind: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deleted: boolean;
  /** The document's wire shape. */
  readonly wire: unknown;
}

/** Where a thing inside a document is found. */
export interface EntityRow {
  readonly id: EntityId;
  readonly type: string;
  readonly documentId: DocumentId;
  readonly createdAt: number;
  readonly deleted: boolean;
  /** Work on it is not finished. */
  readonly open: boolean;
}

/** What one append makes durable, all or nothing. */
export interface EventBatch {
  /** In order, without a gap, the first one `head + 1`. */
  readonly events: readonly StoredEvent[];
  /** The document's directory row, where it changed. */
  readonly row?: DocumentRow;
  /** Entity rows to add or replace; an id that another document has already is left to it. */
  readonly entities?: readonly EntityRow[];
  /** States that versions need, kept for good. */
  readonly pins?: readonly Snapshot[];
}

export interface ListQuery {
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly includeDeleted: boolean;
}

export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Where a document's log is. */
export interface LogHead {
  /** The last event. */
  readonly head: Seq;
  /** Of the newest snapshot, pinned or not; 0 where there is none. */
  readonly snapshotSeq: Seq;
}

/** What is known of documents without waking them. Lists are by `createdAt`, then id. */
export interface Directory {
  find(id: DocumentId): Promise<DocumentRow | undefined>;
  /** `query`: case-insensitive literal part of the title. */
  list(kind: string, query: ListQuery & { readonly query?: string }): Promise<Listed<DocumentRow>>;
  locate(id: EntityId): Promise<EntityRow | undefined>;
  /** Entities of one type over all documents that are not deleted. */
  entities(type: string, query: ListQuery): Promise<Listed<EntityRow>>;
  /** Documents that hold entities with `open`. */
  withOpenWork(): Promise<readonly DocumentId[]>;
}

/** Immutable bytes by the hex SHA-256 of their content. */
export interface BlobStore {
  /** Durable when it resolves; a second `put` of the same bytes costs no space. */
  put(bytes: Uint8Array): Promise<string>;
  get(hash: string): Promise<Uint8Array | undefined>;
}

/** A few short texts that outlive the process, by name: the secrets that a server made at its first start. */
export interface Settings {
  get(key: string): Promise<string | undefined>;
  /** Durable when it resolves. */
  put(key: string, value: string): Promise<void>;
  /** Keeps `value` where the key has none yet, durably. @returns what is kept: of many who try at once, all get the same */
  create(key: string, value: string): Promise<string>;
}

/**
 * Where logs, snapshots, the directory, blobs and settings are kept. Nothing above this port may assume that one process owns
 * the store: only the newest claim on a document can append to it.
 */
export interface DocumentStore {
  /** Shown at start and by /readyz: `memory`, `sqlite`, ... */
  readonly name: string;
  /** Takes the document over: `epoch + 1`; every older claim is fenced from now on. */
  claim(id: DocumentId, owner: string): Promise<Claim>;
  /**
   * All or nothing, and durable when it resolves.
   * @throws Fenced where a newer claim exists: nothing was appended.
   * @throws SeqConflict where the batch does not continue the log, or a pin is ahead of it: nothing was appended.
   * Any other rejection leaves the outcome unknown: only the log tells.
   */
  append(claim: Claim, batch: EventBatch): Promise<void>;
  /** Events with `seq > afterSeq`, in order, in chunks of about `chunkBytes` and at most `chunkEvents` events. */
  read(
    id: DocumentId,
    afterSeq: Seq,
    chunkBytes?: number,
    chunkEvents?: number,
  ): AsyncIterable<readonly StoredEvent[]>;
  /** Oldest `seq` whose event is still in the log; `head + 1` where none is. */
  firstSeq(id: DocumentId): Promise<Seq>;
  /** Where the logs of many documents are, at once; those without an event are left out. */
  heads(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, LogHead>>;
  /**
   * @throws Fenced
   * @throws SeqConflict where the snapshot is ahead of the log
   */
  putSnapshot(claim: Claim, snapshot: Snapshot): Promise<void>;
  /** The newest one at or before `atOrBefore` (default: the newest of all). */
  getSnapshot(id: DocumentId, atOrBefore?: Seq): Promise<Snapshot | undefined>;
  /**
   * Drops all but the newest `keepSnapshots` unpinned snapshots, and the events at or below the oldest one kept.
   * Pinned snapshots stay. Where there are fewer, nothing is dropped: the empty beginning is one of the kept states.
   * @param needed the states after these events stay reconstructible, where they are
   * @throws Fenced
   */
  prune(claim: Claim, keepSnapshots: number, needed?: readonly Seq[]): Promise<void>;
  /**
   * Drops unpinned snapshots until `keepSnapshots` are left, such that they lie the denser the newer they are (see
   * surplusSnapshots). The log stays whole.
   * @throws Fenced
   */
  thin(claim: Claim, keepSnapshots: number): Promise<void>;
  readonly directory: Directory;
  readonly blobs: BlobStore;
  readonly settings: Settings;
  /** Resolves when the store can serve; rejects where it cannot. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The claim is not the newest: somebody else owns the document now. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

/** The batch does not continue the log. */
export class SeqConflict extends Error {
  override readonly name = 'SeqConflict';
}
