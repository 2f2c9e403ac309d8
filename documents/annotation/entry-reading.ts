import * as Y from 'yjs';
import { parseEntityId } from '../../protocol/ids.ts';
import type { FieldError } from '../../protocol/problem.ts';
import { FieldErrors } from '../field-errors.ts';
import { type AnnotationFields, type GeometryParser, parseFields } from './fields.ts';

type Entry = Y.Map<unknown>;

/** An entry as it stands in the CRDT. */
export interface EntryReading {
  /** Absent where the entry does not validate. */
  readonly fields?: AnnotationFields;
  /** `gone`: there is no such key. */
  readonly status: 'active' | 'deleted' | 'gone';
  /** Why it does not validate. */
  readonly fault?: FieldError;
}

const GONE: EntryReading = { status: 'gone' };

/** What the CRDT says under a key of `annotations`; `value` is whatever a Yjs client has set there. */
export function readEntry(id: string, value: unknown, geometryParser: GeometryParser): EntryReading {
  if (value === undefined) return GONE;
  const errors = new FieldErrors();
  if (parseEntityId(id) !== id) errors.add('', 'must have a UUIDv4 in lower case as its key');
  if (!isMap(value)) {
    errors.add('', 'must be a Y.Map');
    return faulty('active', errors);
  }
  const status = value.get('status') ?? 'active';
  if (status !== 'active' && status !== 'deleted') {
    errors.add('/status', 'must be active or deleted');
    return faulty('active', errors);
  }
  const fields = parseFields(
    {
      type: value.get('type'),
      geometry: value.get('geometry'),
      style: readStyle(value, errors),
      content: readContent(value, errors),
      parent_id: value.get('parent_id'),
      group_id: value.get('group_id'),
      resolved: value.get('resolved'),
    },
    '',
    errors,
    geometryParser,
  );
  return fields && errors.count === 0 ? { fields, status } : faulty(status, errors);
}

const faulty = (status: 'active' | 'deleted', errors: FieldErrors): EntryReading => ({
  status,
  fault: errors.first ?? { path: '', message: 'is not valid' },
});

export const isMap = (value: unknown): value is Entry =>
  value instanceof Y.Map && !(value instanceof Y.XmlHook);

/** More keys than any style may have: enough to be told so. */
const STYLE_KEYS_READ = 101;

function readStyle(entry: Entry, errors: FieldErrors): unknown {
  const style = entry.get('style');
  if (style === undefined) return undefined;
  if (!isMap(style)) {
    errors.add('/style', 'must be a Y.Map');
    return undefined;
  }
  const pairs: [string, unknown][] = [];
  for (const pair of style.entries()) {
    pairs.push(pair);
    if (pairs.length === STYLE_KEYS_READ) break;
  }
  return Object.fromEntries(pairs);
}

/** Longer texts are not read at all; a code point has at most two units. */
const CONTENT_UNITS_READ = 20_000;

function readContent(entry: Entry, errors: FieldErrors): string | undefined {
  const content = entry.get('content');
  if (content === undefined) return undefined;
  if (!(content instanceof Y.Text) || content instanceof Y.XmlText)
    errors.add('/content', 'must be a Y.Text');
  else if (content.length > CONTENT_UNITS_READ) errors.add('/content', 'must have at most 10000 characters');
  else {
    const text = content.toString();
    // Embedded values have a length, but are no text.
    if (text.length === content.length) return text;
    errors.add('/content', 'must hold text only');
  }
  return undefined;
}
