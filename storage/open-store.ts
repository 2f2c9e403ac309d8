import { MemoryStore } from './memory-store.ts';
import type { DocumentStore } from './port.ts';
import { type IntegrityReport, openSqliteStore } from './sqlite/open-sqlite-store.ts';
import { StoreRefused } from './sqlite/refusal.ts';

export interface StoreOptions {
  /** Hears, some time after the start, whether the database file is sound. */
  readonly onIntegrityChecked?: (report: IntegrityReport) => void;
}

const SQLITE = 'sqlite:///';

/**
 * The store that `DATABASE_URL` names: `memory://`, `sqlite:///./dev.db` (relative to the working directory) or
 * `sqlite:////var/lib/troupe.db` (absolute). `sqlite:///:memory:` is refused: nothing in it would be durable.
 * @throws StoreRefused with one sentence for the person who starts the server
 */
export async function openStore(databaseUrl: string, options: StoreOptions = {}): Promise<DocumentStore> {
  if (databaseUrl === 'memory://') return new MemoryStore();
  return openSqliteStore(sqlitePath(databaseUrl), options);
}

/** What follows the third slash, as it is: only `%xx` is decoded. */
function sqlitePath(url: string): string {
  const refuse = (why: string): StoreRefused =>
    new StoreRefused(`DATABASE_URL ${JSON.stringify(url)}: ${why}`);
  if (!url.startsWith(SQLITE)) {
    throw refuse('must be memory://, sqlite:///relative/path.db or sqlite:////absolute/path.db');
  }
  const written = url.slice(SQLITE.length);
  if (written === ':memory:') throw refuse('a SQLite database in memory is not durable; use memory://');
  if (/[?#]/.test(written)) throw refuse('takes no parameters; write %3F for ? and %23 for #');
  let path: string;
  try {
    path = decodeURIComponent(written);
  } catch {
    throw refuse('has a % that is not followed by two hex digits of UTF-8');
  }
  if (path === '' || path.endsWith('/') || path.includes('\0')) throw refuse('must name a file');
  return path;
}
