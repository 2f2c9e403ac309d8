import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work may go on before others get a turn, in ms. */
const STRETCH_MS = 5;

/** Divides long work into stretches between which the event loop serves others. */
export class Pace {
  #since = performance.now();

  /** The stretch is over: time for `rest`. */
  get isOver(): boolean {
    return performance.now() - this.#since >= STRETCH_MS;
  }

  async rest(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
  }

  /** Does work to its end, which says with each `yield` that it may be interrupted there. */
  async drive<T>(work: Generator<void, T>): Promise<T> {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      if (this.isOver) await this.rest();
    }
  }
}
