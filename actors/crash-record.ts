/** The first refusal lasts this long; each further crash doubles it. */
const FIRST_REFUSAL_MS = 250;

/**
 * How often a document crashed lately. The first few crashes are forgiven; then the document is refused for a while,
 * longer with each crash, so that a store that is down is not asked all the time.
 */
export class CrashRecord {
  #times: number[] = [];
  #refusedUntil = 0;
  readonly #forgiven: number;
  readonly #windowMs: number;

  /**
   * @param forgiven crashes within the window that have no consequence
   * @param windowMs how long a crash is remembered, and the longest refusal, in milliseconds
   */
  constructor(forgiven: number, windowMs: number) {
    this.#forgiven = forgiven;
    this.#windowMs = windowMs;
  }

  add(now: number): void {
    this.#times = [...this.#times.filter((time) => now - time < this.#windowMs), now];
    const excess = this.#times.length - this.#forgiven;
    if (excess <= 0) return;
    this.#refusedUntil = now + Math.min(this.#windowMs, FIRST_REFUSAL_MS * 2 ** (excess - 1));
  }

  isRefused(now: number): boolean {
    return now < this.#refusedUntil;
  }

  /** Crashes in the present window. */
  count(now: number): number {
    return this.#times.filter((time) => now - time < this.#windowMs).length;
  }

  /** Nothing that is worth remembering. */
  isClean(now: number): boolean {
    return !this.isRefused(now) && this.count(now) === 0;
  }
}
