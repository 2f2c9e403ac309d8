import { expect } from 'chai';
import { AwarenessTable } from '../../http/sockets/awareness-table.ts';
import type { AwarenessEntry } from '../../http/sockets/awareness-update.ts';
import { OwnAwareness } from '../../http/sockets/own-awareness.ts';
import type { ConnectionId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';

const ANN = 'ann' as ConnectionId;
const BOB = 'bob' as ConnectionId;
const at = (clock: number, clientId = 7, state: string | null = '{}'): AwarenessEntry => ({
  clientId,
  clock,
  state,
});
const gone = (clock: number, clientId = 7): AwarenessEntry => at(clock, clientId, null);

describe('the awareness of a document', () => {
  it('tells others of a client once, and that it left with the clock that it had', () => {
    const table = new AwarenessTable();
    expect(table.show(ANN, [at(1), at(4, 8)])).to.deep.equal([at(1), at(4, 8)]);
    expect(table.all()).to.deep.equal([at(1), at(4, 8)]);
    expect(table.show(ANN, [at(2)])).to.deep.equal([at(2), gone(4, 8)]);
    expect(table.show(ANN, [])).to.deep.equal([gone(2)]);
    expect(table.show(ANN, [])).to.deep.equal([]);
    expect(table.all()).to.deep.equal([]);
  });

  it('takes what a client repeats about others for an echo', () => {
    const table = new AwarenessTable();
    table.show(ANN, [at(3)]);
    expect(table.show(BOB, [at(3), at(1, 9)])).to.deep.equal([at(1, 9)]);
    expect(table.show(BOB, [gone(3), at(1, 9)])).to.deep.equal([at(1, 9)]);
    expect(table.show(BOB, [gone(9), at(1, 9)])).to.deep.equal([at(1, 9)]);
    expect(table.all()).to.deep.equal([at(3), at(1, 9)]);
    table.show(ANN, []);
    expect(table.accepts(BOB, at(3))).to.equal(false);
    expect(table.accepts(BOB, gone(3))).to.equal(false);
  });

  it('lets a client go on at a new socket before the old one is given up', () => {
    const table = new AwarenessTable();
    table.show(ANN, [at(3)]);
    expect(table.show(BOB, [at(4)])).to.deep.equal([at(4)]);
    expect(table.show(ANN, [at(3)])).to.deep.equal([]);
    expect(table.show(ANN, [])).to.deep.equal([]);
    expect(table.all()).to.deep.equal([at(4)]);
  });

  it('forgets those whose connections left while nobody was told, and keeps the others as they are', () => {
    const table = new AwarenessTable();
    table.show(ANN, [at(3)]);
    table.show(BOB, [at(4, 8)]);
    table.keepOnly(new Set([BOB]));
    expect(table.all()).to.deep.equal([at(4, 8)]);
    expect(table.accepts(BOB, at(3))).to.equal(false);
    expect(table.show(BOB, [at(4, 8)])).to.deep.equal([at(4, 8)]);
    expect(table.show(ANN, [at(4)])).to.deep.equal([at(4)]);
  });

  it('lets a client that left come back with a higher clock', () => {
    const table = new AwarenessTable();
    table.show(ANN, [at(3)]);
    table.show(ANN, []);
    expect(table.show(BOB, [at(4)])).to.deep.equal([at(4)]);
    expect(table.all()).to.deep.equal([at(4)]);
  });

  it('remembers the clocks of the last thousand that left, and no more', () => {
    const table = new AwarenessTable();
    for (let clientId = 0; clientId < 1_001; clientId += 1) {
      table.show(ANN, [at(5, clientId)]);
      table.show(ANN, []);
    }
    expect(table.accepts(BOB, at(5, 0))).to.equal(true);
    expect(table.accepts(BOB, at(5, 1))).to.equal(false);
  });
});

describe('the clients for which a socket speaks', () => {
  const own = (): OwnAwareness => new OwnAwareness(ANN, new AwarenessTable());

  it('are its presence, as all doors write it', () => {
    const ann = own();
    expect(ann.presence).to.deep.equal({});
    expect(ann.take([at(1), gone(1, 8)])).to.deep.equal([at(1)]);
    expect(ann.take([at(1)])).to.deep.equal([]);
    expect(ann.presence).to.deep.equal({ data: Buffer.from([1, 7, 1, 2, 0x7b, 0x7d]).toString('base64') });
    expect(ann.take([gone(1)])).to.deep.equal([gone(1)]);
    expect(ann.presence).to.deep.equal({});
  });

  it('are so many and say so much; what is over that changes nothing', () => {
    const ann = own();
    const many = Array.from({ length: 16 }, (_, clientId) => at(1, clientId));
    expect(ann.take(many)).to.have.lengthOf(16);
    const before = ann.presence;
    expect(() => ann.take([at(2, 0), at(1, 16)])).to.throw(Problem, 'at most 16');
    const large = JSON.stringify({ a: 'x'.repeat(16_000) });
    expect(() => ann.take(many.map((entry) => ({ ...entry, clock: 2, state: large })))).to.throw(Problem);
    expect(ann.presence).to.deep.equal(before);
    expect(ann.take([gone(1, 0), at(1, 16)])).to.have.lengthOf(2);
  });
});
