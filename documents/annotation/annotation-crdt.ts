import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { CrdtState } from '../../protocol/annotation-messages.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { readStateVector } from '../state-vector.ts';
import { BadUpdate, readYjsUpdate } from '../yjs-update.ts';
import { type EntryReading, isMap, readEntry } from './entry-reading.ts';
import type { AnnotationFields } from './fields.ts';
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
  readonly touched: Touched;
}

/** Keys of the entries that a change touched, in no order. */
export type Touched = ReadonlySet<string>;

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
  /** Encoded once for all who ask before the next change. */
  #state: CrdtState | undefined;
  #stateVector: Uint8Array | undefined;

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

  /** Adds or rewrites an entry so that it says `fields` and is active. */
  put(id: EntityId, fields: Partial<AnnotationFields>): void {
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
   * difference to the document's state vector, `extra.stateVector` in base64). Nothing was changed then.
   */
  merge(update: Uint8Array): CrdtChange | undefined {
    const bytes = this.#admitted(update);
    if (bytes === undefined) return undefined;
    const change = this.#capture(() => this.#integrate(bytes));
    return change.update === EMPTY_UPDATE ? undefined : change;
  }

  /** Applies an update from the log. */
  apply(update: Uint8Array): Touched {
    this.#forget();
    return this.#touchedBy(this.#integrate(update));
  }

  /** The whole state as a Yjs v1 update; the same bytes, whatever was loaded or lived through on the way. */
  encode(): Uint8Array {
    if (this.#state !== undefined) return this.#state.update;
    mergeCollected(this.#doc);
    return Y.encodeStateAsUpdate(this.#doc);
  }

  /** What a client needs that has nothing yet; the same object until the next change. */
  get state(): CrdtState {
    this.#state ??= { update: this.encode(), stateVector: this.stateVector };
    return this.#state;
  }

  /** Yjs v1; the same bytes until the next change. */
  get stateVector(): Uint8Array {
    this.#stateVector ??= Y.encodeStateVector(this.#doc);
    return this.#stateVector;
  }

  /**
   * What a client lacks that has this state vector; deletions always come whole.
   * @throws Problem `bad_message` where the bytes are none
   */
  differenceTo(stateVector: Uint8Array): CrdtState {
    if (readStateVector(stateVector) === undefined) {
      throw new Problem('bad_message', 'The bytes are no state vector.');
    }
    return { update: Y.encodeStateAsUpdate(this.#doc, stateVector), stateVector: this.stateVector };
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
    return readEntry(id, this.#entries.get(id), this.#parseGeometry);
  }

  #parseGeometry: typeof parseGeometry = (type, value, path, errors) => {
    if (typeof value !== 'object' || value === null) return parseGeometry(type, value, path, errors);
    const known = this.#geometries.get(value);
    if (known?.type === type) return known.geometry;
    const geometry = parseGeometry(type, value, path, errors);
    if (geometry !== undefined) this.#geometries.set(value, { type, geometry });
    return geometry;
  };

  /** What is new in an update, more or less; `undefined` where nothing is. */
  #admitted(update: Uint8Array): Uint8Array | undefined {
    try {
      const { isNews, overlaps } = admit(this.#doc, readYjsUpdate(update), SERVER_CLIENT_ID);
      if (!isNews) return undefined;
      return overlaps ? Y.diffUpdate(update, Y.encodeStateVector(this.#doc)) : update;
    } catch (error) {
      if (!(error instanceof BadUpdate)) throw error;
      throw new Problem('invalid', `The update cannot be applied: ${error.message}.`, {
        errors: [{ path: '/body/update', message: error.message }],
        extra: {
          reason: error.reason,
          ...(error.reason === 'missing_updates' ? { stateVector: toBase64(this.stateVector) } : {}),
        },
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
      // Which is also why Yjs would keep what it remembers of places in texts, where others have written by now.
      for (const type of current.changed.keys()) if (type._searchMarker) type._searchMarker.length = 0;
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
      this.#forget();
      update = bytes;
    };
    this.#doc.on('update', capture);
    try {
      return { touched: this.#touchedBy(run()), update };
    } finally {
      this.#doc.off('update', capture);
    }
  }

  #forget(): void {
    this.#state = undefined;
    this.#stateVector = undefined;
  }

  #touchedBy(transaction: Y.Transaction): Touched {
    const touched = new Set<string>();
    const add = (key: string | null): void => {
      if (key !== null) touched.add(key);
    };
    for (const [type, keys] of transaction.changed) {
      if (type._item !== null) add(this.#keyOf(type._item));
      else if (Object.is(type, this.#entries)) for (const key of keys) add(key);
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
