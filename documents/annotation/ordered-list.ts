import type { Page } from '../../protocol/entities.ts';

interface Ranked {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly id: string;
}

/**
 * Things in the order in which every list shows them: by the time of their creation, then by id. Time in a document
 * never goes backwards, so that additions are nearly in order; those of one event, which may be ten thousands, share
 * their time and come in any order. So they are sorted once, when somebody asks.
 */
export class OrderedList<T extends Ranked> {
  readonly #items: T[] = [];
  #isSorted = true;

  add(item: T): void {
    const last = this.#items.at(-1);
    this.#isSorted &&= last === undefined || compare(last, item) < 0;
    this.#items.push(item);
  }

  /** @param page from 1. */
  page(page: number, size: number): Page<T> {
    const start = (page - 1) * size;
    const items = this.#sorted();
    return { items: items.slice(start, start + size), page, size, total: items.length };
  }

  /** A page of those that `isListed`, of which there are `total`: nothing is counted for it. */
  pageOf(page: number, size: number, total: number, isListed: (item: T) => boolean): Page<T> {
    const items: T[] = [];
    let skip = (page - 1) * size;
    if (skip < total) {
      for (const item of this.#sorted()) {
        if (!isListed(item)) continue;
        if (skip > 0) skip -= 1;
        else if (items.push(item) === size) break;
      }
    }
    return { items, page, size, total };
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#sorted().values();
  }

  #sorted(): readonly T[] {
    if (!this.#isSorted) this.#items.sort(compare);
    this.#isSorted = true;
    return this.#items;
  }
}

const compare = (a: Ranked, b: Ranked): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
