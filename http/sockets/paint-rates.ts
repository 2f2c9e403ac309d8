import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { PaintRate } from '../../protocol/canvas-messages.ts';

/** Somebody whose painting counts, and what he may paint. */
export interface RatedPainter {
  readonly key: string;
  readonly rate: PaintRate;
}

export type RateDecision =
  | { readonly isAllowed: true }
  /** `retryAfterMs`: then there is room, unless others take it. Absent: there never is, it is more than the burst. */
  | { readonly isAllowed: false; readonly retryAfterMs?: number };

/** Times are kept as ms since 1970 in a double, which has less than a thousandth; it must not cost a second refusal. */
const ROUNDING_MS = 0.01;

/**
 * How fast pixels may be painted: token buckets that hold `burst` pixels and get `pixelsPerSecond` back. Whoever is
 * refused pays nothing.
 *
 * A bucket is kept as the time at which it is full again (the generic cell rate algorithm, ITU-T I.371): the expiry of a
 * record of rate-limiter-flexible, so that one that is full takes no memory. The library's own ways of counting do not
 * give what is promised: a window lets the burst through twice around its end, BurstyRateLimiter adds the rate of the
 * burst to the other one, and both charge those whom they refuse.
 */
export class PaintRates {
  /** Only when a record expires matters. */
  readonly #full = new RateLimiterMemory({ points: 1, duration: 0 });
  /** One after the other, also within a turn: what one takes the next must see. */
  #last: Promise<unknown> = Promise.resolve();

  /** Takes so many pixels from all of them, or from none. Answers come in the order in which they were asked for. */
  take(pixels: number, painters: readonly RatedPainter[]): Promise<RateDecision> {
    const decision = this.#last.then(() => this.#take(pixels, painters));
    this.#last = decision.catch(() => undefined);
    return decision;
  }

  /** Gives back what was taken for pixels that were not painted after all. In its place among what is taken. */
  giveBack(pixels: number, painters: readonly RatedPainter[]): Promise<void> {
    const done = this.#last.then(() => this.#giveBack(pixels, painters));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Buckets that are not full. */
  get size(): number {
    return this.#full.dump().storage.length;
  }

  async #take(pixels: number, painters: readonly RatedPainter[]): Promise<RateDecision> {
    const owed: number[] = [];
    let wait = 0;
    for (const { key, rate } of painters) {
      const until = (await this.#full.get(key))?.msBeforeNext ?? 0;
      const after = Math.max(0, until) + timeOf(pixels, rate);
      owed.push(after);
      wait = Math.max(wait, after - timeOf(rate.burst, rate));
    }
    if (wait > ROUNDING_MS) {
      const isPossible = painters.every(({ rate }) => pixels <= rate.burst);
      return { isAllowed: false, ...(isPossible ? { retryAfterMs: Math.ceil(wait - ROUNDING_MS) } : {}) };
    }
    for (const [index, { key }] of painters.entries())
      await this.#full.set(key, 1, (owed[index] ?? 0) / 1_000);
    return { isAllowed: true };
  }

  async #giveBack(pixels: number, painters: readonly RatedPainter[]): Promise<void> {
    for (const { key, rate } of painters) {
      const owed = ((await this.#full.get(key))?.msBeforeNext ?? 0) - timeOf(pixels, rate);
      if (owed > ROUNDING_MS) await this.#full.set(key, 1, owed / 1_000);
      else await this.#full.delete(key);
    }
  }
}

/** In which so many pixels come back, in ms. */
const timeOf = (pixels: number, { pixelsPerSecond }: PaintRate): number => (pixels * 1_000) / pixelsPerSecond;
