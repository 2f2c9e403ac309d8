import { Pace } from '../../actors/pace.ts';

/**
 * Lets in one after the other, and those who are in have their turns in between: where five hundred come at once, nobody
 * else waits for all of them.
 */
export class Gangway {
  readonly #pace = new Pace();
  #last: Promise<void> = Promise.resolve();

  /** Resolves in the order of the calls. */
  enter(): Promise<void> {
    this.#last = this.#last.then(() => (this.#pace.isOver ? this.#pace.rest() : undefined));
    return this.#last;
  }
}
