import { create } from 'zustand';
import { canvasesApi, roomsApi, textsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { orderOf, settledOrder } from './card-order.ts';
import {
  cardOfCanvas,
  cardOfRoom,
  cardOfText,
  type DocumentCard,
  KINDS,
  type Kind,
} from './document-card.ts';
import { loadNewest, type Newest } from './newest-pages.ts';
import { lastChanges } from './room-changes.ts';

/** The most that the server gives at once. */
const PAGE_SIZE = 100;
/** Of each kind, while somebody searches: names are compared here, where the server has no search. */
const MOST_SEARCHED = 2_000;

export interface DocumentsState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why the list is not as the server has it now; `undefined` where it is. */
  readonly problem: string | undefined;
  readonly cards: ReadonlyMap<string, DocumentCard>;
  readonly order: readonly string[];
  /** Deleted, although the server may not have done it yet. */
  readonly hidden: ReadonlySet<string>;
  /** There are older ones. */
  readonly hasMore: boolean;
  /** Goes up with every refresh: what is shown beside the list is asked for again then. */
  readonly round: number;
}

export const useDocuments = create<DocumentsState>(() => ({
  phase: 'loading',
  problem: undefined,
  cards: new Map(),
  order: [],
  hidden: new Set(),
  hasMore: false,
  round: 0,
}));

/** How many of the newest are wanted, of each kind. */
let wanted = PAGE_SIZE;
let query = '';
let underWay: Promise<void> | undefined;

/**
 * The list as the server has it now. One refresh at a time; who asks meanwhile is given the one under way.
 *
 * @param sorts - anew; else what is there stays where it is
 */
export function refreshDocuments(sorts = false): Promise<void> {
  underWay ??= refresh(sorts).finally(() => {
    underWay = undefined;
  });
  return underWay;
}

export function loadMoreDocuments(): Promise<void> {
  wanted += PAGE_SIZE;
  return refreshAfter();
}

/** Loads what a search has to look through: all of them. */
export function searchDocuments(next: string): Promise<void> {
  if (next === query) return Promise.resolve();
  query = next;
  return refreshAfter();
}

/** Puts one in as somebody has just changed it, before the next refresh. */
export function putCard(id: string, change: Partial<DocumentCard>): void {
  useDocuments.setState(({ cards }) => {
    const card = cards.get(id);
    return card === undefined ? {} : { cards: new Map(cards).set(id, { ...card, ...change }) };
  });
}

/** It is deleted. */
export function dropCard(id: string): void {
  useDocuments.setState(({ cards }) => {
    const next = new Map(cards);
    next.delete(id);
    return { cards: next };
  });
}

/** Takes one out of sight, or shows it again; whatever refreshes bring meanwhile. */
export function hideCard(id: string, isHidden: boolean): void {
  useDocuments.setState(({ hidden }) => {
    const next = new Set(hidden);
    if (isHidden) next.add(id);
    else next.delete(id);
    return { hidden: next };
  });
}

async function refreshAfter(): Promise<void> {
  await underWay;
  await refreshDocuments();
}

const LOADERS: Readonly<Record<Kind, () => Promise<Newest<DocumentCard>>>> = {
  board: async () => {
    const { items, total } = await loadNewest(
      (page) => roomsApi.list({ page, size: PAGE_SIZE }),
      PAGE_SIZE,
      wantedNow(),
    );
    const changes = await lastChanges(items);
    return { items: items.map((room) => cardOfRoom(room, changes.get(room.id))), total };
  },
  text: async () => {
    const ask = (page: number) => textsApi.list({ page, page_size: PAGE_SIZE });
    const { items, total } = await loadNewest(ask, PAGE_SIZE, wanted);
    // The server searches these itself.
    const isWhole = items.length >= total || query === '';
    const found = isWhole ? [] : (await textsApi.list({ query, page_size: PAGE_SIZE })).items;
    return { items: [...items, ...found].map(cardOfText), total };
  },
  canvas: async () => {
    const ask = (page: number) => canvasesApi.list({ page, size: PAGE_SIZE });
    const { items, total } = await loadNewest(ask, PAGE_SIZE, wantedNow());
    return { items: items.map(cardOfCanvas), total };
  },
};

const wantedNow = (): number => (query === '' ? wanted : MOST_SEARCHED);

async function refresh(sorts: boolean): Promise<void> {
  const results = await Promise.allSettled(KINDS.map((kind) => LOADERS[kind]()));
  const failed = results.find((result) => result.status === 'rejected');
  const problem = failed === undefined ? undefined : errorText(failed.reason);
  useDocuments.setState(({ phase, cards: before, order, round }) => {
    const cards = new Map<string, DocumentCard>();
    results.forEach((result, index) => {
      const kind = KINDS[index];
      // Of what could not be asked for, the last that is known.
      const items =
        result.status === 'fulfilled'
          ? result.value.items
          : [...before.values()].filter((card) => card.kind === kind);
      for (const card of items) cards.set(card.id, card);
    });
    if (failed !== undefined && cards.size === 0) return { phase: 'failed', problem };
    return {
      phase: 'ready',
      problem,
      cards,
      order: sorts || phase !== 'ready' ? orderOf(cards.values()) : settledOrder(order, cards),
      hasMore: results.some((result) => result.status === 'fulfilled' && hasOlder(result.value)),
      round: round + 1,
    };
  });
}

const hasOlder = ({ items, total }: Newest<DocumentCard>): boolean => items.length < total;
