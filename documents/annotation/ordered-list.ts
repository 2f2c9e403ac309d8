import type { Page } from '../../protocol/entities.ts';

interface Ranked {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly id: string;
}

/**
 * Things in the order in which every list shows them: by the time of their creation, then by id. Time in a document
 * never goes backwards, so that an addition goes to the end, or nearly.
 */
export class OrderedList<T extends Ranked> {
  readonly #items: T[] = [];

  add(item: T): void {
    let index = this.#items.length;
    for (; index > 0; index -= 1) {
      const before = this.#items[index - 1];
      if (before === undefined || isBefore(before, item)) break;
    }
    if (index === this.#items.length) this.#items.push(item);
    else this.#items.splice(index, 0, item);
  }

  /** @param page from 1. */
  page(page: number, size: number): Page<T> {
    const start = (page - 1) * size;
    return { items: this.#items.slice(start, start + size), page, size, total: this.#items.length };
  }

  /** A page of those that `isListed`, of which there are `total`: nothing is sorted or counted for it. */
  pageOf(page: number, size: number, total: number, isListed: (item: T) => boolean): Page<T> {
    const items: T[] = [];
    let skip = (page - 1) * size;
    if (skip < total) {
      for (const item of this.#items) {
        if (!isListed(item)) continue;
        if (skip > 0) skip -= 1;
        else if (items.push(item) === size) break;
      }
    }
    return { items, page, size, total };
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#items.values();
  }
}

const isBefore = (a: Ranked, b: Ranked): boolean =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);
