import { unreachable } from '../../protocol/unreachable.ts';
import { Fenced, SeqConflict } from '../port.ts';
import { writeBlobPart } from './blob-writer.ts';
import { unpack } from './byte-pack.ts';
import { type Listing, putEntity, putRow } from './directory-writer.ts';
import type { SqliteConnection } from './driver.ts';
import type { Answer, EventTuple, WriteOperation } from './messages.ts';
import { writeSetting } from './setting-writer.ts';
import { dropLooseParts, putSnapshot, putSnapshotPart, thinSnapshots } from './snapshot-writer.ts';
import { toStored } from './stored-text.ts';

/** What the writer knows of a document without asking the database. */
interface Log {
  epoch: number;
  head: number;
  /** As lists show it; undefined where it was only claimed. */
  listing: Listing | undefined;
}

type Of<Type extends WriteOperation['type']> = Extract<WriteOperation, { type: Type }>;

/** Documents whose state is kept at hand: one that is edited needs no query before an append. */
const LOGS_KEPT = 20_000;
/** Events that one step of a prune drops: a long log must not hold up the commits of others. */
const EVENTS_PER_PRUNE = 2_000;

const LOG = `
SELECT epoch, kind, title, created_at, deleted_at IS NOT NULL, max(
  (SELECT coalesce(max(seq), 0) FROM document_updates WHERE document_id = documents.id),
  (SELECT coalesce(max(version), 0) FROM document_snapshots WHERE document_id = documents.id))
FROM documents WHERE id = ?`;
const CLAIM = `
INSERT INTO documents (id, epoch, claimed_by) VALUES (?, 1, ?)
ON CONFLICT (id) DO UPDATE SET epoch = epoch + 1, claimed_by = excluded.claimed_by`;
const ADD_EVENT = `
INSERT INTO document_updates (document_id, seq, op_id, op_type, actor_id, created_at, event_version, delta_blob)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const OLDEST_KEPT = `
SELECT version FROM document_snapshots
  WHERE document_id = ? AND pinned = 0 ORDER BY version DESC LIMIT 1 OFFSET ?`;
const BASE = `
SELECT version, pinned FROM document_snapshots WHERE document_id = ? AND version <= ? ORDER BY version DESC LIMIT 1`;
const DROP_SNAPSHOTS = 'DELETE FROM document_snapshots WHERE document_id = ? AND pinned = 0 AND version < ?';
const FIRST_SEQ = 'SELECT min(seq) FROM document_updates WHERE document_id = ?';
const DROP_EVENTS = 'DELETE FROM document_updates WHERE document_id = ? AND seq <= ?';
const DROP_UNFINISHED = [
  'DELETE FROM blob_parts WHERE hash IN (SELECT hash FROM blobs WHERE complete = 0)',
  'DELETE FROM blobs WHERE complete = 0',
  `DELETE FROM snapshot_parts WHERE (document_id, version) NOT IN
     (SELECT document_id, version FROM document_snapshots WHERE parts > 0)`,
];

/**
 * What each operation writes, within a transaction that somebody else begins and ends. What an operation refuses, it
 * refuses before it has written anything.
 */
export class LogWriter {
  readonly #connection: SqliteConnection;
  readonly #logs = new Map<string, Log>();

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** The transaction was rolled back: what was remembered of it never happened. */
  forget(): void {
    this.#logs.clear();
  }

  /**
   * @param bytes what the ranges of the operation point into
   * @throws Fenced, SeqConflict: nothing was written
   */
  execute(operation: WriteOperation, bytes: Uint8Array): Answer {
    switch (operation.type) {
      case 'claim':
        return this.#claim(operation);
      case 'append':
        return this.#append(operation, bytes);
      case 'putSnapshot': {
        const { id, epoch, snapshot, parts } = operation;
        this.#checkReached(id, epoch, snapshot[0]);
        putSnapshot(this.#connection, id, { snapshot, parts }, bytes);
        return null;
      }
      case 'putSnapshotPart':
        this.#checkReached(operation.id, operation.epoch, operation.seq);
        putSnapshotPart(this.#connection, operation, bytes);
        return null;
      case 'prune':
        return this.#prune(operation);
      case 'thin':
        this.#owned(operation.id, operation.epoch);
        thinSnapshots(this.#connection, operation);
        return null;
      case 'putBlobPart':
        writeBlobPart(this.#connection, operation, bytes);
        return null;
      case 'dropUnfinished':
        for (const sql of DROP_UNFINISHED) this.#connection.run(sql, []);
        return null;
      case 'putSetting':
        return writeSetting(this.#connection, operation);
      case 'ping':
        return null;
      default:
        return unreachable(operation);
    }
  }

  #claim({ id, owner }: Of<'claim'>): Answer {
    this.#connection.run(CLAIM, [id, toStored(owner)]);
    this.#logs.delete(id);
    const log = this.#find(id);
    if (log === undefined) throw new Error(`the claim on ${id} was not kept`);
    return { epoch: log.epoch, head: log.head };
  }

  #append({ id, epoch, events, row, entities, pins }: Of<'append'>, bytes: Uint8Array): null {
    const log = this.#owned(id, epoch);
    let head = log.head;
    for (const [seq] of events) {
      if (seq !== ++head)
        throw new SeqConflict(`event ${seq} does not continue the log of ${id} at ${log.head}`);
    }
    for (const [seq] of pins) if (seq > head) throw aheadOfLog(id, seq, head);
    for (const event of events) this.#addEvent(id, event, bytes);
    log.head = head;
    for (const [seq, at, , range] of pins) {
      putSnapshot(this.#connection, id, { snapshot: [seq, at, true, range], parts: 0 }, bytes);
    }
    if (row !== undefined) log.listing = putRow(this.#connection, row, log.listing);
    for (const entity of entities) {
      // Mostly of this document; the flag is that of the document it names.
      const listing = entity[2] === id ? log.listing : this.#find(entity[2])?.listing;
      putEntity(this.#connection, entity, listing?.deleted === false);
    }
    return null;
  }

  #addEvent(id: string, event: EventTuple, bytes: Uint8Array): void {
    const [seq, at, by, operationId, operationType, version, range] = event;
    this.#connection.run(ADD_EVENT, [
      id,
      seq,
      operationId === null ? null : toStored(operationId),
      operationType === null ? null : toStored(operationType),
      toStored(by),
      at,
      version,
      unpack(bytes, range),
    ]);
  }

  #prune({ id, epoch, keepSnapshots, needed }: Of<'prune'>): Answer {
    this.#owned(id, epoch);
    const kept = this.#number(OLDEST_KEPT, [id, keepSnapshots - 1]);
    if (kept === undefined) {
      dropLooseParts(this.#connection, id);
      return { more: false };
    }
    const first = this.#number(FIRST_SEQ, [id]);
    const oldest = needed.reduce((seq, one) => Math.min(seq, this.#firstNeeded(id, one, first)), kept);
    this.#connection.run(DROP_SNAPSHOTS, [id, oldest]);
    dropLooseParts(this.#connection, id);
    if (first === undefined || first > oldest) return { more: false };
    const last = Math.min(oldest, first + EVENTS_PER_PRUNE - 1);
    this.#connection.run(DROP_EVENTS, [id, last]);
    return { more: last < oldest };
  }

  /**
   * The oldest snapshot (0: none) behind which the state after event `seq` needs the log.
   * @param first the oldest event in the log
   */
  #firstNeeded(id: string, seq: number, first: number | undefined): number {
    const [version, pinned] = this.#connection.all(BASE, [id, seq])[0] ?? [];
    const from = Number(version ?? 0);
    const isKept = pinned === 1 && from === seq;
    const isGone = from < seq && (first === undefined || first > from + 1);
    return isKept || isGone ? Number.POSITIVE_INFINITY : from;
  }

  #number(sql: string, values: readonly (string | number)[]): number | undefined {
    const value = this.#connection.all(sql, values)[0]?.[0];
    return typeof value === 'number' ? value : undefined;
  }

  /** @throws Fenced, SeqConflict where the log has no such event yet */
  #checkReached(id: string, epoch: number, seq: number): void {
    const { head } = this.#owned(id, epoch);
    if (seq > head) throw aheadOfLog(id, seq, head);
  }

  #owned(id: string, epoch: number): Log {
    const log = this.#find(id);
    if (log?.epoch !== epoch)
      throw new Fenced(`claim ${epoch} on ${id} is older than ${log?.epoch ?? 'any'}`);
    return log;
  }

  #find(id: string): Log | undefined {
    const known = this.#logs.get(id);
    if (known !== undefined) return known;
    const [row] = this.#connection.all(LOG, [id]);
    if (row === undefined) return undefined;
    const [epoch, kind, title, createdAt, deleted, head] = row;
    const listing =
      kind === null
        ? undefined
        : { kind: String(kind), title: String(title), createdAt: Number(createdAt), deleted: deleted === 1 };
    const log = { epoch: Number(epoch), head: Number(head), listing };
    const [oldest] = this.#logs.keys();
    if (this.#logs.size >= LOGS_KEPT && oldest !== undefined) this.#logs.delete(oldest);
    this.#logs.set(id, log);
    return log;
  }
}

/** A state that the log does not have must not exist: it would be taken for the log's end. */
const aheadOfLog = (id: string, seq: number, head: number): SeqConflict =>
  new SeqConflict(`a snapshot of ${id} at ${seq} is ahead of its log at ${head}`);
