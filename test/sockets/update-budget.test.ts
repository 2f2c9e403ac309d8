import { expect } from 'chai';
import fc from 'fast-check';
import { ByteRate } from '../../http/sockets/byte-rate.ts';
import { ROOM_LIMITS } from '../../http/sockets/room-limits.ts';
import { UpdateBudget } from '../../http/sockets/update-budget.ts';
import { Problem } from '../../protocol/problem.ts';
import { FakeClock } from './fake-clock.ts';

/** What becomes of an update of so many bytes, each of which is on the disk at once. */
function take(budget: UpdateBudget, bytes: number): string {
  try {
    budget.take(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `${error.code} ${error.extra?.['retryAfterMs'] ?? ''}`.trimEnd();
  }
  budget.settle(bytes);
  return 'taken';
}

describe('the budget of updates of a socket', () => {
  it('takes the largest update at once, and a second of others behind it', () => {
    const budget = new UpdateBudget(ROOM_LIMITS, new FakeClock());
    expect(take(budget, ROOM_LIMITS.updateBytes + 1)).to.equal('too_large');
    expect(take(budget, ROOM_LIMITS.updateBytes)).to.equal('taken');
    expect(take(budget, ROOM_LIMITS.bytesPerSecond)).to.equal('taken');
    expect(take(budget, 1)).to.equal('rate_limited 1');
  });

  it('says when there is room, and takes nothing for what it refuses', () => {
    const clock = new FakeClock();
    const budget = new UpdateBudget(
      { updateBytes: 1_000, bytesPerSecond: 1_000, unackedBytes: 10_000 },
      clock,
    );
    expect([take(budget, 1_000), take(budget, 1_000)]).to.deep.equal(['taken', 'taken']);
    for (let count = 0; count < 10; count += 1) expect(take(budget, 500)).to.equal('rate_limited 500');
    clock.advance(499);
    expect(take(budget, 500)).to.equal('rate_limited 1');
    clock.advance(1);
    expect(take(budget, 500)).to.equal('taken');
  });

  it('takes nothing for an update that waits for the disk', () => {
    const clock = new FakeClock();
    const budget = new UpdateBudget({ updateBytes: 800, bytesPerSecond: 200, unackedBytes: 500 }, clock);
    budget.take(400);
    for (let count = 0; count < 10; count += 1) expect(take(budget, 200)).to.equal('rate_limited');
    budget.settle(400);
    expect([take(budget, 500), take(budget, 100), take(budget, 1)]).to.deep.equal([
      'taken',
      'taken',
      'rate_limited 5',
    ]);
  });

  it('lets no more through in any time than the burst and what came back in it', () => {
    const limits = { bytesPerSecond: 1_000, burstBytes: 3_000 };
    const steps = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 3_000 }), ms: fc.nat(2_000) }));
    fc.assert(
      fc.property(steps, (wanted) => {
        const clock = new FakeClock();
        const rate = new ByteRate(limits, clock);
        const taken: { at: number; bytes: number }[] = [];
        for (const { bytes, ms } of wanted) {
          clock.advance(ms);
          const wait = rate.waitFor(bytes);
          if (wait > 0) {
            clock.advance(wait);
            expect(rate.waitFor(bytes)).to.equal(0);
          }
          rate.spend(bytes);
          taken.push({ at: clock.now(), bytes });
        }
        for (const [first, { at }] of taken.entries()) {
          let sum = 0;
          for (const later of taken.slice(first)) {
            sum += later.bytes;
            expect(sum).to.be.at.most(limits.burstBytes + (later.at - at) + 0.001);
          }
        }
      }),
    );
  });
});
