import { unreachable } from '../../protocol/unreachable.ts';
import type { BytePack } from './byte-pack.ts';
import { DirectoryReader } from './directory-reader.ts';
import type { SqliteConnection, SqlValue } from './driver.ts';
import type { Answer, Answers, EventTuple, HeadTuple, ReadOperation } from './messages.ts';
import { fromStored, toStored } from './stored-text.ts';

type Read = Extract<ReadOperation, { type: 'read' }>;

/** Where a chunk ends, how many events it has, and how many there were to choose from; sizes cost no blobs. */
const CHUNK = `
SELECT max(seq) FILTER (WHERE place = 1 OR total <= ?4), count(*) FILTER (WHERE place = 1 OR total <= ?4), count(*)
FROM (
  SELECT seq, row_number() OVER upto AS place, sum(size) OVER upto AS total
  FROM (
    SELECT seq, length(delta_blob) AS size FROM document_updates
    WHERE document_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3)
  WINDOW upto AS (ORDER BY seq ROWS UNBOUNDED PRECEDING))`;
const EVENTS = `
SELECT seq, created_at, actor_id, op_id, op_type, event_version, delta_blob FROM document_updates
WHERE document_id = ? AND seq > ? AND seq <= ? ORDER BY seq`;
const FIRST_SEQ = `
SELECT coalesce(
  (SELECT min(seq) FROM document_updates WHERE document_id = ?1),
  (SELECT max(version) + 1 FROM document_snapshots WHERE document_id = ?1),
  1)`;
const HEAD = `
SELECT (SELECT max(seq) FROM document_updates WHERE document_id = ?1),
  (SELECT max(version) FROM document_snapshots WHERE document_id = ?1)`;
const SNAPSHOT = `
WITH found AS (
  SELECT version, created_at, pinned, parts, snapshot_blob FROM document_snapshots
  WHERE document_id = ?1 AND version <= ?2 ORDER BY version DESC LIMIT 1)
SELECT version, created_at, pinned, parts, snapshot_blob FROM found
UNION ALL
SELECT found.version, found.created_at, found.pinned, part, bytes FROM found, snapshot_parts
WHERE snapshot_parts.document_id = ?1 AND snapshot_parts.version = found.version AND part < found.parts`;
const HAS_BLOB = 'SELECT 1 FROM blobs WHERE hash = ? AND complete = 1';
const BLOB = `
SELECT bytes FROM blobs JOIN blob_parts USING (hash) WHERE hash = ? AND complete = 1 ORDER BY part`;

const SETTING = 'SELECT value FROM settings WHERE key = ?';

/**
 * Answers reads on a connection of its own, so that they never wait for a commit. Each statement runs to its end before
 * the next: a read that stays open would keep the WAL from being reused.
 */
export class Reader {
  readonly #connection: SqliteConnection;
  readonly #directory: DirectoryReader;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    this.#directory = new DirectoryReader(connection);
  }

  /** @param pack takes the bytes of the answer */
  execute(operation: ReadOperation, pack: BytePack): Answer {
    switch (operation.type) {
      case 'read':
        return this.#read(operation, pack);
      case 'firstSeq':
        return Number(this.#connection.all(FIRST_SEQ, [operation.id])[0]?.[0]);
      case 'heads':
        return operation.ids.flatMap((id) => this.#head(id));
      case 'getSnapshot':
        return this.#snapshot(operation.id, operation.atOrBefore, pack);
      case 'hasBlob':
        return this.#connection.all(HAS_BLOB, [operation.hash]).length > 0;
      case 'getBlob': {
        const parts = this.#connection.all(BLOB, [operation.hash]);
        if (parts.length === 0) return null;
        const start = pack.length;
        for (const [part] of parts) pack.add(blob(part));
        return [start, pack.length];
      }
      case 'getSetting':
        return optionalText(this.#connection.all(SETTING, [toStored(operation.key)])[0]?.[0]);
      case 'find':
        return this.#directory.find(operation.id);
      case 'list':
        return this.#directory.list(operation);
      case 'locate':
        return this.#directory.locate(operation.id);
      case 'entities':
        return this.#directory.entities(operation);
      case 'withOpenWork':
        return this.#directory.withOpenWork();
      default:
        return unreachable(operation);
    }
  }

  /** In one statement: between two the snapshot might be dropped. */
  #snapshot(id: string, atOrBefore: number, pack: BytePack): Answers['getSnapshot'] {
    const rows = this.#connection.all(SNAPSHOT, [id, atOrBefore]);
    const [first] = rows;
    if (first === undefined) return null;
    const [seq, at, pinned] = first;
    const start = pack.length;
    const byPart = rows.map(([, , , part, bytes]) => [Number(part), bytes] as const);
    byPart.sort(([one], [other]) => one - other);
    for (const [, bytes] of byPart) pack.add(blob(bytes));
    return [Number(seq), Number(at), pinned === 1, [start, pack.length]];
  }

  /** Where all events are pruned, the snapshot behind which they were is the head. None where there never was one. */
  #head(id: string): readonly HeadTuple[] {
    const [last, newest] = this.#connection.all(HEAD, [id])[0] ?? [];
    const snapshotSeq = Number(newest ?? 0);
    const head = Math.max(Number(last ?? 0), snapshotSeq);
    return head === 0 ? [] : [[id, head, snapshotSeq]];
  }

  /** At least one event, then as many as stay within `chunkBytes`. */
  #read({ id, afterSeq, chunkBytes, chunkEvents }: Read, pack: BytePack): Answers['read'] {
    const [chunk = []] = this.#connection.all(CHUNK, [id, afterSeq, chunkEvents, chunkBytes]);
    const [last = null, count, found] = chunk;
    if (last === null) return { events: [], more: false };
    const events = this.#connection.all(EVENTS, [id, afterSeq, last]).map((row): EventTuple => {
      const [seq, at, by, operationId, operationType, version, delta] = row;
      return [
        Number(seq),
        Number(at),
        fromStored(String(by)),
        optionalText(operationId),
        optionalText(operationType),
        Number(version),
        pack.add(blob(delta)),
      ];
    });
    return { events, more: Number(count) < Number(found) || count === chunkEvents };
  }
}

const optionalText = (value: SqlValue | undefined): string | null =>
  typeof value === 'string' ? fromStored(value) : null;

function blob(value: SqlValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('a column that must hold bytes does not');
}
