import { mock } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import { PaintRates, type RatedPainter } from '../../http/sockets/paint-rates.ts';

const START = Date.UTC(2026, 10, 21);
const painter = (pixelsPerSecond: number, burst: number, key = 'ann'): RatedPainter => ({
  key,
  rate: { pixelsPerSecond, burst },
});
const pass = (ms: number): void => mock.timers.tick(ms);

describe('the rates of painting', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: START }));
  afterEach(() => mock.timers.reset());

  it('[CANVAS-33] give the burst at once, and no pixel more', async () => {
    const rates = new PaintRates();
    const ann = painter(20, 200);
    for (let n = 0; n < 200; n += 1) expect((await rates.take(1, [ann])).isAllowed).to.equal(true);
    expect(await rates.take(1, [ann])).to.deep.equal({ isAllowed: false, retryAfterMs: 50 });
    expect(await rates.take(10, [ann])).to.deep.equal({ isAllowed: false, retryAfterMs: 500 });
  });

  it('[CANVAS-33] give pixelsPerSecond in the long run, however it is asked for', async () => {
    for (const batch of [1, 7, 200]) {
      const rates = new PaintRates();
      const ann = painter(20, 200, `batch ${batch}`);
      let painted = 0;
      const seconds = 600;
      for (let ms = 0; ms < seconds * 1_000; ms += 250) {
        // Far more than may be, and again and again: who is refused pays nothing.
        for (let n = 0; n < 8; n += 1) if ((await rates.take(batch, [ann])).isAllowed) painted += batch;
        pass(250);
      }
      const most = 200 + 20 * seconds;
      expect(painted).to.be.within(most - batch - 5, most);
    }
  });

  it('[CANVAS-33] never give more than the burst and what came back, in any stretch of time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ rate: fc.integer({ min: 1, max: 1_000 }), burst: fc.integer({ min: 1, max: 2_000 }) }),
        fc.array(fc.record({ after: fc.nat(3_000), pixels: fc.integer({ min: 1, max: 1_000 }) }), {
          maxLength: 40,
        }),
        async ({ rate, burst }, asks) => {
          const rates = new PaintRates();
          const taken: { at: number; pixels: number }[] = [];
          for (const { after, pixels } of asks) {
            pass(after);
            const { isAllowed } = await rates.take(pixels, [painter(rate, burst)]);
            if (isAllowed) taken.push({ at: Date.now(), pixels });
          }
          for (const [first, { at: from }] of taken.entries()) {
            let pixels = 0;
            for (const later of taken.slice(first)) {
              pixels += later.pixels;
              // The rounding of a time is at most a pixel a hundred at the highest rates.
              expect(pixels).to.be.at.most(burst + ((later.at - from) * rate) / 1_000 + 0.02);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('[CANVAS-34] tell honestly when there is room: after exactly that time it is given, a ms before it is not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1, max: 1_000 }),
        fc.nat(5_000),
        async (rate, burst, wanted, pause) => {
          const rates = new PaintRates();
          const ann = painter(rate, burst);
          const pixels = Math.min(wanted, burst);
          await rates.take(burst, [ann]);
          pass(pause);
          for (;;) {
            const decision = await rates.take(pixels, [ann]);
            if (decision.isAllowed) continue;
            const { retryAfterMs = Number.NaN } = decision;
            expect(retryAfterMs).to.be.at.least(1);
            pass(retryAfterMs - 1);
            expect((await rates.take(pixels, [ann])).isAllowed).to.equal(false);
            pass(1);
            expect((await rates.take(pixels, [ann])).isAllowed).to.equal(true);
            return;
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('[CANVAS-34] promise no time for more than the burst, which never fits', async () => {
    const rates = new PaintRates();
    expect(await rates.take(201, [painter(20, 200)])).to.deep.equal({ isAllowed: false });
    expect(await rates.take(200, [painter(20, 200)])).to.deep.equal({ isAllowed: true });
  });

  it('[CANVAS-33] hold for a user and for an address, and take from both or from none', async () => {
    const rates = new PaintRates();
    const address = painter(100, 100, 'address');
    const [ann, bob] = [painter(10, 60, 'ann'), painter(10, 60, 'bob')];
    expect((await rates.take(60, [ann, address])).isAllowed).to.equal(true);
    // 40 are left to the address.
    expect(await rates.take(60, [bob, address])).to.deep.equal({ isAllowed: false, retryAfterMs: 200 });
    expect((await rates.take(40, [bob, address])).isAllowed).to.equal(true);
    pass(1_000);
    // The address has all back, Ann 10.
    expect(await rates.take(20, [ann, address])).to.deep.equal({ isAllowed: false, retryAfterMs: 1_000 });
    expect((await rates.take(30, [bob, address])).isAllowed).to.equal(true);
  });

  it('[CANVAS-33] decide in order about what is asked at once', async () => {
    const rates = new PaintRates();
    const decisions = await Promise.all(Array.from({ length: 30 }, () => rates.take(10, [painter(20, 200)])));
    expect(decisions.map(({ isAllowed }) => isAllowed)).to.deep.equal(
      Array.from({ length: 30 }, (_, n) => n < 20),
    );
  });

  it('[CANVAS-33] are those of now: other limits count from the next painting on', async () => {
    const rates = new PaintRates();
    expect((await rates.take(200, [painter(20, 200)])).isAllowed).to.equal(true);
    expect((await rates.take(100, [painter(20, 400)])).isAllowed).to.equal(true);
    expect((await rates.take(1, [painter(20, 100)])).isAllowed).to.equal(false);
  });

  it('[CANVAS-33] give back what was not painted, and never more than the burst', async () => {
    const rates = new PaintRates();
    const ann = painter(20, 200);
    expect((await rates.take(200, [ann])).isAllowed).to.equal(true);
    await rates.giveBack(50, [ann]);
    expect((await rates.take(51, [ann])).isAllowed).to.equal(false);
    expect((await rates.take(50, [ann])).isAllowed).to.equal(true);
    await rates.giveBack(1_000, [ann]);
    expect(rates.size).to.equal(0);
    expect((await rates.take(201, [ann])).isAllowed).to.equal(false);
  });

  it('keep nothing about those whose bucket is full', async () => {
    const rates = new PaintRates();
    for (let n = 0; n < 1_000; n += 1) await rates.take(1, [painter(20, 200, `user ${n}`)]);
    expect(rates.size).to.equal(1_000);
    pass(50);
    expect(rates.size).to.equal(0);
  });
});
