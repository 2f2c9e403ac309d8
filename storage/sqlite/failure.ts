import { unreachable } from '../../protocol/unreachable.ts';
import { Fenced, SeqConflict } from '../port.ts';
import { sqliteCode } from './driver.ts';
import type { Failure } from './messages.ts';

/** The database said no, or could not. `code` is SQLite's (`SQLITE_FULL`, ...), '' where it gave none. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** Errors that an operation gives before it has written anything. */
export const isRefusal = (error: unknown): boolean => error instanceof Fenced || error instanceof SeqConflict;

export function toFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Fenced) return { kind: 'fenced', message, code: '' };
  if (error instanceof SeqConflict) return { kind: 'seq-conflict', message, code: '' };
  return { kind: 'other', message, code: sqliteCode(error) };
}

export function fromFailure({ kind, message, code }: Failure): Error {
  switch (kind) {
    case 'fenced':
      return new Fenced(message);
    case 'seq-conflict':
      return new SeqConflict(message);
    case 'other':
      return new StoreFailure(code === '' ? message : `${message} (${code})`, code);
    default:
      return unreachable(kind);
  }
}
