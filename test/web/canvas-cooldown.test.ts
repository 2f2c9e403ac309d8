import { expect } from 'chai';
import fc from 'fast-check';
import { PaintRates } from '../../http/sockets/paint-rates.ts';
import { Cooldown, seconds } from '../../web/canvas/paint/cooldown.ts';

const RATE = { pixelsPerSecond: 20, burst: 200 };

describe('the cooldown that a painter is shown', () => {
  it('lets a burst through at once, and then as much as comes back', () => {
    const cooldown = new Cooldown(RATE);
    expect(cooldown.left(0)).to.equal(200);
    expect(cooldown.take(200, 0)).to.equal(true);
    expect(cooldown.take(1, 0)).to.equal(false);
    expect(cooldown.waitMs(0)).to.equal(50);
    expect(cooldown.left(50)).to.equal(1);
    expect(cooldown.left(1_000)).to.equal(20);
    expect(cooldown.fullness(5_000)).to.equal(0.5);
    expect(cooldown.left(60_000)).to.equal(200);
  });

  it('takes nothing where there is too little', () => {
    const cooldown = new Cooldown(RATE);
    cooldown.take(195, 0);
    expect(cooldown.take(6, 0)).to.equal(false);
    expect(cooldown.left(0)).to.equal(5);
  });

  it('believes the server when it says how long to wait', () => {
    const cooldown = new Cooldown(RATE);
    cooldown.refused(2_000, 1_000);
    expect(cooldown.left(2_999)).to.equal(0);
    expect(cooldown.waitMs(1_500)).to.equal(1_500);
    expect(cooldown.waited(2_000)).to.equal(0.5);
    expect(cooldown.waited(3_000)).to.equal(undefined);
    expect(cooldown.left(3_000)).to.equal(40);
  });

  it('keeps what was used when a moderator changes the limits', () => {
    const cooldown = new Cooldown(RATE);
    cooldown.take(50, 0);
    cooldown.setRate({ pixelsPerSecond: 1, burst: 100 }, 0);
    expect(cooldown.left(0)).to.equal(50);
    cooldown.setRate({ pixelsPerSecond: 1, burst: 10 }, 0);
    expect(cooldown.left(0)).to.equal(0);
  });

  it('never promises more than the server gives', async () => {
    const wishes = fc.array(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(wishes, async (pixels) => {
        // At one moment: real time passes for the server only, which gives it more to give.
        const cooldown = new Cooldown(RATE);
        const rates = new PaintRates();
        for (const wish of pixels) {
          if (!cooldown.take(wish, 0)) continue;
          expect(await rates.take(wish, [{ key: 'ann', rate: RATE }])).to.deep.equal({ isAllowed: true });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('says times so that they are over when it says so', () => {
    expect([1, 999, 1_000, 1_001, 60_000].map(seconds)).to.deep.equal(['1 s', '1 s', '1 s', '2 s', '60 s']);
  });
});
