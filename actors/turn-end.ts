/** Something that gathers what it has to write. */
export interface Flushable {
  flush(): void;
}

/** Calls back once at the end of the present turn of the event loop. */
export interface TurnEnd {
  /** At most once per turn and caller. */
  schedule(flushable: Flushable): void;
}

/** One callback for all of a process, after the sockets of this turn have been read. */
export class ImmediateTurnEnd implements TurnEnd {
  readonly #onError: (error: unknown) => void;
  #waiting: Flushable[] = [];

  /** @param onError told of what a flush throws, so that one document's defect does not silence the others */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  schedule(flushable: Flushable): void {
    if (this.#waiting.push(flushable) === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const flushable of waiting) {
      try {
        flushable.flush();
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
