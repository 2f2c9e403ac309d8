import { type SqliteConnection, sqliteCode } from './driver.ts';
import { isRefusal, toFailure } from './failure.ts';
import { LogWriter } from './log-writer.ts';
import type { Answer, Outcome, WriteOperation } from './messages.ts';

/** An operation that waits for its transaction, with the buffer that its ranges point into. */
export interface Queued {
  readonly id: number;
  readonly operation: WriteOperation;
  readonly bytes: Uint8Array;
}

/** The transaction could be neither committed nor rolled back: only a new connection helps. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

type Result = { readonly answer: Answer } | { readonly error: unknown };

/** Faults of the disk or the file: what comes next meets them, too. */
const ENVIRONMENT = /^SQLITE_(FULL|IOERR|READONLY|BUSY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL)/;
/** Operations that are tried one by one while the environment fails, before the rest is given up. */
const TRIES = 3;

/**
 * Group commit: many operations, of any documents, in one transaction, with one sync of the disk.
 *
 * Invariant: an operation is answered only after the commit of its transaction.
 */
export class Writer {
  readonly #connection: SqliteConnection;
  readonly #logs: LogWriter;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    this.#logs = new LogWriter(connection);
  }

  /**
   * Makes the operations durable, in order. Each succeeds or fails by itself: where a statement fails, all is rolled
   * back and the operations are done again one by one, so that only the culprit fails. Where the commit fails, all fail.
   * @throws ConnectionLost after which this writer is of no more use
   */
  commit(group: readonly Queued[]): readonly Outcome[] {
    let results: readonly Result[];
    try {
      results = this.#transaction(group);
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
      results =
        error instanceof StatementFailed && group.length > 1
          ? this.#oneByOne(group)
          : group.map(() => ({ error: causeOf(error) }));
    }
    return group.map(({ id }, i) => outcome(id, results[i]));
  }

  #oneByOne(group: readonly Queued[]): readonly Result[] {
    let failures = 0;
    let last: unknown;
    return group.map((queued) => {
      if (failures >= TRIES) return { error: last };
      try {
        const [result = { error: new Error('no result') }] = this.#transaction([queued]);
        failures = 0;
        return result;
      } catch (error) {
        if (error instanceof ConnectionLost) throw error;
        last = causeOf(error);
        if (ENVIRONMENT.test(sqliteCode(last))) failures++;
        return { error: last };
      }
    });
  }

  /** @throws StatementFailed or the commit's own error; nothing is stored then */
  #transaction(group: readonly Queued[]): readonly Result[] {
    try {
      this.#connection.run('BEGIN IMMEDIATE', []);
      const results = group.map((queued) => this.#execute(queued));
      this.#connection.run('COMMIT', []);
      return results;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #execute({ operation, bytes }: Queued): Result {
    try {
      return { answer: this.#logs.execute(operation, bytes) };
    } catch (error) {
      if (isRefusal(error)) return { error };
      throw new StatementFailed(operation.type, { cause: error });
    }
  }

  #rollBack(): void {
    this.#logs.forget();
    try {
      // Some faults end the transaction by themselves.
      if (this.#connection.inTransaction) this.#connection.run('ROLLBACK', []);
    } catch (cause) {
      throw new ConnectionLost('a transaction could not be rolled back', { cause });
    }
    if (this.#connection.inTransaction) throw new ConnectionLost('a transaction did not end');
  }
}

/** One operation's statement failed, not the commit. */
class StatementFailed extends Error {
  override readonly name = 'StatementFailed';
}

const causeOf = (error: unknown): unknown => (error instanceof StatementFailed ? error.cause : error);

function outcome(id: number, result: Result | undefined): Outcome {
  if (result === undefined) return { id, failure: toFailure(new Error('no result')) };
  return 'answer' in result ? { id, answer: result.answer } : { id, failure: toFailure(result.error) };
}
