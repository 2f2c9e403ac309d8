import type { DocumentCard, Kind } from './document-card.ts';

/** Newest change first; of the same moment, newest creation, then id, so that the order never depends on who answered first. */
const newestFirst = (a: DocumentCard, b: DocumentCard): number =>
  b.changedAt - a.changedAt || b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);

/** The ids of all, newest change first. */
export const orderOf = (cards: Iterable<DocumentCard>): readonly string[] =>
  [...cards].sort(newestFirst).map(({ id }) => id);

/**
 * The order after a refresh: nothing jumps under the pointer, so those that were there stay where they were, without the
 * ones that are gone; new ones come first, and those that were only loaded now (older pages) last.
 */
export function settledOrder(
  before: readonly string[],
  cards: ReadonlyMap<string, DocumentCard>,
): readonly string[] {
  const kept = before.filter((id) => cards.has(id));
  const known = new Set(kept);
  const added = orderOf([...cards.values()].filter(({ id }) => !known.has(id)));
  const oldest = Math.min(...kept.map((id) => cards.get(id)?.changedAt ?? 0));
  const isNewer = (id: string): boolean => (cards.get(id)?.changedAt ?? 0) >= oldest;
  return [...added.filter(isNewer), ...kept, ...added.filter((id) => !isNewer(id))];
}

/** Letters as they are compared: without case, accents and double spaces. */
const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** Whether every word of a query is somewhere in a name. */
export function isFound(name: string, query: string): boolean {
  const text = plain(name);
  return plain(query)
    .split(' ')
    .every((word) => text.includes(word));
}

export interface Wanted {
  /** `undefined`: all. */
  readonly kind: Kind | undefined;
  readonly query: string;
}

/** What is shown of what is there. */
export const chosenCards = (
  order: readonly string[],
  cards: ReadonlyMap<string, DocumentCard>,
  hidden: ReadonlySet<string>,
  { kind, query }: Wanted,
): readonly DocumentCard[] =>
  order.flatMap((id) => {
    const card = cards.get(id);
    if (card === undefined || hidden.has(id)) return [];
    return (kind === undefined || card.kind === kind) && isFound(card.name, query) ? [card] : [];
  });
