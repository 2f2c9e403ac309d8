/** Seconds over which a rate is the mean: short enough to see a burst end, long enough not to flicker. */
const WINDOW_S = 10;

/** Counts per second over the last ten seconds, without a timer. */
export class Rate {
  readonly #now: () => number;
  readonly #counts = new Float64Array(WINDOW_S);
  /** The second that is being counted. */
  #second: number;

  /** `now` gives milliseconds and never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#second = this.#current();
  }

  add(count: number): void {
    this.#advance();
    this.#counts[this.#second % WINDOW_S] = (this.#counts[this.#second % WINDOW_S] ?? 0) + count;
  }

  perSecond(): number {
    this.#advance();
    return this.#counts.reduce((sum, count) => sum + count, 0) / WINDOW_S;
  }

  #current(): number {
    return Math.floor(this.#now() / 1000);
  }

  #advance(): void {
    const second = this.#current();
    const passed = Math.min(second - this.#second, WINDOW_S);
    for (let i = 1; i <= passed; i++) this.#counts[(this.#second + i) % WINDOW_S] = 0;
    this.#second = second;
  }
}
