import type { Annotation } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import type { Instant } from '../kind.ts';
import type { AnnotationCrdt, EntryReading } from './annotation-crdt.ts';
import { hasFields, newStamp, nextStamp, type Stamp, stampOf, toWire } from './annotation-wire.ts';
import type { AnnotationFields } from './fields.ts';
import { OrderedList } from './ordered-list.ts';
import { type Reply, ReplyTree } from './reply-tree.ts';

/** What one event did to the annotations that readers see; each list by order of creation. */
export interface Changes {
  /** New ones, and ones that were deleted (or quarantined) and are back. */
  readonly created: readonly Annotation[];
  readonly updated: readonly Annotation[];
  /** Deleted ones, and ones that stopped to be valid. */
  readonly deleted: readonly Annotation[];
  /** Touched entries that are active in the CRDT, but that readers do not see. */
  readonly quarantined: readonly { readonly id: string; readonly path: string; readonly message: string }[];
}

/** A key of the CRDT, and what readers know of it; alive where it is valid and active. */
interface Entry extends Reply {
  /** As readers saw it last; absent where they never did. `active` exactly where it is visible. */
  wire: Annotation | undefined;
  /** Of the first time that it was visible, in milliseconds. */
  createdAt: number;
  /** 0, 1, 2, ... by first visibility; paints later what is higher. */
  rank: number;
}

type Known = Entry & { wire: Annotation };

/** What a snapshot keeps of an entry that readers have seen: all of a deleted one, of others what the CRDT lacks. */
export type RestoredEntry = { readonly id: string; readonly createdAt: number } & (
  | { readonly wire: Annotation }
  | { readonly stamp: Stamp }
);

const NO_PARENT = {
  path: '/parent_id',
  message: 'must name an active annotation of this document that is none of its own replies',
};

/**
 * What readers see of the CRDT: its valid, active entries whose parents are seen too, with what only the log knows
 * (version, created and updated at and by, order of creation). A function of the log: nothing else changes it.
 *
 * The rule of quarantine: an entry that does not validate, or whose parent is not seen (unknown, deleted, quarantined,
 * or among its own replies), is not seen; if it was, it is deleted for readers. When an update makes it valid again
 * it is created for them, with its old `created_*`. Its version goes up both times and never starts again.
 */
export class Projection {
  readonly #documentId: DocumentId;
  readonly #crdt: AnnotationCrdt;
  readonly #tree = new ReplyTree<Entry>();
  readonly #byCreation: Known[] = [];
  readonly #listed = new OrderedList<Known>();
  #active = 0;

  constructor(documentId: DocumentId, crdt: AnnotationCrdt) {
    this.#documentId = documentId;
    this.#crdt = crdt;
  }

  /** As readers see it, deleted or not. */
  get(id: string): Annotation | undefined {
    return this.#tree.get(id)?.wire;
  }

  getActive(id: string): Annotation | undefined {
    const entry = this.#tree.get(id);
    return entry?.visible ? entry.wire : undefined;
  }

  createdAt(id: string): number {
    return this.#tree.get(id)?.createdAt ?? 0;
  }

  get activeCount(): number {
    return this.#active;
  }

  /** By creation; deleted ones too. */
  known(): readonly Readonly<Known>[] {
    return this.#byCreation;
  }

  /** Active ones, by creation. */
  active(): Annotation[] {
    const active: Annotation[] = [];
    for (const { visible, wire } of this.#byCreation) if (visible) active.push(wire);
    return active;
  }

  /** Entries of the CRDT that are valid and active, seen or not; by id, whatever the history was. */
  alive(): string[] {
    const ids: string[] = [];
    for (const { alive, id } of this.#tree.values()) if (alive) ids.push(id);
    return ids.sort();
  }

  /** What lists show, in their order. */
  get listed(): OrderedList<Readonly<Known>> {
    return this.#listed;
  }

  /** Whether an active annotation is `other`, or a reply to it, or to one of its replies, and so on. */
  isUnder(id: string, other: string): boolean {
    return this.#tree.isUnder(id, other);
  }

  /** An active annotation and all its active replies, by id. */
  withReplies(id: string): string[] {
    return this.#tree.withReplies(id);
  }

  /**
   * Takes over what the CRDT says of the touched entries. Costs as much as they are, and their replies.
   *
   * @param subject the annotation that the event is about: its version goes up even where nothing differs.
   */
  fold(touched: ReadonlySet<string>, instant: Instant, subject?: string): Changes {
    const readings = new Map<string, EntryReading>();
    for (const id of touched) readings.set(id, this.#crdt.read(id));
    const concerned = new Set<Entry>(this.#tree.settle(this.#place(readings)));
    for (const id of subject === undefined ? touched : [subject, ...touched]) {
      const entry = this.#tree.get(id);
      if (entry) concerned.add(entry);
    }
    const order = [...concerned];
    if (order.length > 1) order.sort((a, b) => this.#compare(a, b));
    const created: Annotation[] = [];
    const updated: Annotation[] = [];
    const deleted: Annotation[] = [];
    for (const entry of order) {
      const was = entry.wire;
      if (entry.visible) {
        const { fields } = readings.get(entry.id) ?? this.#crdt.read(entry.id);
        if (fields === undefined) throw new Error(`annotation ${entry.id} is visible but not valid`);
        if (was?.status !== 'active') created.push(this.#show(entry, fields, instant));
        else if (entry.id === subject || !hasFields(was, fields))
          updated.push(this.#show(entry, fields, instant));
      } else if (was?.status === 'active') {
        entry.wire = { ...was, ...nextStamp(was, instant), status: 'deleted' };
        deleted.push(entry.wire);
        this.#active -= 1;
      }
    }
    return { created, updated, deleted, quarantined: this.#quarantined(readings) };
  }

  /**
   * Rebuilds what a snapshot left out. To be called once, on an empty projection. Never fails: Yjs does not promise
   * that a state which a hostile client bent is the same after loading; the CRDT is right then.
   */
  restore(known: Iterable<RestoredEntry>): void {
    const readings = new Map<string, EntryReading>();
    for (const id of this.#crdt.keys()) readings.set(id, this.#crdt.read(id));
    for (const restored of known) {
      const { id, createdAt } = restored;
      const entry: Entry = { ...blank(id), createdAt };
      this.#tree.add(entry);
      const stamp = 'wire' in restored ? stampOf(restored.wire) : restored.stamp;
      const fields = readings.get(id)?.fields;
      const wire = 'wire' in restored ? restored.wire : toWire(id, this.#documentId, fields ?? LOST, stamp);
      this.#register(entry, wire);
    }
    this.#tree.settle(this.#place(readings));
    for (const entry of this.#byCreation) {
      const fields = readings.get(entry.id)?.fields;
      if (entry.visible) this.#active += 1;
      if (entry.visible === (entry.wire.status === 'active')) continue;
      entry.wire =
        entry.visible && fields
          ? toWire(entry.id, this.#documentId, fields, stampOf(entry.wire))
          : { ...entry.wire, status: 'deleted' };
    }
  }

  /** Puts each entry in its place among the replies; answers those that must be settled. */
  #place(readings: ReadonlyMap<string, EntryReading>): Entry[] {
    const moved: Entry[] = [];
    for (const [id, { fields, status }] of readings) {
      let entry = this.#tree.get(id);
      if (entry === undefined) {
        if (status === 'gone') continue;
        entry = blank(id);
        this.#tree.add(entry);
      } else if (status === 'gone' && entry.wire === undefined) {
        this.#tree.delete(entry);
      }
      const alive = fields !== undefined && status === 'active';
      if (this.#tree.place(entry, alive, fields?.parent_id ?? null)) moved.push(entry);
    }
    return moved;
  }

  /** Makes the wire shape of an entry that is visible. */
  #show(entry: Entry, fields: AnnotationFields, instant: Instant): Annotation {
    const was = entry.wire;
    const stamp = was ? nextStamp(was, instant) : newStamp(instant);
    const wire = toWire(entry.id, this.#documentId, fields, stamp);
    entry.wire = wire;
    if (was === undefined) {
      entry.createdAt = instant.at;
      this.#register(entry, wire);
    }
    if (was?.status !== 'active') this.#active += 1;
    return wire;
  }

  #register(entry: Entry, wire: Annotation): void {
    entry.rank = this.#byCreation.length;
    const known: Known = Object.assign(entry, { wire });
    this.#byCreation.push(known);
    this.#listed.add(known);
  }

  /** By creation; new ones last, each author's in the order of their making. */
  #compare(a: Entry, b: Entry): number {
    if (a.rank !== b.rank) return a.rank - b.rank;
    const p = this.#crdt.position(a.id);
    const q = this.#crdt.position(b.id);
    return p.client - q.client || p.clock - q.clock || (a.id < b.id ? -1 : 1);
  }

  #quarantined(readings: ReadonlyMap<string, EntryReading>): Changes['quarantined'] {
    const quarantined: Changes['quarantined'][number][] = [];
    for (const [id, { fault, status }] of readings) {
      if (status !== 'active' || this.#tree.get(id)?.visible) continue;
      quarantined.push({ id, ...(fault ?? NO_PARENT) });
    }
    return quarantined.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** Stands for what an annotation said, where not even the CRDT knows any more. */
const LOST: AnnotationFields = {
  type: 'comment',
  geometry: {},
  style: {},
  content: '',
  parent_id: null,
  group_id: null,
  resolved: false,
};

const UNRANKED = Number.MAX_SAFE_INTEGER;

const blank = (id: string): Entry => ({
  id,
  alive: false,
  parent: null,
  visible: false,
  wire: undefined,
  createdAt: 0,
  rank: UNRANKED,
});
