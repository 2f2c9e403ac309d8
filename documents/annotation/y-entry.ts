import * as Y from 'yjs';
import { spliceBetween } from '../../protocol/text-splice.ts';
import type { AnnotationFields } from './fields.ts';
import { isEqualPlain } from './plain.ts';

type Entry = Y.Map<unknown>;

/**
 * Makes an entry say `fields`; those that are not given stay. Only what differs is written, and as finely as the
 * CRDT merges: style key by key, content as one small splice. Whatever a client left in the entry is replaced.
 * The entry must stand in its document: a Y.Map that does not can be written, but not read.
 */
export function writeFields(entry: Entry, fields: Partial<AnnotationFields>): void {
  const { type, geometry, style, content, parent_id, group_id, resolved } = fields;
  if (type !== undefined) write(entry, 'type', type);
  if (geometry !== undefined) write(entry, 'geometry', geometry);
  if (style !== undefined) writeStyle(entry, style);
  if (content !== undefined) writeContent(entry, content);
  if (parent_id !== undefined) writeNullable(entry, 'parent_id', parent_id);
  if (group_id !== undefined) writeNullable(entry, 'group_id', group_id);
  if (resolved !== undefined) write(entry, 'resolved', resolved);
  else if (type !== undefined && entry.has('resolved')) entry.delete('resolved');
}

function write(entry: Entry, key: string, value: unknown): void {
  if (!isEqualPlain(entry.get(key), value)) entry.set(key, value);
}

function writeNullable(entry: Entry, key: string, value: string | null): void {
  if ((entry.get(key) ?? null) !== value) entry.set(key, value);
}

function writeStyle(entry: Entry, style: Readonly<Record<string, unknown>>): void {
  const present = entry.get('style');
  if (!(present instanceof Y.Map)) {
    entry.set('style', new Y.Map(Object.entries(style)));
    return;
  }
  for (const key of [...present.keys()]) {
    if (!Object.hasOwn(style, key)) present.delete(key);
  }
  for (const [key, value] of Object.entries(style)) write(present, key, value);
}

function writeContent(entry: Entry, content: string): void {
  const present = entry.get('content');
  const text = present instanceof Y.Text ? present.toString() : undefined;
  if (!(present instanceof Y.Text) || text === undefined || text.length !== present.length) {
    entry.set('content', new Y.Text(content));
    return;
  }
  const { at, removed, inserted } = spliceBetween(text, content);
  if (removed > 0) present.delete(at, removed);
  if (inserted !== '') present.insert(at, inserted);
}
