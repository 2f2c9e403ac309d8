import type { Listed, ListQuery } from './port.ts';

interface Row {
  readonly id: string;
  readonly createdAt: number;
}

/** Rows by id, kept in the order of lists: `createdAt`, then id. New rows mostly come last, where putting is cheap. */
export class SortedRows<R extends Row> {
  readonly #byId = new Map<string, R>();
  readonly #order: R[] = [];

  get(id: string): R | undefined {
    return this.#byId.get(id);
  }

  /** Adds the row, or replaces the one with its id (whose `createdAt` is the same: it never changes). */
  put(row: R): void {
    const known = this.#byId.has(row.id);
    this.#byId.set(row.id, row);
    let at = this.#order.length;
    if (known) {
      at = this.#find(row);
      this.#order[at] = row;
      return;
    }
    if (at > 0 && !comesBefore(this.#order[at - 1] as R, row)) at = this.#find(row);
    this.#order.splice(at, 0, row);
  }

  page(query: ListQuery, wanted: (row: R) => boolean): Listed<R> {
    const rows: R[] = [];
    const first = (query.page - 1) * query.size;
    let total = 0;
    for (const row of this.#order) {
      if (!wanted(row)) continue;
      if (total >= first && rows.length < query.size) rows.push(row);
      total++;
    }
    return { rows, total };
  }

  /** Index of the first row that does not come before `row`. */
  #find(row: R): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comesBefore(this.#order[middle] as R, row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const comesBefore = (a: Row, b: Row): boolean =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);
