import * as Y from 'yjs';
import { type Entry, entriesOf, isMap } from './entries.ts';
import { IdRanges } from './id-ranges.ts';

/** A step of a `Y.UndoManager`: what one of its user's changes added and deleted. */
export type UndoStep = Y.UndoManager['undoStack'][number];

/** What taking a step back may not do. */
export interface UndoPlan {
  /** Items that stay, though the step added them. */
  readonly kept: IdRanges;
  /** Anything is left to be done. */
  readonly hasEffect: boolean;
}

/**
 * Looks at a step before Yjs takes it back, because Yjs alone would take others' work with it:
 *
 * - It brings a value back over the value that somebody else has set since, where that was overwritten and then itself
 *   brought back by this user. Such values are struck from the step.
 * - It takes away a value that won over a simultaneous one, without bringing back the one before: an annotation without
 *   geometry. Where nothing can come back, what is there stays.
 * - It takes away an entry that this user made with all that others have done in it since, and with their replies. Then
 *   the entry stays.
 *
 * @param isOwn whether an item was made by the user whose step it is
 */
export function planUndo(manager: Y.UndoManager, step: UndoStep, isOwn: (id: Y.ID) => boolean): UndoPlan {
  const { doc } = manager;
  const kept = new IdRanges();
  let hasEffect = false;
  const plan = (transaction: Y.Transaction): void => {
    const { added, deleted } = itemsOf(doc, transaction, step);
    const returning = whatReturns(manager, step, deleted, isOwn);
    const struck = new IdRanges();
    for (const item of deleted)
      if (!returning.has(item)) struck.add(item.id.client, item.id.clock, item.length);
    step.deletions = without(step.deletions, struck);
    const keptTypes = typesWithOthersWork(doc, added, isOwn);
    const lost = valuesLost(doc, deleted, returning);
    for (const item of added) {
      const stays = isWithin(item, keptTypes) || leavesHole(doc, item, lost);
      if (stays) kept.add(item.id.client, item.id.clock, item.length);
      else hasEffect = true;
    }
    hasEffect ||= returning.size > 0;
  };
  doc.transact(plan, manager);
  return { kept, hasEffect };
}

/** What is there of what the step added, and what the step deleted (and did not add itself). */
function itemsOf(
  doc: Y.Doc,
  transaction: Y.Transaction,
  { insertions, deletions }: UndoStep,
): { added: Y.Item[]; deleted: Y.Item[] } {
  const entries = entriesOf(doc);
  const added: Y.Item[] = [];
  const deleted: Y.Item[] = [];
  Y.iterateDeletedStructs(transaction, insertions, (struct) => {
    if (!(struct instanceof Y.Item) || !isIn(entries, struct)) return;
    const item = lastOf(doc, struct);
    if (!item.deleted) added.push(item);
  });
  Y.iterateDeletedStructs(transaction, deletions, (struct) => {
    if (struct instanceof Y.Item && isIn(entries, struct) && !Y.isDeleted(insertions, struct.id))
      deleted.push(struct);
  });
  return { added, deleted };
}

/** Which of the deleted items may come back. */
function whatReturns(
  manager: Y.UndoManager,
  step: UndoStep,
  deleted: readonly Y.Item[],
  isOwn: (id: Y.ID) => boolean,
): Set<Y.Item> {
  const returning = new Set(
    deleted.filter((item) => item.parentSub === null || !isSurpassed(manager, item, step, isOwn)),
  );
  const keys = new Map<unknown, Set<string>>();
  for (const { parent, parentSub } of returning) {
    if (parentSub !== null) keys.set(parent, (keys.get(parent) ?? new Set()).add(parentSub));
  }
  // An entry comes back whole or not at all: somebody may have set its geometry while it was gone.
  for (const item of returning) {
    if (item.parent !== entriesOf(manager.doc) || !(item.content instanceof Y.ContentType)) continue;
    const own = keys.get(item.content.type);
    if (!ESSENTIAL.every((key) => own?.has(key))) returning.delete(item);
  }
  for (const item of returning) if (!hasHome(item, returning)) returning.delete(item);
  return returning;
}

/** Without these an annotation is none. */
const ESSENTIAL = ['type', 'geometry'];

/** Whether what it stands in is there, or comes back with it. */
function hasHome(item: Y.Item, returning: ReadonlySet<Y.Item>): boolean {
  for (let at = parentItemOf(item); at !== null; at = parentItemOf(at)) {
    if (at.deleted && at.redone === null && !returning.has(at)) return false;
  }
  return true;
}

/** Whether somebody else set the key after the item was there; what this user brought back of theirs counts as theirs. */
function isSurpassed(
  { doc, undoStack, redoStack }: Y.UndoManager,
  item: Y.Item,
  step: UndoStep,
  isOwn: (id: Y.ID) => boolean,
): boolean {
  // As Yjs itself looks for a conflict, but it passes over others' values that were brought back.
  const isPassed = ({ id, redone }: Y.Item): boolean =>
    redone !== null ||
    Y.isDeleted(step.insertions, id) ||
    [...undoStack, ...redoStack].some(({ deletions }) => Y.isDeleted(deletions, id));
  let left = item;
  while (left.right !== null) {
    if (!isPassed(left.right) || !isOwn(left.right.id)) return true;
    left = lastOf(doc, left.right);
  }
  return false;
}

/** Types that the step added and in which others have something that would go with them. */
function typesWithOthersWork(
  doc: Y.Doc,
  added: readonly Y.Item[],
  isOwn: (id: Y.ID) => boolean,
): ReadonlySet<Y.Item> {
  const entries = entriesOf(doc);
  let repliedTo: ReadonlySet<unknown> | undefined;
  const isRepliedTo = (id: string | null): boolean => {
    repliedTo ??= idsRepliedTo(entries, isOwn);
    return repliedTo.has(id);
  };
  const isOthers = ({ content, parent, parentSub }: Y.Item): boolean =>
    content instanceof Y.ContentType &&
    (holdsForeign(doc, content.type, isOwn) || (parent === entries && isRepliedTo(parentSub)));
  return new Set(added.filter(isOthers));
}

function holdsForeign(doc: Y.Doc, type: Y.AbstractType<unknown>, isOwn: (id: Y.ID) => boolean): boolean {
  for (const item of childrenOf(type)) {
    const last = lastOf(doc, item);
    if (last.deleted) continue;
    if (!isOwn(item.id)) return true;
    if (item.content instanceof Y.ContentType && holdsForeign(doc, item.content.type, isOwn)) return true;
  }
  return false;
}

/** Every item that a type ever had and that is still known, of all keys and of its list. */
function* childrenOf(type: Y.AbstractType<unknown>): Generator<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) yield item;
  for (const last of type._map.values())
    for (let item: Y.Item | null = last; item !== null; item = item.left) yield item;
}

/** Of the annotations to which others have replied. */
function idsRepliedTo(entries: Entry, isOwn: (id: Y.ID) => boolean): ReadonlySet<unknown> {
  const ids = new Set<unknown>();
  for (const [key, entry] of entries.entries()) {
    if (!isMap(entry) || entry.get('status') === 'deleted') continue;
    const item = entries._map.get(key);
    if (item !== undefined && !isOwn(item.id)) ids.add(entry.get('parent_id'));
  }
  return ids;
}

/** Whether it is one of the types, or stands in one that is an entry: an entry stays whole. */
function isWithin(item: Y.Item, types: ReadonlySet<Y.Item>): boolean {
  if (types.has(item)) return true;
  for (let at = parentItemOf(item); at !== null; at = parentItemOf(at)) {
    if (types.has(at) && parentItemOf(at) === null) return true;
  }
  return false;
}

/** By what holds a key (`null`: the root) and the key: whether the value that the step deleted there comes back. */
type Losses = ReadonlyMap<Y.Item | null, ReadonlyMap<string, boolean>>;

function valuesLost(doc: Y.Doc, deleted: readonly Y.Item[], returning: ReadonlySet<Y.Item>): Losses {
  const losses = new Map<Y.Item | null, Map<string, boolean>>();
  for (const item of deleted) {
    if (item.parentSub === null) continue;
    const place = placeOf(doc, item);
    const keys = losses.get(place) ?? new Map<string, boolean>();
    losses.set(place, keys.set(item.parentSub, keys.get(item.parentSub) === true || returning.has(item)));
  }
  return losses;
}

/** Whether the key had a value before the step that cannot come back. */
const leavesHole = (doc: Y.Doc, item: Y.Item, lost: Losses): boolean =>
  item.parentSub !== null && lost.get(placeOf(doc, item))?.get(item.parentSub) === false;

function placeOf(doc: Y.Doc, item: Y.Item): Y.Item | null {
  const parent = parentItemOf(item);
  return parent && lastOf(doc, parent);
}

const parentItemOf = ({ parent }: Y.Item): Y.Item | null =>
  parent instanceof Y.AbstractType ? parent._item : null;

function isIn(entries: Entry, item: Y.Item): boolean {
  for (let at: Y.Item | null = item; at !== null; at = parentItemOf(at))
    if (at.parent === entries) return true;
  return false;
}

/** What it was brought back as, if it was; the item itself else. */
function lastOf(doc: Y.Doc, item: Y.Item): Y.Item {
  let last = item;
  while (last.redone !== null) {
    const next: unknown = Y.getItem(doc.store, last.redone);
    if (!(next instanceof Y.Item)) return last;
    last = next;
  }
  return last;
}

/** A delete set without some ids of items that have one clock each. */
function without(set: UndoStep['deletions'], struck: IdRanges): UndoStep['deletions'] {
  const left: UndoStep['deletions'] = Y.createDeleteSet();
  for (const [client, ranges] of set.clients) {
    const parts: typeof ranges = [];
    for (const { clock, len } of ranges) {
      for (let at = clock; at < clock + len; at += 1) {
        if (struck.has(Y.createID(client, at))) continue;
        const last = parts.at(-1);
        if (last !== undefined && last.clock + last.len === at) last.len += 1;
        else parts.push({ clock: at, len: 1 });
      }
    }
    if (parts.length > 0) left.clients.set(client, parts);
  }
  return left;
}
