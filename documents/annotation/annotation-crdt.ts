import * as Y from 'yjs';
import { type EntityId, parseEntityId } from '../../protocol/ids.ts';
import { type FieldError, Problem } from '../../protocol/problem.ts';
import { FieldErrors } from '../field-errors.ts';
import { BadUpdate, readYjsUpdate } from '../yjs-update.ts';
import { type AnnotationFields, parseFields } from './fields.ts';
import { type Geometry, parseGeometry } from './geometry.ts';
import { admit } from './update-admission.ts';
import { mergeCollected } from './y-compact.ts';
import { writeFields } from './y-entry.ts';

/**
 * The server writes as one constant client, so that the same commands give the same bytes. The lowest id there is:
 * where a person and the server set the same key at the same time, Yjs lets the higher id win, the person.
 */
export const SERVER_CLIENT_ID = 1;

/** A valid update that says nothing. */
export const EMPTY_UPDATE: Uint8Array = Uint8Array.of(0, 0);

type Entries = Y.Map<unknown>;

/** What a change did to the Y.Doc. */
export interface CrdtChange {
  /** Yjs v1: exactly what is new. */
  readonly update: Uint8Array;
  /** Keys of the entries that it touched; no order. */
  readonly touched: ReadonlySet<string>;
}

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

/**
 * The canonical state: a Y.Doc with the root map `annotations`, id → Y.Map of `type`, `geometry` (one plain value),
 * `style` (Y.Map), `content` (Y.Text), `parent_id`, `group_id`, `resolved` (comments) and `status`. Absent means
 * active, without style, content, parent, group; unresolved.
 */
export class AnnotationCrdt {
  readonly #doc: Y.Doc;
  readonly #entries: Entries;
  /** A geometry is replaced whole and never changed: what was checked once stays checked. */
  readonly #geometries = new WeakMap<object, { readonly type: string; readonly geometry: Geometry }>();

  /** @param update the whole state, from {@link encode}. */
  constructor(update?: Uint8Array) {
    this.#doc = new Y.Doc({ guid: 'annotations' });
    this.#doc.clientID = SERVER_CLIENT_ID;
    this.#entries = this.#doc.getMap('annotations');
    if (update !== undefined) this.#integrate(update);
  }

  /** Changes entries in one transaction. `change` must not throw: what it did would stay. */
  edit(change: (entries: Entries) => void): CrdtChange {
    return this.#capture(() =>
      this.#doc.transact((transaction) => {
        change(this.#entries);
        return transaction;
      }),
    );
  }

  /** Adds or rewrites an entry so that it says `fields` and is active; writes only what differs. */
  put(id: EntityId, fields: AnnotationFields): void {
    let entry = this.entry(id);
    if (entry === undefined) {
      entry = new Y.Map<unknown>();
      this.#entries.set(id, entry);
    }
    writeFields(entry, fields);
    if (entry.get('status') !== 'active') entry.set('status', 'active');
  }

  entry(id: string): Entries | undefined {
    const entry = this.#entries.get(id);
    return isMap(entry) ? entry : undefined;
  }

  /**
   * Applies the update of a Yjs client, if it can be applied whole.
   *
   * @returns `undefined` where it says nothing new.
   * @throws Problem `invalid` where the bytes are no v1 update, would leave Yjs in a state that it cannot come out of,
   * or build on updates that are not here (`extra.reason: 'missing_updates'`: the client should send its whole
   * difference to the document's state vector). Nothing was changed then.
   */
  merge(update: Uint8Array): CrdtChange | undefined {
    const bytes = this.#admitted(update);
    const change = this.#capture(() => this.#integrate(bytes));
    return change.update === EMPTY_UPDATE ? undefined : change;
  }

  /** Applies an update from the log. */
  apply(update: Uint8Array): ReadonlySet<string> {
    return this.#touchedBy(this.#integrate(update));
  }

  /** The whole state as a Yjs v1 update; the same bytes, whatever was loaded or lived through on the way. */
  encode(): Uint8Array {
    mergeCollected(this.#doc);
    return Y.encodeStateAsUpdate(this.#doc);
  }

  keys(): IterableIterator<string> {
    return this.#entries.keys();
  }

  /** Where the entry stands in its author's work: entries of one author ascend in the order of their making. */
  position(id: string): { readonly client: number; readonly clock: number } {
    const item = this.#entries._map.get(id);
    return item === undefined ? { client: 0, clock: 0 } : item.id;
  }

  read(id: string): EntryReading {
    const value = this.#entries.get(id);
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
      this.#parseGeometry,
    );
    return fields && errors.count === 0 ? { fields, status } : faulty(status, errors);
  }

  #parseGeometry: typeof parseGeometry = (type, value, path, errors) => {
    if (typeof value !== 'object' || value === null) return parseGeometry(type, value, path, errors);
    const known = this.#geometries.get(value);
    if (known?.type === type) return known.geometry;
    const geometry = parseGeometry(type, value, path, errors);
    if (geometry !== undefined) this.#geometries.set(value, { type, geometry });
    return geometry;
  };

  #admitted(update: Uint8Array): Uint8Array {
    try {
      const { overlaps } = admit(this.#doc, readYjsUpdate(update), SERVER_CLIENT_ID);
      return overlaps ? Y.diffUpdate(update, Y.encodeStateVector(this.#doc)) : update;
    } catch (error) {
      if (!(error instanceof BadUpdate)) throw error;
      throw new Problem('invalid', `The update cannot be applied: ${error.message}.`, {
        errors: [{ path: '/body/update', message: error.message }],
        extra: { reason: error.reason },
        cause: error,
      });
    }
  }

  /** Yjs sees a remote update, but must not answer it with changes of its own (see below). */
  #integrate(update: Uint8Array): Y.Transaction {
    const transaction = this.#doc.transact((current) => {
      Y.applyUpdate(this.#doc, update);
      // After a transaction that is not local Yjs tidies the formats of texts, which would be a change that no event
      // holds, and takes a random client id (and says so on the console) where the update has structs of its own id.
      current.local = true;
      return current;
    });
    const { pendingStructs, pendingDs } = this.#doc.store;
    if (pendingStructs !== null || pendingDs !== null)
      throw new Error('an admitted update was not applied whole');
    return transaction;
  }

  #capture(run: () => Y.Transaction): CrdtChange {
    let update = EMPTY_UPDATE;
    const capture = (bytes: Uint8Array): void => {
      update = bytes;
    };
    this.#doc.on('update', capture);
    try {
      return { touched: this.#touchedBy(run()), update };
    } finally {
      this.#doc.off('update', capture);
    }
  }

  #touchedBy(transaction: Y.Transaction): ReadonlySet<string> {
    const touched = new Set<string>();
    for (const [type, keys] of transaction.changed) {
      if (type._item !== null) {
        const key = this.#keyOf(type._item);
        if (key !== null) touched.add(key);
      } else if (Object.is(type, this.#entries)) {
        for (const key of keys) if (key !== null) touched.add(key);
      }
    }
    return touched;
  }

  /** Key of the entry in which an item lies. */
  #keyOf(start: Y.Item): string | null {
    for (let item = start; ; ) {
      const { parent } = item;
      if (parent === this.#entries) return item.parentSub;
      if (!(parent instanceof Y.AbstractType) || parent._item === null) return null;
      item = parent._item;
    }
  }
}

const faulty = (status: 'active' | 'deleted', errors: FieldErrors): EntryReading => ({
  status,
  fault: errors.first ?? { path: '', message: 'is not valid' },
});

const isMap = (value: unknown): value is Entries => value instanceof Y.Map && !(value instanceof Y.XmlHook);

/** More keys than any style may have: enough to be told so. */
const STYLE_KEYS_READ = 101;

function readStyle(entry: Entries, errors: FieldErrors): unknown {
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

function readContent(entry: Entries, errors: FieldErrors): string | undefined {
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
