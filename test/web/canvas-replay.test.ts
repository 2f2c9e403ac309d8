import { expect } from 'chai';
import fc from 'fast-check';
import { packPixels, pixelCount } from '../../protocol/canvas-pixels.ts';
import { isStep, Replay, type ReplayStep, stepsIn } from '../../web/canvas/lapse/replay.ts';

const SIZE = { width: 6, height: 4 };
const AT = '2024-05-01T12:00:00.000Z';

const step = (seq: number, pixels: readonly (readonly [number, number])[]): ReplayStep => ({
  seq,
  at: AT,
  userId: 'ann',
  kind: 'painted',
  pixels: packPixels(pixels),
});
const steps = fc
  .array(fc.array(fc.tuple(fc.nat(23), fc.nat(9)), { maxLength: 8 }), { minLength: 1, maxLength: 40 })
  .map((all) => all.map((pixels, n) => step(2 * n + 1, pixels)));

/** The picture after so many steps, painted from the beginning. */
function painted(all: readonly ReplayStep[], position: number): Uint8Array {
  const replay = new Replay(SIZE, 7);
  replay.add(all.slice(0, position));
  replay.seek(position);
  return replay.pixels;
}

describe('a time-lapse', () => {
  it('shows at each place what was there then, forwards and back', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.nat(50), { maxLength: 12 }), (all, seeks) => {
        const replay = new Replay(SIZE, 7);
        replay.add(all);
        for (const to of seeks) {
          replay.seek(to);
          const position = Math.min(to, all.length);
          expect(replay.position).to.equal(position);
          expect(replay.step).to.equal(all[position - 1]);
          expect(replay.pixels).to.deep.equal(painted(all, position));
        }
      }),
    );
  });

  it('goes back from a copy on the way where a lot was painted', () => {
    const size = { width: 400, height: 300 };
    const replay = new Replay(size, 0);
    const all = Array.from({ length: 12 }, (_, n) =>
      step(
        n + 1,
        Array.from({ length: 60_000 }, (_, index): [number, number] => [index, n + 1]),
      ),
    );
    replay.add(all);
    replay.seek(12);
    expect(replay.seek(9)).to.equal(undefined);
    expect(replay.pixels[0]).to.equal(9);
    expect(replay.seek(10)?.map(pixelCount)).to.deep.equal([60_000]);
    replay.seek(0);
    expect(replay.pixels.every((color) => color === 0)).to.equal(true);
  });

  it('has a step for each event that changed pixels', () => {
    const event = step(3, [[8, 3]]);
    expect(isStep(event)).to.equal(true);
    expect(isStep({ ...event, kind: 'rewound' })).to.equal(true);
    expect(isStep({ ...event, kind: 'locked' })).to.equal(false);
    expect(isStep({ ...event, pixels: new Uint8Array(0) })).to.equal(false);
  });

  it('takes as long for a long history, and does not draw out a short one', () => {
    expect(stepsIn(20_000, 10_000, 1)).to.equal(10_000);
    expect(stepsIn(10_000, 10_000, 2)).to.equal(10_000);
    expect(stepsIn(1_000, 8, 1)).to.equal(4);
  });
});
