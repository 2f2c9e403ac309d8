import type { PaintRate } from '../../../protocol/canvas-messages.ts';

/**
 * How much of a painter's burst is left, reckoned here as the server does (`http/sockets/paint-rates.ts`): `burst` pixels at
 * once, `pixelsPerSecond` come back. The server's word is the last: what it refuses sets the reckoning right. Times are
 * milliseconds of any clock that only goes forward.
 */
export class Cooldown {
  #rate: PaintRate;
  #left: number;
  #at = 0;
  /** The server said that there is no room before. */
  #blockedUntil = 0;
  #blockedFor = 0;

  constructor(rate: PaintRate) {
    this.#rate = rate;
    this.#left = rate.burst;
  }

  /** Other limits hold from now on. */
  setRate(rate: PaintRate, now: number): void {
    const used = this.#rate.burst - this.left(now);
    this.#rate = rate;
    this.#left = Math.max(0, rate.burst - used);
    this.#at = now;
  }

  /** Whole pixels that may be painted at once. */
  left(now: number): number {
    if (now < this.#blockedUntil) return 0;
    return Math.floor(this.#exactly(now) + 1e-6);
  }

  /** @returns whether there was room for so many; nothing is taken else */
  take(pixels: number, now: number): boolean {
    if (this.left(now) < pixels) return false;
    this.#left = this.#exactly(now) - pixels;
    this.#at = now;
    return true;
  }

  /** The server refused what was painted too fast, and has room after so long. */
  refused(retryAfterMs: number, now: number): void {
    this.#left = 0;
    this.#at = now;
    this.#blockedUntil = now + retryAfterMs;
    this.#blockedFor = retryAfterMs;
  }

  /** Until a pixel may be painted. */
  waitMs(now: number): number {
    if (this.left(now) >= 1) return 0;
    const missing = 1 - this.#exactly(now);
    return Math.max(this.#blockedUntil - now, (missing / this.#rate.pixelsPerSecond) * 1_000, 0);
  }

  /** From 0 (nothing may be painted) to 1 (the whole burst may): what a gauge shows. */
  fullness(now: number): number {
    if (now < this.#blockedUntil) return 0;
    return Math.min(1, this.#exactly(now) / this.#rate.burst);
  }

  /** How much of a wait that the server asked for has passed, from 0 to 1; `undefined` while it asks for none. */
  waited(now: number): number | undefined {
    if (now >= this.#blockedUntil) return undefined;
    return 1 - (this.#blockedUntil - now) / Math.max(1, this.#blockedFor);
  }

  #exactly(now: number): number {
    const back = (Math.max(0, now - this.#at) / 1_000) * this.#rate.pixelsPerSecond;
    return Math.min(this.#rate.burst, this.#left + back);
  }
}

/** `3 s`, rounded up, so that it is over when it says so. */
export const seconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1_000))} s`;
