import type { Clock } from './clock.ts';

/** Messages of one socket. */
export interface MessageRateLimits {
  /** In the long run; a cursor moves 60 times a second, so this is far beyond a person. */
  readonly perSecond: number;
  /** At once, such as what a client gathered while it was offline. */
  readonly burst: number;
  /** Refused without a pause of the sender before it is shown out. */
  readonly refusals: number;
}

export const MESSAGE_RATE: MessageRateLimits = { perSecond: 1_000, burst: 2_000, refusals: 1_000 };

/** `refused-first`: the one of a row of refusals that is worth an answer. */
export type RateVerdict = 'accepted' | 'refused-first' | 'refused' | 'excessive';

/** A bucket of tokens: each message takes one, time brings them back. */
export class MessageRate {
  readonly #limits: MessageRateLimits;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;
  #refused = 0;

  constructor(limits: MessageRateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#tokens = limits.burst;
    this.#filledAt = clock.now();
  }

  take(): RateVerdict {
    const { perSecond, burst, refusals } = this.#limits;
    const now = this.#clock.now();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1_000) * perSecond);
    this.#filledAt = now;
    // Only a pause forgives: at twice the rate every second message is accepted, and that is no pause.
    if (this.#tokens > burst / 2) this.#refused = 0;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 'accepted';
    }
    this.#refused += 1;
    if (this.#refused > refusals) return 'excessive';
    return this.#refused === 1 ? 'refused-first' : 'refused';
  }
}
