import type { Annotation } from '../../protocol/entities.ts';
import type { AnnotationCrdt } from './annotation-crdt.ts';
import { canAnchor, type Entry, type Known } from './annotation-entry.ts';
import { OrderedList } from './ordered-list.ts';
import { isSeen } from './reply-tree.ts';

/** The annotations that readers have ever seen, deleted ones too, in the orders in which they are told and listed. */
export class KnownAnnotations {
  readonly #crdt: Pick<AnnotationCrdt, 'position'>;
  readonly #byCreation: Known[] = [];
  readonly #listed = new OrderedList<Known>();

  constructor(crdt: Pick<AnnotationCrdt, 'position'>) {
    this.#crdt = crdt;
  }

  /** By creation. */
  all(): readonly Known[] {
    return this.#byCreation;
  }

  /** What lists show, in their order. */
  get listed(): OrderedList<Known> {
    return this.#listed;
  }

  /** Active ones, by creation. */
  active(): Annotation[] {
    const active: Annotation[] = [];
    for (const entry of this.#byCreation) if (isSeen(entry)) active.push(entry.wire);
    return active;
  }

  /** Readers see an entry for the first time. */
  add(entry: Entry, wire: Annotation): void {
    entry.rank = this.#byCreation.length;
    entry.isAnchor ||= canAnchor(wire);
    const known: Known = Object.assign(entry, { wire });
    this.#byCreation.push(known);
    this.#listed.add(known);
  }

  /** By creation; those that are not known yet last, each author's in the order of their making. */
  readonly compare = (a: Entry, b: Entry): number => {
    if (a.rank !== b.rank) return a.rank - b.rank;
    const p = this.#crdt.position(a.id);
    const q = this.#crdt.position(b.id);
    return p.client - q.client || p.clock - q.clock || (a.id < b.id ? -1 : 1);
  };
}
