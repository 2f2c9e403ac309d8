import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../../protocol/problem.ts';
import { addressGroup } from '../client-address.ts';

export interface KeyAttemptLimits {
  /** Wrong keys that one address may give in `seconds`. */
  readonly wrong: number;
  readonly seconds: number;
}

export const KEY_ATTEMPTS: KeyAttemptLimits = { wrong: 10, seconds: 15 * 60 };

/** Makes guessing a key hopeless: an address that was wrong too often must wait, also where it is right now. */
export class KeyAttempts {
  readonly #limiter: RateLimiterMemory;

  constructor({ wrong, seconds }: KeyAttemptLimits) {
    this.#limiter = new RateLimiterMemory({ points: wrong, duration: seconds });
  }

  /** Takes an attempt before the key is looked at, so that many at once count, too. @throws Problem `rate_limited` */
  async begin(address: string): Promise<void> {
    try {
      await this.#limiter.consume(addressGroup(address));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw new Problem('rate_limited', `Too many wrong keys from this address; wait ${seconds} s.`, {
        headers: { 'Retry-After': String(seconds) },
      });
    }
  }

  /** The key was right: the attempt does not count. */
  async succeeded(address: string): Promise<void> {
    await this.#limiter.reward(addressGroup(address));
  }
}
