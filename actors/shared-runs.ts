interface Run<T> {
  /** Resolves when the run is over, whichever way. */
  readonly over: Promise<void>;
  /** The one after it, where somebody waits for it. */
  next: Promise<T> | undefined;
}

/**
 * Shares work among many who want something as new as their question. Of each key one run goes on and at most one waits:
 * whoever comes meanwhile shares the one that waits, since the present one may have begun with what was older.
 */
export class SharedRuns<T> {
  readonly #runs = new Map<string, Run<T>>();

  /** What a run gives that begins now or later. @param work of all of one key does the same */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const present = this.#runs.get(key);
    if (present === undefined) return this.#begin(key, work);
    present.next ??= present.over.then(() => this.#begin(key, work));
    return present.next;
  }

  #begin(key: string, work: () => Promise<T>): Promise<T> {
    const result = work();
    const over = result.then(nothing, nothing);
    const run: Run<T> = { over, next: undefined };
    this.#runs.set(key, run);
    void over.then(() => {
      if (run.next === undefined) this.#runs.delete(key);
    });
    return result;
  }
}

const nothing = (): void => {};
