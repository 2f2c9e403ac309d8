import { expect } from 'chai';
import {
  OPERATIONS_KEPT,
  OPERATIONS_KEPT_MS,
  OPERATIONS_LIMIT,
  OperationLog,
} from '../../actors/operation-log.ts';
import { contentOf, openSnapshot, sealPlain } from '../../actors/snapshot-envelope.ts';
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

  it('[DOC-3] are found in whatever order and however long ago they were done', () => {
    const log = filled(1_000, (i) => i);
    for (const i of [1, 1_000, 128, 129, 512]) expect(log.get(id(i))).to.deep.include({ seq: i, answer: i });
    expect(log.get(id(1_001))).to.equal(undefined);
  });

  it('[DOC-6] pass through a snapshot unchanged, those that were forgotten left out', async () => {
    for (const count of [3, 128, 300, OPERATIONS_LIMIT + 77]) {
      const log = filled(count, (i) => i);
      log.add(id(0), { type: 'say', seq: 4, at: 9, answer: { a: ['ü', null, 1.5, true] } });
      const opened = await openSnapshot(sealPlain(contentOf(Buffer.from('state'), log)));
      expect(Buffer.from(opened.state).toString()).to.equal('state');
      const operations = await opened.operations();
      expect(operations?.size).to.equal(log.size);
      expect(JSON.stringify([...(operations?.entries() ?? [])])).to.equal(JSON.stringify([...log.entries()]));
    }
  });
});
