import { expect } from 'chai';
import { TextConnectionError } from '../../client/text-connection-error.ts';
import { UpdateQueue } from '../../client/update-queue.ts';

const pending = (opId: string) => ({ opId, update: new Uint8Array([1]), baseVersion: 0 });

function queueOf(...opIds: readonly string[]): UpdateQueue {
  const queue = new UpdateQueue();
  for (const opId of opIds) void queue.add(pending(opId));
  return queue;
}

const takeAll = (queue: UpdateQueue): string[] => {
  const taken: string[] = [];
  for (let next = queue.takeNext(); next !== undefined; next = queue.takeNext()) taken.push(next.opId);
  return taken;
};

describe('the queue of a client', () => {
  it('gives updates out in the order in which they came, each once', () => {
    const queue = queueOf('a', 'b', 'c');
    expect(takeAll(queue)).to.deep.equal(['a', 'b', 'c']);
    expect(takeAll(queue)).to.deep.equal([]);
    expect(queue.size).to.equal(3);
  });

  it('gives those out again that a lost socket had, before the ones that waited', () => {
    const queue = queueOf('a', 'b', 'c', 'd');
    queue.takeNext();
    queue.takeNext();
    queue.settle({ opId: 'a', seq: 1 });
    queue.rewind();
    expect(takeAll(queue)).to.deep.equal(['b', 'c', 'd']);
  });

  it('resolves the promise of an update with its seq, also while the update waits to be sent again', async () => {
    const queue = new UpdateQueue();
    const acked = queue.add(pending('a'));
    queue.takeNext();
    queue.rewind();
    expect(queue.settle({ opId: 'a', seq: 7 })).to.equal(true);
    expect(await acked).to.deep.equal({ opId: 'a', seq: 7 });
    expect([queue.size, queue.settle({ opId: 'a', seq: 7 })]).to.deep.equal([0, false]);
  });

  it('takes an operation once, and gives both callers the same promise', () => {
    const queue = new UpdateQueue();
    expect(queue.add(pending('a'))).to.equal(queue.add(pending('a')));
    expect(queue.size).to.equal(1);
  });

  it('rejects the promise of an update that is refused', async () => {
    const queue = new UpdateQueue();
    const acked = queue.add(pending('a'));
    const refusal = new TextConnectionError('too_large', 'too large', 'a');
    expect(queue.refuse(refusal)).to.equal(true);
    expect(await acked.catch((error: unknown) => error)).to.equal(refusal);
    expect(queue.size).to.equal(0);
  });

  it('lists what is not acknowledged, oldest first', () => {
    const queue = queueOf('a', 'b', 'c');
    queue.takeNext();
    expect(queue.list().map(({ opId }) => opId)).to.deep.equal(['a', 'b', 'c']);
  });
});
