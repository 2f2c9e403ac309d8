/** The last bucket has all that took longer. */
const MAX_MS = 60_000;

/** Counts how long something took, to the millisecond, however often it happens. */
export class LatencyHistogram {
  readonly #buckets = new Uint32Array(MAX_MS + 1);
  #count = 0;
  #max = 0;

  add(ms: number): void {
    const bucket = Math.min(MAX_MS, Math.max(0, Math.floor(ms)));
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    if (ms > this.#max) this.#max = ms;
  }

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  /** Milliseconds that this part of all did not exceed; 0 where there are none. @param part from 0 to 1 */
  percentile(part: number): number {
    const wanted = Math.ceil(part * this.#count);
    let seen = 0;
    for (let ms = 0; ms <= MAX_MS && wanted > 0; ms += 1) {
      seen += this.#buckets[ms] ?? 0;
      if (seen >= wanted) return Math.min(ms + 1, this.#max);
    }
    return 0;
  }
}
