import * as Y from 'yjs';
import { spliceBetween } from '../../protocol/text-splice.ts';
import type { AnnotationStyleInput } from './annotation.ts';

/** An annotation in the document: `type`, `geometry` (one plain value), `style` (Y.Map), `content` (Y.Text), ... */
export type Entry = Y.Map<unknown>;

/** The root map of a room's document: id → entry. */
export const entriesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('annotations');

export const isMap = (value: unknown): value is Entry =>
  value instanceof Y.Map && !(value instanceof Y.XmlHook);

export function entryOf(doc: Y.Doc, id: string): Entry | undefined {
  const entry = entriesOf(doc).get(id);
  return isMap(entry) ? entry : undefined;
}

/** Writes a member unless it is there already. */
export function writeValue(entry: Entry, key: string, value: string | boolean | null): void {
  if ((entry.get(key) ?? null) !== value) entry.set(key, value);
}

/** Writes what differs of a style, key by key, so that two who change different keys both prevail. */
export function writeStyle(entry: Entry, style: Readonly<Record<string, unknown>>): void {
  const present = entry.get('style');
  const map = isMap(present) ? present : new Y.Map<unknown>();
  if (map !== present) entry.set('style', map);
  for (const [key, value] of Object.entries(style)) {
    if (value === undefined) continue;
    if (value === null) {
      if (map.has(key)) map.delete(key);
    } else if (!isSame(map.get(key), value)) map.set(key, value);
  }
}

/** What a style says; no key twice, keys in alphabetical order. */
export function styleOf(entry: Entry): AnnotationStyleInput | undefined {
  const style = entry.get('style');
  if (style === undefined) return {};
  if (!isMap(style)) return undefined;
  return Object.fromEntries([...style.entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a content says; `undefined` where it is no text, or more than any text may be. */
export function contentOf(entry: Entry): string | undefined {
  const content = entry.get('content');
  if (content === undefined) return '';
  if (!(content instanceof Y.Text) || content instanceof Y.XmlText || content.length > 20_000)
    return undefined;
  const text = content.toString();
  // Embedded values have a length, but are no text.
  return text.length === content.length ? text : undefined;
}

/** Makes a text of another by the one splice that lies between them, so that what two type at once is merged. */
export function writeContent(entry: Entry, text: string): void {
  const present = entry.get('content');
  const before = contentOf(entry);
  if (!(present instanceof Y.Text) || before === undefined) {
    entry.set('content', new Y.Text(text));
    return;
  }
  const { at, removed, inserted } = spliceBetween(before, text);
  if (removed > 0) present.delete(at, removed);
  if (inserted !== '') present.insert(at, inserted);
}

/** Equality of JSON-plain values. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(Reflect.get(a, name), Reflect.get(b, name)))
  );
}
