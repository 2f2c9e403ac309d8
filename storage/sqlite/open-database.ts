import type { SqliteConnection, SqliteDriver } from './driver.ts';
import { refusalOf, StoreRefused } from './refusal.ts';
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from './schema.ts';

/** How long a statement waits for a lock of another program (a backup, a shell): the store's own threads never clash. */
export const BUSY_TIMEOUT_MS = 1_000;
/**
 * Pages of 4 KB in the WAL before a commit copies them into the database. With 8,000 (32 MB) a thousand busy documents
 * store a third more than with 2,000, since a page that changes often is copied once; a start after a crash reads them.
 */
const CHECKPOINT_PAGES = 8_000;
/** The WAL file is cut back to this after a checkpoint that found it larger. */
export const WAL_LIMIT_BYTES = 64 * 1024 * 1024;
const CACHE_KIB = 32 * 1024;

/**
 * The connection that writes: durable at each commit (`synchronous=FULL` syncs the WAL before COMMIT returns), with
 * this version's schema.
 * @throws StoreRefused
 */
export function openForWriting(driver: SqliteDriver, path: string): SqliteConnection {
  return open(driver, path, (connection) => {
    // Before the first table, or it has no effect: freed pages can be given back to the file system bit by bit.
    connection.exec('PRAGMA auto_vacuum = INCREMENTAL');
    const version = checkOwner(connection, path);
    const [[mode] = []] = connection.all('PRAGMA journal_mode = WAL', []);
    if (mode !== 'wal')
      throw new StoreRefused(`${path} cannot have a write-ahead log: its file system does not allow it`);
    connection.exec('PRAGMA synchronous = FULL');
    // On macOS only this reaches the disk itself; elsewhere it changes nothing.
    connection.exec('PRAGMA fullfsync = ON');
    connection.exec('PRAGMA foreign_keys = ON');
    connection.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    connection.exec(`PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES}`);
    migrate(connection, version);
    // A file that may only be read opens without a word and fails at the first write: this is one.
    connection.exec('BEGIN IMMEDIATE');
    connection.exec('ROLLBACK');
  });
}

/**
 * A connection beside the writer's. Sees each transaction that was committed before its statement began.
 * @throws StoreRefused
 */
export function openForReading(driver: SqliteDriver, path: string): SqliteConnection {
  return open(driver, path, (connection) => connection.exec('PRAGMA query_only = ON'));
}

function open(
  driver: SqliteDriver,
  path: string,
  prepare: (connection: SqliteConnection) => void,
): SqliteConnection {
  let connection: SqliteConnection | undefined;
  try {
    connection = driver.open(path);
    connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    connection.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    prepare(connection);
    return connection;
  } catch (error) {
    connection?.close();
    throw refusalOf(path, error);
  }
}

/** @returns the version of the schema; 0 where there is none yet */
function checkOwner(connection: SqliteConnection, path: string): number {
  const number = (sql: string): number => Number(connection.all(sql, [])[0]?.[0]);
  const version = number('PRAGMA user_version');
  const application = number('PRAGMA application_id');
  if (application !== APPLICATION_ID && number('SELECT count(*) FROM sqlite_schema') > 0) {
    throw new StoreRefused(`${path} is a SQLite database, but not one of Troupe's`);
  }
  if (version > SCHEMA_VERSION) {
    throw new StoreRefused(
      `${path} comes from a newer version of Troupe (schema ${version}; this one knows up to ${SCHEMA_VERSION})`,
    );
  }
  return version;
}
