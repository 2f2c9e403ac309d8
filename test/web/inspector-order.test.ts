import { expect } from 'chai';
import { sequenceOf } from '../../web/inspector/sequence.ts';

describe('the order of the sequence of messages', () => {
  it('tells events of one commit in the order of their seq, however their times were rounded', () => {
    const committedAt = [1_310, 1_290, 1_305, 1_300];
    const records = committedAt.map((us, index) => ({
      no: index + 1,
      type: 'execute',
      command: 'update',
      from: 'text',
      at: 1_000,
      seq: index + 5,
      taken_us: 5,
      executed_us: 20 - index,
      committed_us: us,
      published_us: us + 40 - index,
      readers: 1,
      outcome: 'ok',
      state: 'active',
    }));
    const { steps } = sequenceOf(records, 100);
    const labels = (to: string): string[] => steps.filter((step) => step.to === to).map(({ label }) => label);
    expect(labels('store')).to.deep.equal(['append #5', 'append #6', 'append #7', 'append #8']);
    expect(labels('text')).to.deep.equal(['durable #5', 'durable #6', 'durable #7', 'durable #8']);
    expect(labels('subscribers')).to.deep.equal(['#5 to 1', '#6 to 1', '#7 to 1', '#8 to 1']);
  });
});
