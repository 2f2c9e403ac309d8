import { mock } from 'node:test';
import { expect } from 'chai';
import { SharedGatherTimer } from '../../actors/gather-timer.ts';

const ticked = (timer: SharedGatherTimer, ms: number): Promise<void> =>
  new Promise((resolve) => timer.start({ tick: resolve }, ms));

describe('the timer of what gathers', () => {
  it('calls each back once, those that wait longer later', async () => {
    const timer = new SharedGatherTimer(() => undefined);
    const order: string[] = [];
    await Promise.all([
      ticked(timer, 40).then(() => order.push('long')),
      ticked(timer, 2).then(() => order.push('short')),
      ticked(timer, 2).then(() => order.push('short too')),
    ]);
    await ticked(timer, 2);
    expect(order).to.deep.equal(['short', 'short too', 'long']);
  });

  it('can be started again from within a tick', async () => {
    const timer = new SharedGatherTimer(() => undefined);
    let ticks = 0;
    await new Promise<void>((resolve) => {
      const gathering = {
        tick: () => {
          ticks++;
          if (ticks === 3) resolve();
          else timer.start(gathering, 1);
        },
      };
      timer.start(gathering, 1);
    });
    expect(ticks).to.equal(3);
  });

  it('[DOC-8] goes on where one of them fails', async () => {
    const errors: unknown[] = [];
    const timer = new SharedGatherTimer((error) => errors.push(error));
    timer.start(
      {
        tick: () => {
          throw new Error('a defect');
        },
      },
      1,
    );
    await ticked(timer, 1);
    expect(errors.map(String)).to.deep.equal(['Error: a defect']);
  });

  it('does not keep the process alive, and is not there while nothing waits', async () => {
    const ms = 7; // by which its timers are known among those of others
    const started = mock.method(globalThis, 'setTimeout');
    const timers = () => started.mock.calls.filter((call) => call.arguments[1] === ms);
    const timer = new SharedGatherTimer(() => undefined);
    const done = ticked(timer, ms);
    expect(timers().map(({ result }) => result?.hasRef())).to.deep.equal([false]);
    await done;
    expect(timers()).to.have.lengthOf(1);
    started.mock.restore();
  });
});
