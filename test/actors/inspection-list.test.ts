import { expect } from 'chai';
import type { LiveActor } from '../../actors/documents.ts';
import { type ActorQuery, ActorTable } from '../../actors/inspection-list.ts';
import type { DocumentId } from '../../protocol/ids.ts';

const idOf = (n: number): DocumentId =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as DocumentId;

const actor = (n: number, more: Partial<LiveActor> = {}): LiveActor => ({
  id: idOf(n),
  kind: n % 2 === 0 ? 'text' : 'canvas',
  state: 'active',
  seq: n,
  mailbox: 0,
  pending: 0,
  asks: 0,
  subscribers: n % 7,
  lastUsed: 1_000 * n,
  crashes: 0,
  ...more,
});

const QUERY: ActorQuery = { text: '', sort: 'seq', descending: true, offset: 0, limit: 3 };

function create(actors: LiveActor[]) {
  const time = { ms: 0 };
  return {
    time,
    actors,
    table: new ActorTable(
      () => actors,
      () => time.ms,
    ),
  };
}

describe('the list of actors', () => {
  it('[INS-6] is sorted, filtered and cut by the server', async () => {
    const { table } = create(Array.from({ length: 10_000 }, (_, n) => actor(n)));
    await table.look();
    const seqs = (query: Partial<ActorQuery>) =>
      table.page({ ...QUERY, ...query }).rows.map(({ seq }) => seq);
    expect(seqs({})).to.deep.equal([9999, 9998, 9997]);
    expect(seqs({ descending: false })).to.deep.equal([0, 1, 2]);
    expect(seqs({ offset: 2_000 })).to.deep.equal([7999, 7998, 7997]);
    expect(seqs({ kind: 'text' })).to.deep.equal([9998, 9996, 9994]);
    expect(seqs({ text: '000000000012' })).to.deep.equal([12]);
    expect(seqs({ sort: 'subscribers' })).to.deep.equal([6, 13, 20]);
    expect(seqs({ sort: 'last_used', limit: 1 })).to.deep.equal([9999]);
    expect(seqs({ limit: 5_000 })).to.have.length(200);
    const { total, matching, kinds, states } = table.page({ ...QUERY, kind: 'text' });
    expect({ total, matching, kinds, states }).to.deep.equal({
      total: 10_000,
      matching: 5_000,
      kinds: { text: 5_000, canvas: 5_000 },
      states: { active: 10_000 },
    });
  });

  it('[INS-6] has the rate of each since it was looked at before; what was loaded meanwhile did not happen', async () => {
    const { table, time, actors } = create([actor(1), actor(2, { state: 'loading', seq: 0 })]);
    await table.look();
    expect(table.page(QUERY).rate).to.equal(0);
    time.ms += 2_000;
    actors.splice(0, 2, actor(1, { seq: 51 }), actor(2, { seq: 700 }), actor(3, { seq: 90 }));
    await table.look();
    const rates = table.page({ ...QUERY, sort: 'rate' }).rows.map(({ id, rate }) => [id, rate]);
    expect(rates).to.deep.equal([
      [idOf(1), 25],
      [idOf(2), 0],
      [idOf(3), 0],
    ]);
    expect(table.page(QUERY).rate).to.equal(25);
    table.forget();
    expect(table.page(QUERY).total).to.equal(0);
  });

  it('[INS-6] is looked at once for all who ask at the same time', async () => {
    let looks = 0;
    const table = new ActorTable(
      () => {
        looks += 1;
        return [actor(1)];
      },
      () => 0,
    );
    await Promise.all([table.look(), table.look(), table.look()]);
    expect(looks).to.equal(1);
    await table.look();
    expect(looks).to.equal(2);
  });
});
