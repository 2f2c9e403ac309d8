import { Problem } from '../protocol/problem.ts';

interface Waiter {
  readonly bytes: number;
  readonly admit: () => void;
}

export interface AdmissionOptions {
  /** Jobs that may run at once. */
  readonly slots: number;
  /** Bytes that running jobs may need together. */
  readonly bytes: number;
  /** Jobs that may wait; one more is refused. */
  readonly waiting: number;
}

/**
 * Lets jobs in, in the order they came, while a slot and memory for them are free. A job that needs more than the
 * whole budget runs alone rather than never.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #queue: Waiter[] = [];
  #running = 0;
  #bytes = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  #hasRoom(bytes: number): boolean {
    if (this.#running >= this.#options.slots) return false;
    return this.#running === 0 || this.#bytes + bytes <= this.#options.bytes;
  }

  #drain(): void {
    for (let next = this.#queue[0]; next && this.#hasRoom(next.bytes); next = this.#queue[0]) {
      this.#queue.shift();
      this.#running += 1;
      this.#bytes += next.bytes;
      next.admit();
    }
  }

  #release(bytes: number): void {
    this.#running -= 1;
    this.#bytes -= bytes;
    this.#drain();
  }

  /**
   * Waits for a place. Resolves with the function that gives it back; rejects with the signal's reason where it
   * aborts first.
   *
   * @throws Problem `overloaded` where too many wait already
   */
  enter(bytes: number, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#queue.length >= this.#options.waiting) {
      return Promise.reject(new Problem('overloaded', 'Too many pictures wait to be drawn.'));
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        // What waited behind a large job may fit now that it is gone.
        this.#drain();
        reject(signal.reason);
      };
      const waiter: Waiter = {
        bytes,
        admit: () => {
          signal.removeEventListener('abort', onAbort);
          resolve(() => this.#release(bytes));
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiter);
      this.#drain();
    });
  }
}
