import { Problem } from '../../protocol/problem.ts';

/** Bytes of one socket that are on their way to the disk: beyond the limit its client goes too fast. */
export class UnackedBytes {
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws Problem `rate_limited` */
  take(bytes: number): void {
    // One of any size that is allowed can always go.
    if (this.#bytes > 0 && this.#bytes + bytes > this.#limit) {
      throw new Problem('rate_limited', 'Too much is not acknowledged yet; send it again later.');
    }
    this.#bytes += bytes;
  }

  /** They are on the disk, or will never be. */
  settle(bytes: number): void {
    this.#bytes -= bytes;
  }
}
