export interface BackoffOptions {
  /** The ceiling of the first delay, in milliseconds. Default: 250. */
  readonly baseMs?: number;
  /** The ceiling of every delay, in milliseconds. Default: 15,000. */
  readonly maxMs?: number;
}

const BASE_MS = 250;
/** Long enough for a server that is down, short enough that nobody reaches for the reload button. */
const MAX_MS = 15_000;

/**
 * How long to wait before the next attempt: exponential with full jitter, that is, anything between 0 and a ceiling that
 * doubles. Thousands of clients that lost the same server come back spread over the whole time, not in waves.
 */
export class Backoff {
  readonly #baseMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;
  #attempt = 0;

  /** @param random - from 0 to below 1 */
  constructor({ baseMs = BASE_MS, maxMs = MAX_MS }: BackoffOptions, random: () => number) {
    this.#baseMs = baseMs;
    this.#maxMs = maxMs;
    this.#random = random;
  }

  /** Attempts since the last success. */
  get attempt(): number {
    return this.#attempt;
  }

  /** Milliseconds to wait now; the next answer has twice the ceiling. */
  next(): number {
    const ceiling = Math.min(this.#maxMs, this.#baseMs * 2 ** this.#attempt);
    this.#attempt += 1;
    return this.#random() * ceiling;
  }

  /** Something succeeded for good. */
  reset(): void {
    this.#attempt = 0;
  }
}
