import { expect } from 'chai';
import fc from 'fast-check';
import { DirtyRegions } from '../../client/canvas-dirty-regions.ts';
import { lineTo } from '../../client/canvas-paint.ts';
import { LatencyWindow } from '../../client/latency-window.ts';

describe('what has to be drawn again', () => {
  it('has every pixel that changed, none twice, and no more rectangles than tiles', () => {
    const [width, height] = [150, 100];
    const places = fc.array(fc.tuple(fc.nat(width - 1), fc.nat(height - 1)), { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(places, (points) => {
        const dirty = new DirtyRegions(width, height);
        for (const [x, y] of points) dirty.mark(y * width + x);
        const regions = dirty.take();
        const drawn = new Uint8Array(width * height);
        for (const region of regions) {
          for (let y = region.y; y < region.y + region.height; y += 1) {
            for (let x = region.x; x < region.x + region.width; x += 1)
              drawn[y * width + x] = (drawn[y * width + x] ?? 0) + 1;
          }
        }
        for (const [x, y] of points) expect(drawn[y * width + x]).to.equal(1);
        expect(Math.max(0, ...drawn)).to.be.at.most(1);
        expect(regions.length).to.be.at.most(6);
        expect(dirty.take()).to.deep.equal([]);
      }),
    );
  });

  it('is a small rectangle where a few pixels close together changed', () => {
    const dirty = new DirtyRegions(900, 900);
    for (const [x, y] of [
      [10, 20],
      [12, 21],
      [700, 800],
    ] as const) {
      dirty.mark(y * 900 + x);
    }
    expect(dirty.take()).to.deep.equal([
      { x: 10, y: 20, width: 3, height: 2 },
      { x: 700, y: 800, width: 1, height: 1 },
    ]);
  });

  it('is everything once everything changed', () => {
    const dirty = new DirtyRegions(9, 5);
    dirty.mark(3);
    dirty.markAll();
    dirty.mark(4);
    expect(dirty.take()).to.deep.equal([{ x: 0, y: 0, width: 9, height: 5 }]);
  });
});

describe('the line of a stroke', () => {
  it('goes from pixel to neighbouring pixel and ends where it should', () => {
    const place = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(place, place, (from, to) => {
        let [x, y] = from;
        for (const [nextX, nextY] of lineTo(from, to)) {
          expect(Math.max(Math.abs(nextX - x), Math.abs(nextY - y))).to.equal(1);
          [x, y] = [nextX, nextY];
        }
        expect([x, y]).to.deep.equal(to);
      }),
    );
  });
});

describe('a window of latencies', () => {
  it('forgets all but the last few', () => {
    const window = new LatencyWindow();
    expect(window.percentile(0.5)).to.equal(undefined);
    for (let ms = 0; ms < 1_000; ms += 1) window.add(ms);
    expect([window.count, window.percentile(0), window.percentile(1)]).to.deep.equal([256, 744, 999]);
  });
});
