import type { SqliteConnection } from './driver.ts';
import type { FromThread } from './messages.ts';

/** More findings than this say no more. */
const PROBLEMS_LIMIT = 20;

/** Up to here the check is complete; above, it would keep a core busy for long (23 ms per MB, against 4). */
const FULL_CHECK_BYTES = 64 * 1024 * 1024;

/**
 * The whole file against SQLite's own rules: pages and the order of rows; in a small file also each index against its
 * table.
 */
export function checkIntegrity(connection: SqliteConnection): Extract<FromThread, { type: 'checked' }> {
  const begun = performance.now();
  const number = (sql: string): number => Number(connection.all(sql, [])[0]?.[0]);
  const bytes = number('PRAGMA page_count') * number('PRAGMA page_size');
  const check = bytes <= FULL_CHECK_BYTES ? 'integrity_check' : 'quick_check';
  const found = connection
    .all(`PRAGMA ${check}(${PROBLEMS_LIMIT})`, [])
    .map(([line]) => String(line))
    .filter((line) => line !== 'ok');
  return { type: 'checked', check, problems: found, ms: performance.now() - begun };
}
