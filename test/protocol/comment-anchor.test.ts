import { expect } from 'chai';
import fc from 'fast-check';
import { anchorPoint } from '../../protocol/comment-anchor.ts';

const box = { x: 10, y: 20, width: 100, height: 40 };

describe('protocol/comment-anchor', () => {
  it('is the top left corner of what has a box', () => {
    for (const type of ['box', 'ellipse', 'text'] as const) {
      expect(anchorPoint(type, box), type).to.deep.equal({ x: 10, y: 20 });
    }
  });

  it('is the first point of what has points, whatever else a point says', () => {
    const points = [
      [3, 4, 0.5],
      [5, 6, 1],
      [7, 8, 1],
    ];
    for (const type of ['line', 'arrow', 'polygon', 'freehand'] as const) {
      expect(anchorPoint(type, { points }), type).to.deep.equal({ x: 3, y: 4 });
    }
  });

  it('is the place of a comment', () => {
    expect(anchorPoint('comment', { x: 1.5, y: -2 })).to.deep.equal({ x: 1.5, y: -2 });
    expect(anchorPoint('comment', {})).to.deep.equal({ x: 0, y: 0 });
  });

  // The centre is 60, 40: half the width and half the height away from the corner.
  for (const [rotation, x, y] of [
    [90, 80, -10],
    [180, 110, 60],
    [270, 40, 90],
    [-90, 40, 90],
    [360, 10, 20],
    [720_090, 80, -10],
  ] as const) {
    it(`turns with the annotation about its centre, clockwise: ${rotation} degrees`, () => {
      expect(anchorPoint('box', { ...box, rotation })).to.deep.equal({ x, y });
    });
  }

  it('turns to where a canvas draws the corner', () => {
    const radians = (30 * Math.PI) / 180;
    const { x, y } = anchorPoint('box', { ...box, rotation: 30 });
    expect(x).to.be.closeTo(60 - 50 * Math.cos(radians) + 20 * Math.sin(radians), 1e-6);
    expect(y).to.be.closeTo(40 - 50 * Math.sin(radians) - 20 * Math.cos(radians), 1e-6);
  });

  it('stays where a text has no size to turn in', () => {
    for (const size of [{}, { width: 100 }, { height: 40 }]) {
      expect(anchorPoint('text', { x: 1, y: 2, rotation: 45, ...size })).to.deep.equal({ x: 1, y: 2 });
    }
  });

  it('is always a place that a comment can have', () => {
    const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const length = fc.double({ min: 0, max: 1e6, noNaN: true });
    const geometry = fc.record({
      x: coordinate,
      y: coordinate,
      width: length,
      height: length,
      rotation: coordinate,
    });
    fc.assert(
      fc.property(geometry, (each) => {
        const turned = anchorPoint('ellipse', each);
        for (const part of [turned.x, turned.y]) {
          expect(part).to.be.within(-1e6, 1e6);
          expect(Object.is(part, -0) && each.rotation % 360 !== 0).to.equal(false);
        }
      }),
    );
    expect(anchorPoint('box', { x: 1e6, y: 0, width: 1e6, height: 0, rotation: 180 })).to.deep.equal({
      x: 1e6,
      y: 0,
    });
  });
});
