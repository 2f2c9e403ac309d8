import type * as Y from 'yjs';
import {
  type AnnotationGeometry,
  type Ids,
  idsOf,
  LOCAL_EDIT,
  type RoomAnnotation,
  type SegmentGeometry,
} from './annotation.ts';
import { invalid } from './annotation-error.ts';
import { checkGeometry } from './check-geometry.ts';
import { checkStyle } from './check-style.ts';
import { checkContent, checkGroupId } from './check-text.ts';
import { entriesOf, entryOf, isSame, writeContent, writeStyle, writeValue } from './entries.ts';
import { hasPlace, Reader, readAnnotation } from './read.ts';

/** What is absent stays as it is. */
export interface AnnotationUpdate {
  /**
   * Replaced whole: half of a move never wins over half of another. A comment whose annotation is gone stands there from
   * then on, also when the annotation comes back.
   */
  readonly geometry?: AnnotationGeometry | SegmentGeometry;
  /** Merged key by key; `null` removes a key. */
  readonly style?: Readonly<Record<string, unknown>>;
  /** Written as the one splice that lies between, so that what others type meanwhile stays. */
  readonly content?: string;
  readonly group_id?: string | null;
  /** Comments only. */
  readonly resolved?: boolean;
}

/**
 * Changes fields of an annotation; writes only what differs.
 *
 * @returns whether it is there
 * @throws AnnotationError `invalid`
 */
export function updateAnnotation(
  doc: Y.Doc,
  id: string,
  update: AnnotationUpdate,
  origin: unknown = LOCAL_EDIT,
): boolean {
  const annotation = readAnnotation(doc, id);
  if (annotation === undefined) return false;
  const geometry = update.geometry === undefined ? undefined : checkedGeometry(annotation, update.geometry);
  if (update.style !== undefined) checkStyle(merged(annotation.style, update.style));
  if (update.content !== undefined) checkContent(update.content);
  if (update.group_id !== undefined) checkGroupId(update.group_id);
  if (update.resolved !== undefined && annotation.type !== 'comment') {
    throw invalid('/resolved', 'is a field of comments only');
  }
  doc.transact(() => {
    const entry = entryOf(doc, id);
    if (entry === undefined) return;
    if (geometry !== undefined && !isSame(annotation.geometry, geometry)) {
      entry.set('geometry', geometry);
      // A comment whose anchor is gone stands on its own once it is put somewhere.
      if (annotation.orphaned) writeValue(entry, 'parent_id', null);
    }
    if (update.style !== undefined) writeStyle(entry, update.style);
    if (update.content !== undefined) writeContent(entry, update.content);
    if (update.group_id !== undefined) writeValue(entry, 'group_id', update.group_id);
    if (update.resolved !== undefined) writeValue(entry, 'resolved', update.resolved);
  }, origin);
  return true;
}

function checkedGeometry(annotation: RoomAnnotation, geometry: unknown): AnnotationGeometry {
  const checked = checkGeometry(annotation.type, geometry);
  const isReply = annotation.type === 'comment' && annotation.parent_id !== null;
  if (!isReply && !('x' in checked) && !('points' in checked)) {
    throw invalid('/geometry', 'must be {x, y} where no parent_id anchors the comment');
  }
  return checked;
}

function merged(
  style: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const keys = new Map(Object.entries(style));
  for (const [key, value] of Object.entries(change)) {
    if (value === null) keys.delete(key);
    else if (value !== undefined) keys.set(key, value);
  }
  return Object.fromEntries(keys);
}

/**
 * Deletes annotations with their replies; {@link restoreAnnotations} brings them back. Comments that are anchored to one
 * stay, where it was.
 *
 * @returns the ids of all that are deleted by it
 */
export function deleteAnnotations(doc: Y.Doc, ids: Ids, origin: unknown = LOCAL_EDIT): string[] {
  const reader = new Reader(doc);
  const deleted = withReplies(doc, idsOf(ids), reader, (reply) => reader.visible(reply.id) !== undefined);
  setStatus(doc, deleted, 'deleted', origin);
  return deleted;
}

/**
 * Brings deleted annotations back with their replies, as they were. What replies to something that is itself deleted
 * cannot come back alone and is passed over.
 *
 * @returns the ids of all that are back by it
 */
export function restoreAnnotations(doc: Y.Doc, ids: Ids, origin: unknown = LOCAL_EDIT): string[] {
  const reader = new Reader(doc);
  const wanted = idsOf(ids);
  const isDeleted = ({ status }: RoomAnnotation): boolean => status === 'deleted';
  const canReturn = (id: string, asked: ReadonlySet<string> = new Set()): boolean => {
    const annotation = reader.any(id);
    if (annotation === undefined || !isDeleted(annotation) || asked.has(id)) return false;
    const { parent_id: parent } = annotation;
    if (parent === null || reader.visible(parent) !== undefined) return true;
    if (hasPlace(annotation) && reader.any(parent)?.type !== 'comment') return true;
    return wanted.includes(parent) && canReturn(parent, new Set([...asked, id]));
  };
  const restored = withReplies(
    doc,
    wanted.filter((id) => canReturn(id)),
    reader,
    isDeleted,
  );
  setStatus(doc, restored, 'active', origin);
  return restored;
}

/** Those of the ids that are meant, and what goes with them. */
function withReplies(
  doc: Y.Doc,
  ids: readonly string[],
  reader: Reader,
  isMeant: (annotation: RoomAnnotation) => boolean,
): string[] {
  const replies = new Map<string, RoomAnnotation[]>();
  for (const id of entriesOf(doc).keys()) {
    const reply = reader.any(id);
    if (reply === undefined || reply.parent_id === null) continue;
    const known = replies.get(reply.parent_id);
    if (known === undefined) replies.set(reply.parent_id, [reply]);
    else known.push(reply);
  }
  const all = new Set<string>();
  const pending = ids.flatMap((id) => reader.any(id) ?? []).filter(isMeant);
  for (const annotation of pending) {
    if (all.has(annotation.id)) continue;
    all.add(annotation.id);
    for (const reply of replies.get(annotation.id) ?? []) {
      const staysBehind = annotation.type !== 'comment' && hasPlace(reply);
      if (!staysBehind && isMeant(reply)) pending.push(reply);
    }
  }
  return [...all];
}

function setStatus(
  doc: Y.Doc,
  ids: readonly string[],
  status: RoomAnnotation['status'],
  origin: unknown,
): void {
  doc.transact(() => {
    for (const id of ids) {
      const entry = entryOf(doc, id);
      if (entry !== undefined) writeValue(entry, 'status', status);
    }
  }, origin);
}
