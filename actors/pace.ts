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
}
