import type { TextDocument } from '../../protocol/entities.ts';
import type { DocumentId, Seq } from '../../protocol/ids.ts';
import type { TextFact, TextSnapshot } from '../../protocol/text-messages.ts';

/** How much was written since a snapshot was last made or asked for. */
export interface Unmerged {
  readonly updates: number;
  /** When the first of them was made, in ms since 1970; 0 where there are none. */
  readonly since: number;
}

const NOTHING: Unmerged = { updates: 0, since: 0 };

/**
 * A text document: what lists show of it, its latest snapshot, and the facts of all events after that.
 *
 * Invariant: `tail[i]` is the fact of event `snapshot.version + 1 + i`, up to the last event.
 */
export class TextState {
  readonly id: DocumentId;
  document: TextDocument | undefined;
  snapshot: TextSnapshot = { version: 0, bytes: new Uint8Array(0) };
  unmerged: Unmerged = NOTHING;
  readonly tail: TextFact[] = [];
  #tailBytes = 0;

  constructor(id: DocumentId) {
    this.id = id;
  }

  /** Bytes of the updates after the snapshot. */
  get tailBytes(): number {
    return this.#tailBytes;
  }

  /** The fact of the next event. */
  add(fact: TextFact): void {
    this.tail.push(fact);
    this.#tailBytes += bytesOf(fact);
  }

  countUpdate(at: number): Unmerged {
    const { updates, since } = this.unmerged;
    this.unmerged = { updates: updates + 1, since: updates === 0 ? at : since };
    return this.unmerged;
  }

  /** Somebody was asked to make a snapshot; a further one is asked when as much was written again. */
  resetUnmerged(): void {
    this.unmerged = NOTHING;
  }

  /** Replaces the snapshot by a newer one, made of no more than the events that there are. */
  replaceSnapshot(snapshot: TextSnapshot, at: number): void {
    for (const fact of this.tail.splice(0, snapshot.version - this.snapshot.version)) {
      this.#tailBytes -= bytesOf(fact);
    }
    this.snapshot = snapshot;
    const updates = this.tail.reduce((count, { type }) => (type === 'update' ? count + 1 : count), 0);
    this.unmerged = updates === 0 ? NOTHING : { updates, since: at };
  }

  /** The facts after event `seq`; `undefined` where the snapshot has swallowed some of them. */
  factsAfter(seq: Seq): readonly TextFact[] | undefined {
    return seq < this.snapshot.version ? undefined : this.tail.slice(seq - this.snapshot.version);
  }
}

const bytesOf = (fact: TextFact): number => (fact.type === 'update' ? fact.delta.length : 0);
