import { expect } from 'chai';
import fc from 'fast-check';
import { clusteredPins, clusterScale } from '../../web/board/comments/place-pins.ts';

const pin = (id: string, x: number, y: number) => ({ id, position: { x, y } });

describe('pins of comments in a small picture', () => {
  it('are gathered where they would cover each other, except the one that is open', () => {
    const pins = [pin('a', 0, 0), pin('b', 30, 0), pin('c', 60, 0), pin('d', 500, 0)];
    const { singles, clusters } = clusteredPins(pins, 0.5);
    expect(singles.map(({ id }) => id)).to.deep.equal(['c', 'd']);
    expect(clusters).to.deep.equal([{ position: { x: 0, y: 0 }, pins: pins.slice(0, 2) }]);
    const opened = clusteredPins(pins, 0.5, 'a');
    expect(opened.singles.map(({ id }) => id)).to.deep.equal(['a', 'd']);
    expect(opened.clusters.map((each) => each.pins.map(({ id }) => id))).to.deep.equal([['b', 'c']]);
  });

  it('stand for themselves at full size, and where no zooming takes them apart', () => {
    const pins = [pin('a', 10, 10), pin('b', 12, 10)];
    expect(clusteredPins(pins, 1)).to.deep.equal({ singles: pins, clusters: [] });
    const heap = [pin('a', 10, 10), pin('b', 10, 10)];
    expect(clusteredPins(heap, 0.1)).to.deep.equal({ singles: heap, clusters: [] });
  });

  it('are all there once, at any scale', () => {
    const place = fc.record({
      x: fc.integer({ min: -900, max: 900 }),
      y: fc.integer({ min: -900, max: 900 }),
    });
    fc.assert(
      fc.property(fc.array(place), fc.double({ min: 0.05, max: 2, noNaN: true }), (places, scale) => {
        const pins = places.map(({ x, y }, at) => pin(String(at), x, y));
        const { singles, clusters } = clusteredPins(pins, clusterScale(scale));
        const shown = [...singles, ...clusters.flatMap((each) => each.pins)].map(({ id }) => Number(id));
        expect(shown.toSorted((a, b) => a - b)).to.deep.equal(places.map((_, at) => at));
        for (const each of clusters) expect(each.pins.length).to.be.above(1);
      }),
    );
  });

  it('do not gather anew with each step of a zoom, and never later than they cover each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 8, noNaN: true }), (scale) => {
        expect(clusterScale(scale)).to.be.within(Math.min(1, scale) * 0.84, Math.min(1, scale) * 1.000001);
      }),
    );
    expect(clusterScale(0.6)).to.equal(clusterScale(0.65));
  });
});
