import type { SqliteConnection } from './driver.ts';
import { Housekeeping } from './housekeeping.ts';
import type { Loop } from './loop.ts';
import type { FromThread, ToThread, WriteOperation } from './messages.ts';
import { type Queued, Writer } from './writer.ts';

/** What one transaction takes at most: bounds how long it holds up the ones behind it. */
const OPERATIONS_PER_GROUP = 1_000;
const BYTES_PER_GROUP = 4 * 1024 * 1024;

const NO_BYTES = new Uint8Array(0);

interface Waiting extends Queued {
  readonly size: number;
}

/**
 * Turns what arrives into groups: a lone operation is committed at once; what arrives while the disk is busy goes
 * together into the next transaction.
 */
export class WriterLoop implements Loop<WriteOperation> {
  readonly #connection: SqliteConnection;
  readonly #writer: Writer;
  readonly #housekeeping: Housekeeping;
  readonly #post: (message: FromThread) => void;
  #queue: Waiting[] = [];
  #state: 'idle' | 'scheduled' | 'closed' = 'idle';
  #closing = false;

  constructor(connection: SqliteConnection, path: string, post: (message: FromThread) => void) {
    this.#connection = connection;
    this.#writer = new Writer(connection);
    this.#housekeeping = new Housekeeping(connection, path);
    this.#post = post;
  }

  receive({ calls, bytes }: Extract<ToThread<WriteOperation>, { type: 'calls' }>): void {
    for (const { id, operation, size } of calls) this.#queue.push({ id, operation, bytes, size });
    this.#schedule();
  }

  close(): void {
    this.#closing = true;
    this.#schedule();
  }

  /** After all messages that have already arrived. */
  #schedule(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'scheduled';
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#state = 'idle';
    const group = this.#take();
    if (group.length > 0) {
      try {
        this.#post({ type: 'outcomes', outcomes: this.#writer.commit(group), bytes: NO_BYTES });
      } catch (error) {
        this.#state = 'closed';
        this.#post({ type: 'lost', message: error instanceof Error ? error.message : String(error) });
        return;
      }
      this.#housekeeping.afterCommit(group);
    }
    if (this.#queue.length > 0) this.#schedule();
    else if (this.#closing) this.#close();
    else if (this.#housekeeping.whenIdle()) this.#schedule();
  }

  #take(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { size } of this.#queue) {
      bytes += size;
      if (count === OPERATIONS_PER_GROUP || (count > 0 && bytes > BYTES_PER_GROUP)) break;
      count++;
    }
    if (count < this.#queue.length) return this.#queue.splice(0, count);
    const all = this.#queue;
    this.#queue = [];
    return all;
  }

  #close(): void {
    this.#state = 'closed';
    this.#housekeeping.atEnd();
    this.#connection.close();
    this.#post({ type: 'closed' });
  }
}
