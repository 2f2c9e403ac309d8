import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { SqliteConnection, SqliteDriver, SqlValue } from '../../storage/sqlite/driver.ts';
import { libsqlDriver } from '../../storage/sqlite/libsql-driver.ts';
import type { StartThread } from '../../storage/sqlite/thread.ts';
import { serve } from '../../storage/sqlite/thread-server.ts';

/** Fails a call to SQLite: instead of it, or after it was done all the same. */
export interface Fault {
  readonly when: 'before' | 'after';
  readonly code: string;
}

/** Decides over each call, by its SQL; undefined: it goes through. */
export type Plan = (sql: string) => Fault | undefined;

/** SQLite, whose every call can be made to fail. */
export class FaultyDriver implements SqliteDriver {
  /** The SQL of each call, in order. */
  readonly calls: string[] = [];
  plan: Plan = () => undefined;

  /** The call with this number, counted from now (0), fails once. */
  failCall(number: number, fault: Fault): void {
    let next = 0;
    this.plan = () => (next++ === number ? fault : undefined);
  }

  open(path: string): SqliteConnection {
    return new FaultyConnection(this, libsqlDriver.open(path));
  }

  guard<T>(sql: string, call: () => T): T {
    this.calls.push(sql);
    const fault = this.plan(sql);
    if (fault?.when === 'before') throw sqliteError(fault);
    const result = call();
    if (fault !== undefined) throw sqliteError(fault);
    return result;
  }
}

const sqliteError = ({ code, when }: Fault): Error =>
  Object.assign(new Error(`injected ${when} the call`), { code });

class FaultyConnection implements SqliteConnection {
  readonly #driver: FaultyDriver;
  readonly #inner: SqliteConnection;

  constructor(driver: FaultyDriver, inner: SqliteConnection) {
    this.#driver = driver;
    this.#inner = inner;
  }

  get inTransaction(): boolean {
    return this.#inner.inTransaction;
  }

  exec(sql: string): void {
    this.#driver.guard(sql, () => this.#inner.exec(sql));
  }

  run(sql: string, values: readonly SqlValue[]): number {
    return this.#driver.guard(sql, () => this.#inner.run(sql, values));
  }

  all(sql: string, values: readonly SqlValue[]): readonly (readonly SqlValue[])[] {
    return this.#driver.guard(sql, () => this.#inner.all(sql, values));
  }

  /** As the end of a thread does, it leaves no transaction open. */
  close(): void {
    if (this.#inner.inTransaction) this.#inner.exec('ROLLBACK');
    this.#inner.close();
  }
}

/** Runs what a storage thread runs in this thread, so that its driver can be reached. Its messages are real ones. */
export function threadOn(driver: SqliteDriver): StartThread {
  return (role, path) => {
    const { port1, port2 } = new MessageChannel();
    port2.unref(); // a store that a failed test leaves open must not keep the process
    const connection = serve(
      { postMessage: (message, transfer) => port2.postMessage(message, transfer), on: port2.on.bind(port2) },
      driver,
      { role, path },
    );
    return {
      post: (message, transfer) => port1.postMessage(message, transfer),
      listen: (onMessage) => port1.on('message', onMessage),
      keepAlive: (needed) => (needed ? port1.ref() : port1.unref()),
      terminate: async () => {
        connection?.close();
        port1.close();
        port2.close();
      },
    };
  };
}

/**
 * A directory for database files, in memory where the machine has such a file system: killing a process loses nothing
 * that was written there, and a sync costs nothing.
 */
export function scratchDirectory(): { path: (name: string) => string; remove: () => void } {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const directory = mkdtempSync(join(parent, 'troupe-sqlite-'));
  return {
    path: (name) => join(directory, name),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
