import * as Y from 'yjs';
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

interface Splice {
  /** UTF-16 units, as Y.Text counts. */
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

/** The one splice that makes `after` of `before`; never cuts a surrogate pair, which Yjs would replace by U+FFFD. */
export function spliceBetween(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix += 1;
  if (prefix > 0 && isHighSurrogate(before.charCodeAt(prefix - 1))) prefix -= 1;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  ) {
    suffix += 1;
  }
  if (suffix > 0 && isLowSurrogate(before.charCodeAt(before.length - suffix))) suffix -= 1;
  return {
    at: prefix,
    removed: before.length - prefix - suffix,
    inserted: after.slice(prefix, after.length - suffix),
  };
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
