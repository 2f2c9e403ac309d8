import type { Seq } from '../protocol/ids.ts';

/** A committed event as subscribers are told. */
export interface Fact {
  readonly seq: Seq;
  readonly fact: unknown;
}

interface WeighedFact extends Fact {
  readonly bytes: number;
}

/** Enough for a client that was away for a minute or two at a busy document. */
const FACTS_KEPT = 1_024;
/** Bytes of the events behind the kept facts, so that a few huge ones do not hold a document's history in memory. */
const FACT_BYTES_KEPT = 1024 * 1024;

/**
 * The latest facts of a document, for clients that come back. Older ones are rebuilt from the store.
 * Holds a gapless range that ends at the last committed event.
 */
export class FactLog {
  /** A queue: `#start` is its first live index, compacted when half of the array is dead. */
  #facts: WeighedFact[] = [];
  #start = 0;
  #bytes = 0;
  #head: Seq;

  /** @param head the last event before the first that will be added */
  constructor(head: Seq) {
    this.#head = head;
  }

  /** Facts after this `seq` are here, all of them. */
  get since(): Seq {
    return this.#head - (this.#facts.length - this.#start);
  }

  add(seq: Seq, fact: unknown, bytes: number): void {
    this.#facts.push({ seq, fact, bytes });
    this.#head = seq;
    this.#bytes += bytes;
    while (this.#facts.length - this.#start > FACTS_KEPT || this.#bytes > FACT_BYTES_KEPT) {
      this.#bytes -= this.#facts[this.#start]?.bytes ?? 0;
      this.#start++;
    }
    if (this.#start * 2 > this.#facts.length) {
      this.#facts = this.#facts.slice(this.#start);
      this.#start = 0;
    }
  }

  /** The facts after `seq`; `undefined` where some of them are no longer here. */
  after(seq: Seq): readonly Fact[] | undefined {
    if (seq < this.since) return undefined;
    return this.#facts.slice(this.#start + (seq - this.since));
  }
}
