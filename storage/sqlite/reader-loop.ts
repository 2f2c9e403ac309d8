import { BytePack } from './byte-pack.ts';
import type { SqliteConnection } from './driver.ts';
import { toFailure } from './failure.ts';
import type { Loop } from './loop.ts';
import type { Call, FromThread, Outcome, ReadOperation, ToThread } from './messages.ts';
import { Reader } from './reader.ts';

type Post = (message: FromThread, transfer: readonly ArrayBuffer[]) => void;

/** Answers reads one by one, each with a buffer of its own: it can be large, and whoever gets it keeps it. */
export class ReaderLoop implements Loop<ReadOperation> {
  readonly #connection: SqliteConnection;
  readonly #reader: Reader;
  readonly #post: Post;

  constructor(connection: SqliteConnection, post: Post) {
    this.#connection = connection;
    this.#reader = new Reader(connection);
    this.#post = post;
  }

  receive({ calls }: Extract<ToThread<ReadOperation>, { type: 'calls' }>): void {
    for (const call of calls) this.#answer(call);
  }

  close(): void {
    this.#connection.close();
    this.#post({ type: 'closed' }, []);
  }

  #answer({ id, operation }: Call<ReadOperation>): void {
    const pack = new BytePack();
    let outcome: Outcome;
    try {
      outcome = { id, answer: this.#reader.execute(operation, pack) };
    } catch (error) {
      outcome = { id, failure: toFailure(error) };
    }
    const bytes = pack.pack();
    this.#post({ type: 'outcomes', outcomes: [outcome], bytes }, [bytes.buffer]);
  }
}
