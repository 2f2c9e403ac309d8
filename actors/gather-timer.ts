/** What wants to be called back after a while. */
export interface Gathering {
  /** Its time is over. Called once for each `start`. */
  tick(): void;
}

/** Calls back after a few milliseconds: for doors that gather what they tell. */
export interface GatherTimer {
  start(gathering: Gathering, ms: number): void;
}

interface Due {
  readonly at: number;
  readonly gathering: Gathering;
}

/** What is due within this part of its time is called with what is due now: fewer wake-ups, and none earlier than 3/4. */
const EARLY = 1 / 4;

/**
 * One timer for all gatherings of a process that wait equally long; none while nothing waits. Does not keep the process
 * alive.
 */
export class SharedGatherTimer implements GatherTimer {
  readonly #onError: (error: unknown) => void;
  /** By their time, in the order in which they are due. */
  readonly #waiting = new Map<number, Due[]>();

  /** @param onError told of what a tick throws, so that one document's defect does not silence the others */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  start(gathering: Gathering, ms: number): void {
    const due = { at: performance.now() + ms, gathering };
    const waiting = this.#waiting.get(ms);
    if (waiting !== undefined) {
      waiting.push(due);
      return;
    }
    this.#waiting.set(ms, [due]);
    this.#wake(ms, ms);
  }

  #wake(ms: number, after: number): void {
    setTimeout(() => this.#tick(ms), after).unref();
  }

  #tick(ms: number): void {
    const waiting = this.#waiting.get(ms) ?? [];
    const until = performance.now() + ms * EARLY;
    const later = waiting.findIndex(({ at }) => at > until);
    const due = later < 0 ? waiting : waiting.slice(0, later);
    const rest = later < 0 ? [] : waiting.slice(later);
    this.#waiting.set(ms, rest);
    for (const { gathering } of due) {
      try {
        gathering.tick();
      } catch (error) {
        this.#onError(error);
      }
    }
    const [next] = rest;
    if (next === undefined) this.#waiting.delete(ms);
    else this.#wake(ms, Math.max(1, next.at - performance.now()));
  }
}
