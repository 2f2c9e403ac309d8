import { accessSync, closeSync, constants, fsyncSync, openSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { DocumentStore } from '../port.ts';
import type { SqliteDriver } from './driver.ts';
import { lockFile } from './file-lock.ts';
import { libsqlDriver } from './libsql-driver.ts';
import type { ReadOperation, WriteOperation } from './messages.ts';
import { StoreRefused } from './refusal.ts';
import { SqliteStore } from './sqlite-store.ts';
import { type StartThread, startWorker } from './thread.ts';
import { ThreadClient } from './thread-client.ts';

/** What the check after the start found. */
export interface IntegrityReport {
  /** Which PRAGMA: the quick one where the file is large, undefined where none could be run. */
  readonly check: 'integrity_check' | 'quick_check' | undefined;
  /** None: the file is sound. */
  readonly problems: readonly string[];
  readonly ms: number;
}

export interface SqliteOptions {
  /** The file is checked in the background after the start; this hears the result, once, unless closed before. */
  readonly onIntegrityChecked?: (report: IntegrityReport) => void;
  /** Default: a worker thread. */
  readonly startThread?: StartThread;
  /** Opens the lock file. Default: libsql. */
  readonly driver?: SqliteDriver;
}

/**
 * Opens the database, makes it where there is none, and brings its schema up to this version.
 * @param path of the file; its directory must exist
 * @throws StoreRefused with one clear sentence
 */
export async function openSqliteStore(path: string, options: SqliteOptions = {}): Promise<DocumentStore> {
  const { startThread = startWorker, driver = libsqlDriver } = options;
  const file = checkPath(path);
  const lock = lockFile(driver, file);
  const writer = new ThreadClient<WriteOperation>(() => startThread('writer', file));
  const reader = new ThreadClient<ReadOperation>(() => startThread('reader', file));
  try {
    await writer.start();
    syncDirectory(dirname(file));
    // What a crash left of a blob or snapshot costs room and nothing else: where this fails, the next start does it.
    await writer.call(() => ({ type: 'dropUnfinished' })).catch(() => undefined);
  } catch (error) {
    await writer.close();
    lock.release();
    throw error;
  }
  // Nobody waits for it: the first read does, and hears it where the reader cannot start.
  reader.start().catch(() => undefined);
  const stopCheck = startCheck(startThread, file, options.onIntegrityChecked);
  return new SqliteStore({ writer, reader, lock, stopCheck });
}

/** @returns the path without symbolic links, so that one file has one lock */
function checkPath(path: string): string {
  const absolute = resolve(path);
  const directory = dirname(absolute);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    // Not made here: a typo or a volume that is not mounted must not become an empty database.
    throw new StoreRefused(`${absolute} cannot be made: there is no directory ${directory}`);
  }
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) return join(realpathSync(directory), basename(absolute));
  if (!found.isFile()) throw new StoreRefused(`${absolute} is not a file`);
  try {
    accessSync(absolute, constants.R_OK | constants.W_OK);
  } catch {
    throw new StoreRefused(
      `${absolute} cannot be read and written: it is read-only or belongs to another user`,
    );
  }
  return realpathSync(absolute);
}

/** The name of a new file is durable only when its directory is. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return; // directories cannot be opened there
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function startCheck(
  startThread: StartThread,
  path: string,
  onChecked: ((report: IntegrityReport) => void) | undefined,
): () => void {
  if (onChecked === undefined) return () => undefined;
  const thread = startThread('checker', path);
  let report: typeof onChecked | undefined = onChecked;
  const end = (found: IntegrityReport): void => {
    report?.(found);
    report = undefined;
    void thread.terminate();
  };
  const unchecked = (why: string): void => end({ check: undefined, problems: [why], ms: 0 });
  thread.listen(
    (message) => {
      if (message.type === 'checked')
        end({ check: message.check, problems: message.problems, ms: message.ms });
      else if (message.type === 'refused') unchecked(message.message);
    },
    (reason) => unchecked(`the check did not finish: ${reason.message}`),
  );
  return () => {
    report = undefined;
    void thread.terminate();
  };
}
