import { statSync } from 'node:fs';
import type { SqliteConnection } from './driver.ts';
import type { WriteOperation } from './messages.ts';
import { BUSY_TIMEOUT_MS, WAL_LIMIT_BYTES } from './open-database.ts';

/** Groups between two looks at the size of the WAL file. */
const GROUPS_PER_LOOK = 256;
/** Free pages of 4 KB that are kept for reuse: below, giving them back is not worth the writing. */
const FREE_PAGES_KEPT = 4_096;
/** Pages given back at a time: a few milliseconds. */
const PAGES_PER_STEP = 256;

/**
 * Keeps the files from growing without bound. Nothing here is needed for what is stored to be right, so a failure is
 * left to the next time.
 */
export class Housekeeping {
  readonly #connection: SqliteConnection;
  readonly #walPath: string;
  #groups = 0;
  #mayHaveFreePages = true;

  constructor(connection: SqliteConnection, path: string) {
    this.#connection = connection;
    this.#walPath = `${path}-wal`;
  }

  /** Commits copy the WAL back by themselves, unless readers are in the way for long; then it is cut here. */
  afterCommit(group: readonly { readonly operation: WriteOperation }[]): void {
    if (group.some(({ operation }) => operation.type === 'prune')) this.#mayHaveFreePages = true;
    if (++this.#groups % GROUPS_PER_LOOK !== 0) return;
    const size = statSync(this.#walPath, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= WAL_LIMIT_BYTES) return;
    // Without waiting: a reader that is in the way now will be gone at one of the next looks.
    this.#attempt(() => {
      this.#connection.exec('PRAGMA busy_timeout = 0');
      this.#connection.all('PRAGMA wal_checkpoint(TRUNCATE)', []);
    });
    this.#attempt(() => this.#connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`));
  }

  /**
   * Gives free pages back to the file system, a few at a time.
   * @returns whether there is more to do
   */
  whenIdle(): boolean {
    if (!this.#mayHaveFreePages) return false;
    this.#mayHaveFreePages = false;
    return (
      this.#attempt(() => {
        if (this.#freePages() <= FREE_PAGES_KEPT) return;
        this.#connection.exec(`PRAGMA incremental_vacuum(${PAGES_PER_STEP})`);
        this.#mayHaveFreePages = this.#freePages() > FREE_PAGES_KEPT;
      }) && this.#mayHaveFreePages
    );
  }

  /** Everything into the database itself, an empty WAL. */
  atEnd(): void {
    this.#attempt(() => this.#connection.all('PRAGMA wal_checkpoint(TRUNCATE)', []));
  }

  #freePages(): number {
    return Number(this.#connection.all('PRAGMA freelist_count', [])[0]?.[0]);
  }

  #attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch {
      return false;
    }
  }
}
