import { sqliteCode } from './driver.ts';

/** The database cannot be used. The message is one sentence for the person who starts the server. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}

/** What the first touch of a file by SQLite failed with, said so that it can be acted on. */
export function refusalOf(path: string, error: unknown): StoreRefused {
  if (error instanceof StoreRefused) return error;
  const said = error instanceof Error ? error.message : String(error);
  const code = sqliteCode(error);
  const refuse = (message: string): StoreRefused => new StoreRefused(message, { cause: error });
  if (code === 'SQLITE_NOTADB') return refuse(`${path} is not a SQLite database`);
  if (code.startsWith('SQLITE_CORRUPT')) return refuse(`${path} is damaged: ${said}`);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return refuse(`${path} is locked by another process`);
  }
  if (code.startsWith('SQLITE_READONLY'))
    return refuse(`${path} cannot be written: it or its directory is read-only`);
  // libsql gives no code for a file that it cannot open, only the number at the end.
  if (code.startsWith('SQLITE_CANTOPEN') || /: 14"?\)?$/.test(said)) {
    return refuse(`${path} cannot be opened or made: check the rights on it and on its directory`);
  }
  if (code === 'SQLITE_FULL') return refuse(`${path} cannot be opened: the disk is full`);
  return refuse(`${path} cannot be opened: ${said}`);
}
