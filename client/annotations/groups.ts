import { uuidv4 } from 'lib0/random';
import type * as Y from 'yjs';
import { type Ids, idsOf, LOCAL_EDIT, type RoomAnnotation } from './annotation.ts';
import { entryOf, writeValue } from './entries.ts';
import { listAnnotations, visibleOf } from './read.ts';

/**
 * Makes annotations one group; they leave the groups that they were in.
 *
 * @returns the group's id; `undefined` where none of them is there
 */
export function groupAnnotations(doc: Y.Doc, ids: Ids, origin: unknown = LOCAL_EDIT): string | undefined {
  const members = visibleOf(doc, idsOf(ids));
  if (members.length === 0) return undefined;
  const group = uuidv4();
  setGroup(doc, members, group, origin);
  return group;
}

/** Dissolves the groups of these annotations, for all their members. @returns the ids of those that were members */
export function ungroupAnnotations(doc: Y.Doc, ids: Ids, origin: unknown = LOCAL_EDIT): string[] {
  const groups = new Set(visibleOf(doc, idsOf(ids)).flatMap(({ group_id }) => group_id ?? []));
  const members = listAnnotations(doc).filter(({ group_id }) => group_id !== null && groups.has(group_id));
  setGroup(doc, members, null, origin);
  return members.map(({ id }) => id);
}

/** All annotations of a group, as they are painted. */
export const listGroup = (doc: Y.Doc, group: string): RoomAnnotation[] =>
  listAnnotations(doc).filter(({ group_id }) => group_id === group);

function setGroup(
  doc: Y.Doc,
  members: readonly RoomAnnotation[],
  group: string | null,
  origin: unknown,
): void {
  doc.transact(() => {
    for (const { id } of members) {
      const entry = entryOf(doc, id);
      if (entry !== undefined) writeValue(entry, 'group_id', group);
    }
  }, origin);
}
