import type { SqliteConnection, SqliteDriver } from './driver.ts';
import { sqliteCode } from './driver.ts';
import { refusalOf, StoreRefused } from './refusal.ts';

/** The right of this process to a database file. */
export interface FileLock {
  release(): void;
}

/**
 * Takes `{path}-lock` and holds it: the claims of documents are kept at hand by the one thread that writes, so only one
 * store may have the file. It is a lock of the operating system (the exclusive lock of an empty SQLite database), so
 * that it ends with the process, however that ends; the empty file that stays behind means nothing. Other programs can
 * still read the database itself, for a backup.
 * @throws StoreRefused
 */
export function lockFile(driver: SqliteDriver, path: string): FileLock {
  let connection: SqliteConnection | undefined;
  try {
    connection = driver.open(`${path}-lock`);
    const held = connection;
    held.exec('PRAGMA journal_mode = OFF');
    held.exec('BEGIN EXCLUSIVE');
    return {
      release: () => {
        held.exec('ROLLBACK');
        held.close();
      },
    };
  } catch (error) {
    connection?.close();
    if (sqliteCode(error).startsWith('SQLITE_BUSY')) {
      throw new StoreRefused(
        `${path} is in use: another Troupe process, or another store of this one, has it open`,
      );
    }
    throw refusalOf(path, error);
  }
}
