/** What SQLite takes and gives. Blobs come back as bytes of their own, never as views into a larger buffer. */
export type SqlValue = string | number | null | Uint8Array;

/**
 * One connection to one database file. All calls are synchronous: they belong on a thread that may wait for a disk.
 * Statements are prepared once per text and kept, because `prepare` in a loop leaks in libsql; so a text must never
 * contain a value.
 */
export interface SqliteConnection {
  /** Runs statements that give no rows and take no values. Not kept. */
  exec(sql: string): void;
  /** @returns number of rows changed */
  run(sql: string, values: readonly SqlValue[]): number;
  /** All rows, each as its columns in order. */
  all(sql: string, values: readonly SqlValue[]): readonly (readonly SqlValue[])[];
  readonly inTransaction: boolean;
  close(): void;
}

/** Everything below the store: tests put one in that fails when it is told to. */
export interface SqliteDriver {
  /** @throws Error where the file cannot be opened or made; its content is not looked at yet */
  open(path: string): SqliteConnection;
}

/** SQLite's name for what went wrong (`SQLITE_BUSY`, `SQLITE_CONSTRAINT_UNIQUE`, ...); '' where it gave none. */
export function sqliteCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
