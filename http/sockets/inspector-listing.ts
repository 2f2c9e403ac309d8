import type { ActorQuery, ActorTable } from '../../actors/inspection-list.ts';
import type { Clock } from './clock.ts';
import { type InspectorOutlet, rowOf } from './inspector-frames.ts';

/** How often the list is looked at. */
const LIST_MS = 1_000;

/** The part of the list of actors that one inspector wants, told as it changes. */
export class InspectorListing {
  readonly #list: Pick<ActorTable, 'look' | 'page'>;
  readonly #outlet: InspectorOutlet;
  readonly #stopLooking: () => void;
  #query: ActorQuery;
  /** The offset and the ids, as they were told. */
  #order = '';
  /** The rows that the other side has, as JSON by id. */
  #rows: ReadonlyMap<string, string> = new Map();
  #hasStopped = false;

  constructor(
    list: Pick<ActorTable, 'look' | 'page'>,
    outlet: InspectorOutlet,
    clock: Clock,
    query: ActorQuery,
  ) {
    this.#list = list;
    this.#outlet = outlet;
    this.#query = query;
    this.#stopLooking = clock.every(LIST_MS, () => void this.#look());
    void this.#look();
  }

  /** What is known already need not be looked for: the answer to another order is there at once. */
  show(query: ActorQuery): void {
    this.#query = query;
    this.#tell();
  }

  stop(): void {
    this.#hasStopped = true;
    this.#stopLooking();
  }

  async #look(): Promise<void> {
    // Never rejects: it reads what is in memory.
    await this.#list.look();
    this.#tell();
  }

  #tell(): void {
    if (this.#hasStopped || this.#outlet.isBehind()) return;
    const { offset } = this.#query;
    const page = this.#list.page(this.#query);
    const rows = page.rows.map(rowOf);
    const known = this.#rows;
    const now = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
    const order = rows.map(({ id }) => id);
    const orderText = `${offset} ${order.join(' ')}`;
    const { total, matching, rate, kinds, states } = page;
    this.#outlet.tell({
      type: 'actors',
      total,
      matching,
      offset,
      rate: Math.round(rate * 10) / 10,
      kinds,
      states,
      ...(orderText === this.#order ? {} : { order }),
      rows: rows.filter(({ id }) => known.get(id) !== now.get(id)),
    });
    this.#order = orderText;
    this.#rows = now;
  }
}
