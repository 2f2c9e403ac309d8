import type { ClientTimers } from '../../client/client-timers.ts';

/** Time that passes when it is told to. */
export class FakeTimers implements ClientTimers {
  #now = 0;
  #calls: { readonly at: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const call = { at: this.#now + delayMs, callback };
    this.#calls.push(call);
    return () => {
      this.#calls = this.#calls.filter((other) => other !== call);
    };
  }

  /** Lets so many milliseconds pass, and everything happen that is due meanwhile, in its order. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [due] = this.#calls.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (due === undefined) break;
      this.#calls = this.#calls.filter((other) => other !== due);
      this.#now = due.at;
      due.callback();
    }
    this.#now = until;
  }

  /** How many callbacks wait. */
  get waiting(): number {
    return this.#calls.length;
  }
}
