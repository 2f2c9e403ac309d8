/**
 * The server lists oldest first, so the newest are on the last page. The pages to ask for, so that at least `wanted` of the
 * newest are there.
 *
 * @param total - of the list
 * @param size - of a page
 * @returns from the last page on; `[1]` for an empty list
 */
export function newestPages(total: number, size: number, wanted: number): readonly number[] {
  const last = Math.max(1, Math.ceil(total / size));
  const onLast = total - (last - 1) * size;
  const more = Math.max(0, Math.ceil((Math.min(wanted, total) - onLast) / size));
  return Array.from({ length: more + 1 }, (_, index) => last - index);
}

export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

export interface Newest<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

/**
 * The newest of a list, and how many there are in all. A short list is asked for once.
 *
 * @param ask - for a page, from 1
 */
export async function loadNewest<Item>(
  ask: (page: number) => Promise<ListPage<Item>>,
  size: number,
  wanted: number,
): Promise<Newest<Item>> {
  const first = await ask(1);
  const others = newestPages(first.total, size, wanted).filter((page) => page !== 1);
  const pages = await Promise.all(others.map(ask));
  const needsFirst = first.total <= size || newestPages(first.total, size, wanted).includes(1);
  const items = [...pages.flatMap((page) => page.items), ...(needsFirst ? first.items : [])];
  return { items, total: first.total };
}
