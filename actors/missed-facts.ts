import type { AnyDocumentKind } from '../documents/kind.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import type { DocumentStore } from '../storage/port.ts';
import type { Fact } from './fact-log.ts';
import { factsBetween } from './history.ts';
import { timeLimit } from './time-limit.ts';

/** The facts with `from < seq <= upTo` that are being read. */
interface Reading {
  readonly from: Seq;
  readonly upTo: Seq;
  readonly facts: Promise<readonly Fact[] | undefined>;
}

/** Reads what subscribers missed from a document's log. Many come back at once after a restart: they share a reading. */
export class MissedFacts {
  readonly #store: DocumentStore;
  readonly #kind: AnyDocumentKind;
  readonly #id: DocumentId;
  readonly #limitMs: number;
  #reading: Reading | undefined;

  /** @param limitMs a reading that takes longer is given up */
  constructor(store: DocumentStore, kind: AnyDocumentKind, id: DocumentId, limitMs: number) {
    this.#store = store;
    this.#kind = kind;
    this.#id = id;
    this.#limitMs = limitMs;
  }

  /**
   * The facts after `afterSeq`, up to `upTo`, which is durable, or to an earlier one that somebody else asked for a
   * moment ago; `undefined` where they are no longer kept. Readings follow each other.
   *
   * @throws what the store does, and where it does not answer in time
   */
  read(afterSeq: Seq, upTo: Seq): Promise<readonly Fact[] | undefined> {
    const shared = this.#reading;
    // A busy document has another last event for each who comes: what is behind the reading's is remembered.
    if (shared !== undefined && shared.from <= afterSeq && afterSeq <= shared.upTo) {
      return shared.facts.then((facts) => facts?.filter(({ seq }) => seq > afterSeq));
    }
    const before = shared?.facts.catch(() => undefined) ?? Promise.resolve(undefined);
    const facts = before.then(() =>
      timeLimit(factsBetween(this.#store, this.#kind, this.#id, afterSeq, upTo), this.#limitMs),
    );
    const reading = { from: afterSeq, upTo, facts };
    this.#reading = reading;
    const done = (): void => {
      if (this.#reading === reading) this.#reading = undefined;
    };
    facts.then(done, done);
    return facts;
  }
}
