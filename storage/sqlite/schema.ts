import type { SqliteConnection } from './driver.ts';

/** "Trpe": marks the file as Troupe's, so that another program's database is never taken for ours. */
export const APPLICATION_ID = 0x54727065;

/**
 * Version 1. `documents`, `document_snapshots` and `document_updates` carry the names and columns that
 * requirements/text-documents.md asks for, with ours beside.
 *
 * - Times are DATETIME columns that hold whole milliseconds since 1970: exact, and sorted without parsing.
 *   `datetime(created_at / 1000, 'unixepoch')` shows them.
 * - A document that was only claimed has a row whose `kind` is NULL; lists do not show it. So the log may refer to it.
 * - `document_updates` lies on disk in the order in which it is read and pruned, (document_id, seq), and that is its
 *   key. A random uuid as the key would cost an index, and a page of it for every event written and pruned again; so
 *   `id` is computed.
 * - `op_id` is unique per document, not over all, and the document's actor sees to that, for as long as it remembers
 *   operations: a unique index would refuse, for ever, a retry that is older than that.
 * - There is no stored head: it is the last event or, where all are pruned, the snapshot behind which they were.
 * - `title_lower` is what JavaScript's toLowerCase gives: SQLite's own folding knows only ASCII.
 * - `document_deleted` of an entity follows its document, so that lists and counts stay within one index.
 * - Blobs come in parts, so that a picture of 20 MB never holds up the commits of others.
 */
const VERSION_1 = `
CREATE TABLE documents (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT,
  title TEXT NOT NULL DEFAULT '',
  title_lower TEXT NOT NULL DEFAULT '',
  owner_id TEXT,
  created_at DATETIME NOT NULL DEFAULT 0,
  updated_at DATETIME NOT NULL DEFAULT 0,
  deleted_at DATETIME,
  epoch INTEGER NOT NULL,
  claimed_by TEXT NOT NULL,
  wire TEXT
);
CREATE INDEX documents_by_creation ON documents (kind, created_at, id, deleted_at, title_lower);

CREATE TABLE document_updates (
  id TEXT GENERATED ALWAYS AS (document_id || '/' || seq) VIRTUAL,
  document_id TEXT NOT NULL REFERENCES documents (id),
  seq INTEGER NOT NULL,
  op_id TEXT,
  op_type TEXT,
  actor_id TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  event_version INTEGER NOT NULL,
  delta_blob BLOB NOT NULL,
  PRIMARY KEY (document_id, seq)
) WITHOUT ROWID;

CREATE TABLE document_snapshots (
  document_id TEXT NOT NULL REFERENCES documents (id),
  version INTEGER NOT NULL,
  created_at DATETIME NOT NULL,
  pinned INTEGER NOT NULL,
  snapshot_blob BLOB NOT NULL,
  PRIMARY KEY (document_id, version)
);

CREATE TABLE entities (
  id TEXT PRIMARY KEY NOT NULL,
  type TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id),
  created_at DATETIME NOT NULL,
  deleted INTEGER NOT NULL,
  open INTEGER NOT NULL,
  document_deleted INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX entities_present ON entities (type, created_at, id) WHERE document_deleted = 0 AND deleted = 0;
CREATE INDEX entities_by_creation ON entities (type, created_at, id) WHERE document_deleted = 0;
CREATE INDEX entities_by_document ON entities (document_id);
CREATE INDEX entities_open ON entities (document_id) WHERE open = 1;

CREATE TABLE blobs (
  hash TEXT PRIMARY KEY NOT NULL,
  size INTEGER NOT NULL,
  created_at DATETIME NOT NULL,
  complete INTEGER NOT NULL
);
CREATE INDEX blobs_unfinished ON blobs (hash) WHERE complete = 0;
CREATE TABLE blob_parts (
  hash TEXT NOT NULL REFERENCES blobs (hash),
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (hash, part)
);
`;

/**
 * Version 2.
 *
 * - `settings`: short texts of the server itself, such as the secrets that it made.
 * - A large snapshot comes in parts, as a blob does: the first `parts` are in `snapshot_parts`, what follows them is
 *   `snapshot_blob`. Its row comes last, so that a snapshot is there when it is whole.
 */
const VERSION_2 = `
ALTER TABLE document_snapshots ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
CREATE TABLE snapshot_parts (
  document_id TEXT NOT NULL REFERENCES documents (id),
  version INTEGER NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (document_id, version, part)
);

CREATE TABLE settings (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;
`;

/** Migration `n` (from 1) leads from schema version `n - 1` to `n`. Forward only: one that was released never changes. */
const MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings a database to this version's schema, each migration whole or not at all. The version is in `user_version`. */
export function migrate(connection: SqliteConnection, from: number): void {
  for (let version = from + 1; version <= SCHEMA_VERSION; version++) {
    connection.exec('BEGIN IMMEDIATE');
    try {
      connection.exec(MIGRATIONS[version - 1] ?? '');
      connection.exec(`PRAGMA user_version = ${version}`);
      connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      connection.exec('COMMIT');
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw error;
    }
  }
}
