import { expect } from 'chai';
import { KeyedQueue } from '../../client/keyed-queue.ts';

describe('a queue with keys', () => {
  it('gives out in the order of coming, whatever comes and goes in between', () => {
    const queue = new KeyedQueue<number>([
      ['a', 1],
      ['b', 2],
    ]);
    queue.add('c', 3);
    expect(queue.shift()).to.deep.equal(['a', 1]);
    queue.delete('b');
    queue.add('d', 4);
    expect([queue.shift(), queue.shift(), queue.shift()]).to.deep.equal([['c', 3], ['d', 4], undefined]);
    queue.add('a', 5);
    expect([queue.size, queue.get('a'), queue.shift(), queue.shift()]).to.deep.equal([
      1,
      5,
      ['a', 5],
      undefined,
    ]);
  });

  it('tells what is in it, oldest first', () => {
    const queue = new KeyedQueue<number>();
    for (const [at, key] of ['a', 'b', 'c'].entries()) queue.add(key, at);
    queue.shift();
    expect([[...queue.values()], [...queue.entries()]]).to.deep.equal([
      [1, 2],
      [
        ['b', 1],
        ['c', 2],
      ],
    ]);
  });

  it('walks over nothing twice that was taken out of it', () => {
    const queue = new KeyedQueue<number>();
    // From the beginning for each would be 20 billion steps.
    for (let count = 0; count < 200_000; count += 1) queue.add(String(count), count);
    let sum = 0;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) sum += next[1];
    expect(sum).to.equal((200_000 * 199_999) / 2);
  });
});
