import { unreachable } from '../../protocol/unreachable.ts';
import type { BytePack } from './byte-pack.ts';
import { DirectoryReader } from './directory-reader.ts';
import type { SqliteConnection, SqlValue } from './driver.ts';
import type { Answer, Answers, EventTuple, ReadOperation } from './messages.ts';
import { fromStored } from './stored-text.ts';

/** Events of one chunk, however small they are. */
const EVENTS_PER_CHUNK = 512;

const SIZES = `
SELECT seq, length(delta_blob) FROM document_updates WHERE document_id = ? AND seq > ? ORDER BY seq LIMIT ?`;
const EVENTS = `
SELECT seq, created_at, actor_id, op_id, op_type, event_version, delta_blob FROM document_updates
WHERE document_id = ? AND seq > ? AND seq <= ? ORDER BY seq`;
const FIRST_SEQ = `
SELECT coalesce(
  (SELECT min(seq) FROM document_updates WHERE document_id = ?1),
  (SELECT max(version) + 1 FROM document_snapshots WHERE document_id = ?1),
  1)`;
const SNAPSHOT = `
SELECT version, created_at, pinned, snapshot_blob FROM document_snapshots
WHERE document_id = ? AND version <= ? ORDER BY version DESC LIMIT 1`;
const HAS_BLOB = 'SELECT 1 FROM blobs WHERE hash = ? AND complete = 1';
const BLOB = `
SELECT bytes FROM blobs JOIN blob_parts USING (hash) WHERE hash = ? AND complete = 1 ORDER BY part`;

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
        return this.#read(operation.id, operation.afterSeq, operation.chunkBytes, pack);
      case 'firstSeq':
        return Number(this.#connection.all(FIRST_SEQ, [operation.id])[0]?.[0]);
      case 'getSnapshot': {
        const [row] = this.#connection.all(SNAPSHOT, [operation.id, operation.atOrBefore]);
        if (row === undefined) return null;
        const [seq, at, pinned, bytes] = row;
        return [Number(seq), Number(at), pinned === 1, pack.add(blob(bytes))];
      }
      case 'hasBlob':
        return this.#connection.all(HAS_BLOB, [operation.hash]).length > 0;
      case 'getBlob': {
        const parts = this.#connection.all(BLOB, [operation.hash]);
        if (parts.length === 0) return null;
        const start = pack.length;
        for (const [part] of parts) pack.add(blob(part));
        return [start, pack.length];
      }
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

  /** At least one event, then as many as stay within `chunkBytes`. The sizes are asked first: they cost no blobs. */
  #read(id: string, afterSeq: number, chunkBytes: number, pack: BytePack): Answers['read'] {
    const sizes = this.#connection.all(SIZES, [id, afterSeq, EVENTS_PER_CHUNK]);
    let last: SqlValue | undefined;
    let bytes = 0;
    let count = 0;
    for (const [seq, size] of sizes) {
      bytes += Number(size);
      if (count > 0 && bytes > chunkBytes) break;
      last = seq;
      count++;
    }
    if (last === undefined) return { events: [], more: false };
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
    return { events, more: count < sizes.length || count === EVENTS_PER_CHUNK };
  }
}

const optionalText = (value: SqlValue | undefined): string | null =>
  typeof value === 'string' ? fromStored(value) : null;

function blob(value: SqlValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('a column that must hold bytes does not');
}
