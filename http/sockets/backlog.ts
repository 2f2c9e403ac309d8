import type { SocketLimits } from './limits.ts';

/** `write` it, `drop` it, or give the reader up. */
export type BacklogVerdict = 'write' | 'drop' | 'too-slow';

/**
 * Judges how far one reader is behind, by the bytes that wait in its socket.
 *
 * What the reader must take before it can be live does not count: its first delivery (the welcome and all that it
 * missed), and one that alone is over the budget, such as a revert of thousands of annotations. Those are paced by the
 * socket. Everything after them is live, and only as much as the budget of it may wait.
 */
export class Backlog {
  readonly #limits: SocketLimits;
  /** Bytes handed to the socket so far. */
  #enqueued = 0;
  /** Up to here they are paced by the socket. */
  #pacedUntil = 0;
  /** Where the last delivery begins that was live and over the budget alone. */
  #bulkFrom = 0;

  constructor(limits: SocketLimits) {
    this.#limits = limits;
  }

  /**
   * @param waiting bytes in the socket now
   * @param length bytes that are about to be written
   * @param isCatchUp they are of what the reader must take before it can be live
   */
  judge(waiting: number, length: number, droppable: boolean, isCatchUp = false): BacklogVerdict {
    const { backlogBytes, droppableBytes, waitingBytes } = this.#limits;
    const live = Math.min(waiting, this.#enqueued - this.#pacedUntil);
    if (droppable && live + length > droppableBytes) return 'drop';
    const paced = isCatchUp || this.#enqueued === 0 || length > backlogBytes;
    if (live + (paced ? 0 : length) > backlogBytes) return 'too-slow';
    if (waiting > 0 && waiting + length > waitingBytes) return 'too-slow';
    if (!isCatchUp && this.#enqueued > 0 && length > backlogBytes) {
      // One such delivery may wait; with the next one the reader must have come to it.
      if (this.#enqueued - waiting < this.#bulkFrom) return 'too-slow';
      this.#bulkFrom = this.#enqueued;
    }
    this.#enqueued += length;
    if (paced) this.#pacedUntil = this.#enqueued;
    return 'write';
  }
}
