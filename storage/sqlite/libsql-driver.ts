import Database from 'libsql';
import type { SqliteConnection, SqliteDriver, SqlValue } from './driver.ts';

/** The driver of the product. */
export const libsqlDriver: SqliteDriver = { open: (path) => new LibsqlConnection(path) };

type Row = readonly SqlValue[];

class LibsqlConnection implements SqliteConnection {
  readonly #database: Database.Database;
  readonly #writing = new Map<string, Database.Statement>();
  readonly #reading = new Map<string, Database.Statement>();
  #closed = false;

  constructor(path: string) {
    this.#database = new Database(path);
  }

  get inTransaction(): boolean {
    return !this.#closed && this.#database.inTransaction; // libsql ends the process where it is asked when closed
  }

  exec(sql: string): void {
    this.#checkOpen();
    this.#database.exec(sql);
  }

  run(sql: string, values: readonly SqlValue[]): number {
    this.#checkOpen();
    let statement = this.#writing.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#writing.set(sql, statement);
    }
    return statement.run(values).changes;
  }

  all(sql: string, values: readonly SqlValue[]): readonly Row[] {
    this.#checkOpen();
    let statement = this.#reading.get(sql);
    if (statement === undefined) {
      // Rows as arrays: only so are blobs given as bytes; as objects they come as bare ArrayBuffers.
      statement = this.#database.prepare(sql).raw();
      this.#reading.set(sql, statement);
    }
    return statement.all(values) as Row[];
  }

  /** libsql lets the file go only when the statements are collected, or when the thread that prepared them ends. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#writing.clear();
    this.#reading.clear();
    this.#database.close();
  }

  #checkOpen(): void {
    if (this.#closed) throw new Error('the connection is closed');
  }
}
