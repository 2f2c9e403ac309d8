const SIZE = 256;

/** How long the last few of something took. */
export class LatencyWindow {
  readonly #samples: number[] = [];
  #next = 0;

  /** @param ms milliseconds */
  add(ms: number): void {
    this.#samples[this.#next] = ms;
    this.#next = (this.#next + 1) % SIZE;
  }

  get count(): number {
    return this.#samples.length;
  }

  /**
   * Milliseconds that this part of the samples did not exceed; `undefined` where there are none.
   *
   * @param part from 0 to 1, such as 0.95
   */
  percentile(part: number): number | undefined {
    const sorted = [...this.#samples].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  }
}
