import { expect } from 'chai';
import fc from 'fast-check';
import type { Room } from '../../client/rooms-api.ts';
import { chosenCards, isFound, orderOf, settledOrder } from '../../web/home/card-order.ts';
import { cardOfRoom, type DocumentCard, pathOfCard } from '../../web/home/document-card.ts';
import { loadNewest, newestPages } from '../../web/home/newest-pages.ts';

const card = (id: string, changedAt: number, more: Partial<DocumentCard> = {}): DocumentCard => ({
  id,
  kind: 'board',
  name: id,
  changedAt,
  createdAt: 0,
  here: undefined,
  seq: undefined,
  size: undefined,
  isArchived: false,
  ...more,
});
const mapOf = (...cards: DocumentCard[]): ReadonlyMap<string, DocumentCard> =>
  new Map(cards.map((each) => [each.id, each]));

describe('the list of all documents', () => {
  it('has the newest change first, whichever kind answered first', () => {
    expect(orderOf([card('a', 1), card('c', 3, { kind: 'text' }), card('b', 2)])).to.deep.equal([
      'c',
      'b',
      'a',
    ]);
    const cards = fc.uniqueArray(fc.record({ id: fc.uuid(), changedAt: fc.nat(3), createdAt: fc.nat(3) }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(cards, (parts) => {
        const all = parts.map(({ id, changedAt, createdAt }) => card(id, changedAt, { createdAt }));
        expect(orderOf([...all].reverse())).to.deep.equal(orderOf(all));
      }),
    );
  });

  it('leaves where it is what was there at a refresh: new ones come first, older pages last', () => {
    const before = ['b', 'a', 'gone'];
    const cards = mapOf(card('a', 100), card('b', 10), card('new', 50), card('old', 1));
    expect(settledOrder(before, cards)).to.deep.equal(['new', 'b', 'a', 'old']);
    expect(settledOrder([], cards)).to.deep.equal(['a', 'new', 'b', 'old']);
  });

  it('loses none and doubles none at a refresh', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(ids, ids, fc.array(fc.nat(20)), (before, now, times) => {
        const cards = mapOf(...now.map((id, index) => card(id, times[index] ?? 0)));
        expect([...settledOrder(before, cards)].sort()).to.deep.equal([...now].sort());
      }),
    );
  });

  it('shows of them what is looked for, and nothing that was deleted', () => {
    const cards = mapOf(
      card('a', 3, { name: 'Harbour plan' }),
      card('b', 2, { name: 'harbour minutes', kind: 'text' }),
      card('c', 1, { name: 'Harbour deleted' }),
    );
    const wanted = (kind: 'text' | undefined, query: string): string[] =>
      chosenCards(['a', 'b', 'c'], cards, new Set(['c']), { kind, query }).map(({ id }) => id);
    expect(wanted(undefined, '')).to.deep.equal(['a', 'b']);
    expect(wanted(undefined, 'HARBOUR')).to.deep.equal(['a', 'b']);
    expect(wanted('text', 'harbour')).to.deep.equal(['b']);
    expect(wanted(undefined, 'plan harb')).to.deep.equal(['a']);
  });

  it('finds names without regard to case, accents and spaces', () => {
    expect(isFound('Überfahrt  nach Élise', 'uberfahrt elise')).to.equal(true);
    expect(isFound('a b', 'ab')).to.equal(false);
    expect(isFound('anything', '   ')).to.equal(true);
  });

  it('knows when a board was drawn on, which its updatedAt does not tell', () => {
    const room = {
      id: 'r',
      name: 'Room',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
      width: null,
      height: null,
      seq: 5,
      connectedClients: 2,
    } as Room;
    expect(cardOfRoom(room).changedAt).to.equal(Date.parse(room.updatedAt));
    expect(cardOfRoom(room, 0).changedAt).to.equal(Date.parse(room.updatedAt));
    const drawnAt = Date.parse('2026-01-03T00:00:00.000Z');
    expect(cardOfRoom(room, drawnAt)).to.deep.include({ changedAt: drawnAt, size: undefined, here: 2 });
    expect(pathOfCard(cardOfRoom(room))).to.equal('/boards/r');
  });
});

describe('the newest of a list that begins with the oldest', () => {
  it('are on its last pages', () => {
    expect(newestPages(0, 100, 100)).to.deep.equal([1]);
    expect(newestPages(100, 100, 100)).to.deep.equal([1]);
    expect(newestPages(101, 100, 100)).to.deep.equal([2, 1]);
    expect(newestPages(450, 100, 100)).to.deep.equal([5, 4]);
    expect(newestPages(450, 100, 10_000)).to.deep.equal([5, 4, 3, 2, 1]);
  });

  it('are loaded, as many as are wanted, each once', async () => {
    const sizes = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 70 }));
    await fc.assert(
      fc.asyncProperty(sizes, async ([total, size, wanted]) => {
        const all = Array.from({ length: total }, (_, index) => index);
        const ask = async (page: number) => ({ items: all.slice((page - 1) * size, page * size), total });
        const newest = await loadNewest(ask, size, wanted);
        expect(newest.total).to.equal(total);
        expect(new Set(newest.items).size).to.equal(newest.items.length);
        const least = Math.min(wanted, total);
        expect(newest.items).to.include.members(all.slice(total - least));
      }),
    );
  });
});
