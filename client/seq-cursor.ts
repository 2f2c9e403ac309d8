/** `next`: the one that was due. `known`: seen before. `gap`: one is missing before it. */
export type SeqVerdict = 'next' | 'known' | 'gap';

/** How far one client has the log of its document: everything up to `last`, nothing beyond it. */
export class SeqCursor {
  #last: number;

  constructor(last = 0) {
    this.#last = last;
  }

  get last(): number {
    return this.#last;
  }

  /** Takes a number in; only the one that is due moves the cursor. */
  take(seq: number): SeqVerdict {
    if (seq <= this.#last) return 'known';
    if (seq > this.#last + 1) return 'gap';
    this.#last = seq;
    return 'next';
  }

  /** A state was taken over that has everything up to `version`. It may be behind: a server can lose what it had. */
  moveTo(version: number): void {
    this.#last = version;
  }
}
