import { expect } from 'chai';
import {
  OPERATIONS_KEPT,
  OPERATIONS_KEPT_MS,
  OPERATIONS_LIMIT,
  OperationLog,
} from '../../actors/operation-log.ts';
import { openSnapshot, sealSnapshot } from '../../actors/snapshot-envelope.ts';
import type { OperationId } from '../../protocol/ids.ts';

const id = (i: number) => `op ${i}` as OperationId;
const filled = (count: number, at: (i: number) => number): OperationLog => {
  const log = new OperationLog();
  for (let i = 1; i <= count; i++) log.add(id(i), { type: 'add', seq: i, at: at(i), answer: i });
  return log;
};

describe('the operations that a document remembers', () => {
  it('[DOC-3] are at least the last ten thousand', () => {
    const log = filled(OPERATIONS_KEPT + 5, (i) => i * OPERATIONS_KEPT_MS);
    expect(log.size).to.equal(OPERATIONS_KEPT);
    expect(log.get(id(5))).to.equal(undefined);
    expect(log.get(id(6))?.seq).to.equal(6);
  });

  it('[DOC-3] are at least those of a day, within a bound', () => {
    expect(filled(OPERATIONS_KEPT + 5, (i) => i).size).to.equal(OPERATIONS_KEPT + 5);
    expect(filled(OPERATIONS_LIMIT + 5, (i) => i).size).to.equal(OPERATIONS_LIMIT);
  });

  it('[DOC-6] pass through a snapshot unchanged', () => {
    const log = filled(3, (i) => i);
    log.add(id(4), { type: 'say', seq: 4, at: 9, answer: { a: ['ü', null, 1.5, true] } });
    const opened = openSnapshot(sealSnapshot(Buffer.from('state'), log));
    expect(Buffer.from(opened.state).toString()).to.equal('state');
    expect([...(opened.operations?.entries() ?? [])]).to.deep.equal([...log.entries()]);
  });

  it('are not read from a layout that is not known', () => {
    expect(() => openSnapshot(Uint8Array.of(99))).to.throw(/layout 99/);
  });

  it('have a layout that changes only with its number', () => {
    const log = filled(1, () => 1_700_000_000_000);
    expect(Buffer.from(sealSnapshot(Buffer.from('s'), log)).toString('hex')).to.equal(
      '0101046f702031036164640180d095ffbc317d0173',
    );
  });
});
