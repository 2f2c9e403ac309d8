import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Pace } from '../../actors/pace.ts';

/** Keeps the event loop busy, as computing does. */
function compute(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

function* work(steps: number, ms = 0): Generator<void, string> {
  for (let step = 0; step < steps; step += 1) {
    if (ms > 0) compute(ms);
    yield;
  }
  return 'done';
}

describe('the pace of long work', () => {
  it('[DOC-17] gives others their turn between stretches, and comes to its end', async () => {
    let turns = 0;
    let isOver = false;
    const others = (async () => {
      while (!isOver) {
        await turn();
        turns += 1;
      }
    })();
    expect(await new Pace().drive(work(6, 6))).to.equal('done');
    isOver = true;
    await others;
    expect(turns).to.be.at.least(6);
  });

  it('does short work in one go', async () => {
    let isInterrupted = false;
    setImmediate(() => {
      isInterrupted = true;
    });
    // However slow the machine is: no time passes.
    const stopped = mock.method(performance, 'now', () => 0);
    try {
      await new Pace().drive(work(3));
    } finally {
      stopped.mock.restore();
    }
    expect(isInterrupted).to.equal(false);
  });
});
