import type { Clock } from '../../http/sockets/clock.ts';

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  readonly #timers = new Set<{ readonly intervalMs: number; dueAt: number; readonly callback: () => void }>();
  #now = 0;

  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  every(intervalMs: number, callback: () => void): () => void {
    const timer = { intervalMs, dueAt: this.#now + intervalMs, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.dueAt - b.dueAt);
      if (next === undefined || next.dueAt > until) break;
      this.#now = next.dueAt;
      next.dueAt += next.intervalMs;
      next.callback();
    }
    this.#now = until;
  }
}
