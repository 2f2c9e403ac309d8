import type { DocumentId } from '../protocol/ids.ts';
import type { LiveActor } from './documents.ts';
import { Pace } from './pace.ts';

/** By what a list may be sorted. */
export const ACTOR_SORTS = [
  'id',
  'kind',
  'state',
  'seq',
  'mailbox',
  'pending',
  'asks',
  'subscribers',
  'rate',
  'crashes',
  'last_used',
] as const;
export type ActorSort = (typeof ACTOR_SORTS)[number];

/** Rows that one list shows at most. */
export const MAX_ACTOR_ROWS = 200;

export interface ActorRow extends LiveActor {
  /** Events per second, since it was looked at before. */
  readonly rate: number;
}

export interface ActorQuery {
  /** Part of the id, the kind or the state. */
  readonly text: string;
  readonly kind?: string;
  readonly sort: ActorSort;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** What the list shows, and how much there is. */
export interface ActorPage {
  readonly rows: readonly ActorRow[];
  readonly matching: number;
  readonly total: number;
  /** Events per second, of all. */
  readonly rate: number;
  /** How many there are of each kind, and in each state. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
}

interface Seen {
  readonly seq: number;
  readonly isLoaded: boolean;
}

interface Samples {
  readonly at: number;
  readonly seen: ReadonlyMap<DocumentId, Seen>;
}

/**
 * All document actors, looked at from time to time. A rate is the difference of two looks, so that it costs a document
 * nothing. Looks are made only while somebody wants a list, and give others their turn.
 */
export class ActorTable {
  readonly #actors: () => Iterable<LiveActor>;
  readonly #now: () => number;
  #rows: readonly ActorRow[] = [];
  #before: Samples | undefined;
  #looking: Promise<void> | undefined;

  /** @param now milliseconds */
  constructor(actors: () => Iterable<LiveActor>, now: () => number) {
    this.#actors = actors;
    this.#now = now;
  }

  /** Looks at all actors, for all who ask meanwhile. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const before = this.#before;
    const at = this.#now();
    const seconds = before === undefined ? 0 : (at - before.at) / 1000;
    const rows: ActorRow[] = [];
    const seen = new Map<DocumentId, Seen>();
    const pace = new Pace();
    for (const actor of this.#actors()) {
      const { id, seq, state } = actor;
      const isLoaded = state !== 'loading';
      const last = before?.seen.get(id);
      // What was read from the log since then did not happen since then.
      const events = last?.isLoaded === true && isLoaded ? Math.max(0, seq - last.seq) : 0;
      rows.push({ ...actor, rate: seconds > 0 ? events / seconds : 0 });
      seen.set(id, { seq, isLoaded });
      if (pace.isOver) await pace.rest();
    }
    this.#rows = rows;
    this.#before = { at, seen };
  }

  /** Nobody wants a list any more. */
  forget(): void {
    this.#rows = [];
    this.#before = undefined;
  }

  /** The rows of a page, as of the last look. */
  page({ text, kind, sort, descending, offset, limit }: ActorQuery): ActorPage {
    const kinds: Record<string, number> = {};
    const states: Record<string, number> = {};
    const first = new FirstRows(offset + Math.min(limit, MAX_ACTOR_ROWS), comparing(sort, descending));
    const wanted = text.toLowerCase();
    let matching = 0;
    let rate = 0;
    for (const row of this.#rows) {
      kinds[row.kind] = (kinds[row.kind] ?? 0) + 1;
      states[row.state] = (states[row.state] ?? 0) + 1;
      rate += row.rate;
      if (kind !== undefined && row.kind !== kind) continue;
      if (!row.id.includes(wanted) && !row.kind.includes(wanted) && !row.state.includes(wanted)) continue;
      matching += 1;
      first.add(row);
    }
    return { rows: first.rows.slice(offset), matching, total: this.#rows.length, rate, kinds, states };
  }
}

type Compare = (a: ActorRow, b: ActorRow) => number;

/** The first few of many in an order, without sorting them all. */
class FirstRows {
  readonly rows: ActorRow[] = [];
  readonly #limit: number;
  readonly #compare: Compare;

  constructor(limit: number, compare: Compare) {
    this.#limit = limit;
    this.#compare = compare;
  }

  add(row: ActorRow): void {
    const { rows } = this;
    const last = rows.at(-1);
    if (rows.length >= this.#limit && last !== undefined && this.#compare(row, last) >= 0) return;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = rows[middle];
      if (there !== undefined && this.#compare(row, there) < 0) high = middle;
      else low = middle + 1;
    }
    rows.splice(low, 0, row);
    if (rows.length > this.#limit) rows.pop();
  }
}

/** Equals are told apart by their ids, so that rows do not change places for nothing. */
function comparing(sort: ActorSort, descending: boolean): Compare {
  const sign = descending ? -1 : 1;
  const key = sort === 'last_used' ? 'lastUsed' : sort;
  return (a, b) => {
    const [left, right] = [a[key], b[key]];
    if (left < right) return -sign;
    if (left > right) return sign;
    return a.id < b.id ? -1 : 1;
  };
}
