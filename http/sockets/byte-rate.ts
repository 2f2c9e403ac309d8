import type { Clock } from './clock.ts';

/** Bytes of one socket. */
export interface ByteRateLimits {
  /** In the long run. */
  readonly bytesPerSecond: number;
  /** At once, after a pause. */
  readonly burstBytes: number;
}

/**
 * A bucket of bytes that time fills again, kept as the moment at which it is full (the generic cell rate algorithm, ITU-T
 * I.371). Whoever is refused pays nothing.
 */
export class ByteRate {
  readonly #limits: ByteRateLimits;
  readonly #clock: Clock;
  #fullAt = 0;

  constructor(limits: ByteRateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Until so many bytes have room, in ms; 0: they have. Of more than the burst: until all of it is there. */
  waitFor(bytes: number): number {
    const { burstBytes } = this.#limits;
    const missing = this.#missing() + this.#timeOf(Math.min(bytes, burstBytes)) - this.#timeOf(burstBytes);
    return Math.max(0, Math.ceil(missing));
  }

  spend(bytes: number): void {
    this.#fullAt = this.#clock.now() + this.#missing() + this.#timeOf(bytes);
  }

  /** Time that the bucket needs to be full, in ms. */
  #missing(): number {
    return Math.max(0, this.#fullAt - this.#clock.now());
  }

  /** In which so many bytes come back, in ms. */
  #timeOf(bytes: number): number {
    return (bytes * 1_000) / this.#limits.bytesPerSecond;
  }
}
