import { Problem } from '../protocol/problem.ts';

/** The place for one answer: settled once, by the document, by its deadline or by the document's end. */
export class Reply<T> {
  readonly deadline: number;
  readonly #table: AskTable;
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: unknown) => void;

  constructor(
    table: AskTable,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
    deadline: number,
  ) {
    this.#table = table;
    this.#resolve = resolve;
    this.#reject = reject;
    this.deadline = deadline;
  }

  resolve(value: T): void {
    if (this.#table.close(this)) this.#resolve(value);
  }

  reject(error: unknown): void {
    if (this.#table.close(this)) this.#reject(error);
  }
}

interface OpenReply {
  readonly deadline: number;
  reject(error: unknown): void;
}

/**
 * The asks of one document that wait for an answer: bounded, their deadlines swept from outside (a timer per ask costs
 * more than the ask), all failed at once when the document's actor ends.
 */
export class AskTable {
  // All asks have the same time to live, so insertion order is the order of deadlines.
  readonly #open = new Set<OpenReply>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#open.size;
  }

  /** @throws Problem `overloaded` where too many asks wait already. */
  open<T>(resolve: (value: T) => void, reject: (error: unknown) => void, deadline: number): Reply<T> {
    if (this.#open.size >= this.#limit) {
      throw new Problem('overloaded', `More than ${this.#limit} requests wait for this document.`);
    }
    const reply = new Reply<T>(this, resolve, reject, deadline);
    this.#open.add(reply);
    return reply;
  }

  /** `true` where the reply was still open. */
  close(reply: OpenReply): boolean {
    return this.#open.delete(reply);
  }

  /** Fails the asks whose deadline has passed. */
  sweep(now: number): void {
    for (const reply of this.#open) {
      if (reply.deadline > now) break;
      reply.reject(new Problem('unavailable', 'The document did not answer in time.'));
    }
  }

  failAll(problem: Problem): void {
    for (const reply of [...this.#open]) reply.reject(problem);
  }
}
