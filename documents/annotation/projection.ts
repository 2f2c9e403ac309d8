import { anchorPoint, type Point } from '../../protocol/comment-anchor.ts';
import type { Annotation } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import type { Instant } from '../kind.ts';
import type { AnnotationCrdt, Touched } from './annotation-crdt.ts';
import {
  blankEntry,
  canAnchor,
  type Entry,
  type Known,
  LOST,
  type RestoredEntry,
} from './annotation-entry.ts';
import { hasLook, type Look, newStamp, nextStamp, stampOf, toWire } from './annotation-wire.ts';
import type { EntryReading } from './entry-reading.ts';
import { type AnnotationFields, hasPlace } from './fields.ts';
import { KnownAnnotations } from './known-annotations.ts';
import type { OrderedList } from './ordered-list.ts';
import { isSeen, ReplyTree } from './reply-tree.ts';

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

const NO_PARENT = {
  path: '/parent_id',
  message: 'must name an active annotation of this document that is none of its own replies',
};

const NO_READINGS: ReadonlyMap<string, EntryReading> = new Map();

/**
 * What readers see of the CRDT: its valid, active entries whose parents are seen too, with what only the log knows
 * (version, created and updated at and by, order of creation). A function of the log: nothing else changes it.
 *
 * The rule of quarantine: an entry that does not validate, or whose parent is not seen (unknown, deleted, quarantined,
 * or among its own replies), is not seen; if it was, it is deleted for readers. When an update makes it valid again
 * it is created for them, with its old `created_*`. Its version goes up both times and never starts again.
 *
 * The rule of orphans: a comment with a place of its own, on something that is or was more than a comment, is seen even
 * where that is gone. It is then `orphaned`, and its geometry is that of its anchor: as the CRDT has it, which is all
 * that clients know, or where the CRDT has lost it, as readers saw it last. With its anchor it comes back to what it was.
 * Its version goes up both times.
 */
export class Projection {
  readonly #documentId: DocumentId;
  readonly #crdt: AnnotationCrdt;
  readonly #tree = new ReplyTree<Entry>();
  readonly #known: KnownAnnotations;
  #active = 0;

  constructor(documentId: DocumentId, crdt: AnnotationCrdt) {
    this.#documentId = documentId;
    this.#crdt = crdt;
    this.#known = new KnownAnnotations(crdt);
  }

  /** As readers see it, deleted or not. */
  get(id: string): Annotation | undefined {
    return this.#tree.get(id)?.wire;
  }

  getActive(id: string): Annotation | undefined {
    const entry = this.#tree.get(id);
    return entry && isSeen(entry) ? entry.wire : undefined;
  }

  createdAt(id: string): number {
    return this.#tree.get(id)?.createdAt ?? 0;
  }

  get activeCount(): number {
    return this.#active;
  }

  /** Where an orphan stands that an annotation left behind; absent where there never was such an annotation. */
  anchorPlace(id: string | null): Point | undefined {
    const anchor = id === null ? undefined : this.#tree.get(id);
    return anchor?.isAnchor === true ? this.#placeOn(anchor, NO_READINGS) : undefined;
  }

  /** By creation; deleted ones too. */
  known(): readonly Readonly<Known>[] {
    return this.#known.all();
  }

  /** Active ones, by creation. */
  active(): Annotation[] {
    return this.#known.active();
  }

  /** Entries of the CRDT that are valid and active, seen or not; by id, whatever the history was. */
  alive(): string[] {
    const ids: string[] = [];
    for (const { alive, id } of this.#tree.values()) if (alive) ids.push(id);
    return ids.sort();
  }

  /** What lists show, in their order. */
  get listed(): OrderedList<Readonly<Known>> {
    return this.#known.listed;
  }

  /** Whether an annotation is `other`, or a reply to it, or to one of its replies, and so on, active or not. */
  isUnder(id: string, other: string): boolean {
    return this.#tree.isUnder(id, other);
  }

  /** An active annotation and those that are deleted with it, by id: its replies, but no comments that stay behind. */
  withReplies(id: string): string[] {
    return this.#tree.withReplies(id);
  }

  /**
   * Takes over what the CRDT says of the touched entries. Costs as much as they are, and their replies.
   *
   * @param subject the annotation that the event is about: its version goes up even where nothing differs.
   */
  fold(touched: Touched, instant: Instant, subject?: string): Changes {
    const readings = new Map<string, EntryReading>();
    for (const id of touched) readings.set(id, this.#crdt.read(id));
    const concerned = new Set<Entry>(this.#tree.settle(this.#place(readings)));
    for (const id of subject === undefined ? touched : [subject, ...touched]) {
      const entry = this.#tree.get(id);
      if (entry) concerned.add(entry);
    }
    this.#addOrphansOf(touched, concerned);
    const order = [...concerned];
    if (order.length > 1) order.sort(this.#known.compare);
    const created: Annotation[] = [];
    const updated: Annotation[] = [];
    const deleted: Annotation[] = [];
    for (const entry of order) {
      const was = entry.wire;
      if (isSeen(entry)) {
        const { fields } = this.#readingOf(entry.id, readings);
        if (fields === undefined) throw new Error(`annotation ${entry.id} is seen but not valid`);
        const look = this.#lookOf(entry, fields, readings);
        if (was?.status !== 'active') created.push(this.#show(entry, look, instant));
        else if (entry.id === subject || !hasLook(was, look)) updated.push(this.#show(entry, look, instant));
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
      const { id, createdAt, isAnchor } = restored;
      const entry: Entry = { ...blankEntry(id), createdAt, isAnchor };
      this.#tree.add(entry);
      const stamp = 'wire' in restored ? stampOf(restored.wire) : restored.stamp;
      const fields = readings.get(id)?.fields;
      const wire = 'wire' in restored ? restored.wire : toWire(id, this.#documentId, fields ?? LOST, stamp);
      this.#known.add(entry, wire);
    }
    this.#tree.settle(this.#place(readings));
    for (const entry of this.#known.all()) {
      const { sight, wire } = entry;
      const fields = readings.get(entry.id)?.fields;
      if (isSeen(entry)) this.#active += 1;
      if (!isSeen(entry) || fields === undefined) {
        if (wire.status === 'active') entry.wire = { ...wire, status: 'deleted' };
      } else if (sight === 'orphaned' || wire.status === 'deleted') {
        entry.wire = toWire(entry.id, this.#documentId, this.#lookOf(entry, fields, readings), stampOf(wire));
      }
    }
  }

  /** Puts each entry in its place among the replies; answers those that must be settled. */
  #place(readings: ReadonlyMap<string, EntryReading>): Entry[] {
    const moved: Entry[] = [];
    for (const [id, { fields, status }] of readings) {
      let entry = this.#tree.get(id);
      if (entry === undefined) {
        if (status === 'gone') continue;
        entry = blankEntry(id);
        this.#tree.add(entry);
      } else if (status === 'gone' && entry.wire === undefined) {
        this.#tree.delete(entry);
      }
      const standing = {
        alive: fields !== undefined && status === 'active',
        parent: fields?.parent_id ?? null,
        hasPlace: fields?.type === 'comment' && hasPlace(fields.geometry),
      };
      const { isAnchor } = entry;
      // Deleted before anybody saw it: comments that came with it know it all the same.
      if (entry.wire === undefined) entry.isAnchor = fields !== undefined && canAnchor(fields);
      if (this.#tree.place(entry, standing) || entry.isAnchor !== isAnchor) moved.push(entry);
    }
    return moved;
  }

  /** Those that an anchor left behind, which is moved while nobody sees it: who moved it did not know that it is gone. */
  #addOrphansOf(touched: Touched, concerned: Set<Entry>): void {
    for (const id of touched) {
      const anchor = this.#tree.get(id);
      if (anchor === undefined || isSeen(anchor)) continue;
      for (const reply of this.#tree.repliesTo(anchor)) if (reply.sight === 'orphaned') concerned.add(reply);
    }
  }

  /** What readers see of an entry that is seen. */
  #lookOf(entry: Entry, fields: AnnotationFields, readings: ReadonlyMap<string, EntryReading>): Look {
    if (entry.sight !== 'orphaned') return fields;
    const anchor = this.#tree.parentOf(entry);
    const geometry = (anchor && this.#placeOn(anchor, readings)) ?? fields.geometry;
    return { ...fields, geometry, orphaned: true };
  }

  /** As clients see it, who have only the CRDT; where that does not say it any more, as readers saw it last. */
  #placeOn({ id, wire }: Entry, readings: ReadonlyMap<string, EntryReading>): Point | undefined {
    const anchor = this.#readingOf(id, readings).fields ?? wire;
    return anchor && anchorPoint(anchor.type, anchor.geometry);
  }

  #readingOf(id: string, readings: ReadonlyMap<string, EntryReading>): EntryReading {
    return readings.get(id) ?? this.#crdt.read(id);
  }

  /** Makes the wire shape of an entry that is seen. */
  #show(entry: Entry, look: Look, instant: Instant): Annotation {
    const was = entry.wire;
    const stamp = was ? nextStamp(was, instant) : newStamp(instant);
    const wire = toWire(entry.id, this.#documentId, look, stamp);
    entry.wire = wire;
    entry.isAnchor ||= canAnchor(wire);
    if (was === undefined) {
      entry.createdAt = instant.at;
      this.#known.add(entry, wire);
    }
    if (was?.status !== 'active') this.#active += 1;
    return wire;
  }

  #quarantined(readings: ReadonlyMap<string, EntryReading>): Changes['quarantined'] {
    const quarantined: Changes['quarantined'][number][] = [];
    for (const [id, { fault, status }] of readings) {
      const entry = this.#tree.get(id);
      if (status !== 'active' || (entry && isSeen(entry))) continue;
      quarantined.push({ id, ...(fault ?? NO_PARENT) });
    }
    return quarantined.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
