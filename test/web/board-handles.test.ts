import { expect } from 'chai';
import fc from 'fast-check';
import type { Box, Point, RoomAnnotation } from '../../client/index.ts';
import { centreOf, cornersOf, to45Degrees, turnedAbout } from '../../web/board/stage/geometry.ts';
import {
  type BoxHandle,
  cursorOf,
  handleAt,
  handlesOf,
  resizedBox,
  turnOf,
} from '../../web/board/stage/handles.ts';
import { snapped } from '../../web/board/stage/snapping.ts';
import { frameAround, resizedPlan, rotatedPlan } from '../../web/board/stage/transform-plan.ts';

const measureText = () => ({ width: 100, height: 20 });
const PLAIN = { keepsRatio: false, fromCentre: false };
const part = fc.double({ min: -1000, max: 1000, noNaN: true });
const point = fc.record({ x: part, y: part });
const side = fc.double({ min: 1, max: 500, noNaN: true });
const box = fc.record({ x: part, y: part, width: side, height: side });
const angle = fc.integer({ min: 0, max: 359 });
const sign = fc.constantFrom<-1 | 0 | 1>(-1, 0, 1);
const handle = fc
  .record({ kind: fc.constant('resize' as const), x: sign, y: sign })
  .filter(({ x, y }) => x !== 0 || y !== 0);

const close = (a: Point, b: Point): void => {
  expect(a.x).to.be.closeTo(b.x, 1e-6);
  expect(a.y).to.be.closeTo(b.y, 1e-6);
};
const normal = ({ x, y, width, height }: Box): Box => ({
  x: Math.min(x, x + width),
  y: Math.min(y, y + height),
  width: Math.abs(width),
  height: Math.abs(height),
});
/** Where a handle of a turned box is. */
const placeOf = (frame: Box, rotation: number, { x, y }: Pick<BoxHandle, 'x' | 'y'>): Point => {
  const { x: cx, y: cy } = centreOf(frame);
  return turnedAbout(
    { x: cx + (x * frame.width) / 2, y: cy + (y * frame.height) / 2 },
    { x: cx, y: cy },
    rotation,
  );
};

describe('the handles of a frame', () => {
  it('draw a corner to the pointer, and what is opposite stays where it is, however the frame is turned', () => {
    fc.assert(
      fc.property(box, angle, handle, point, (frame, rotation, held, to) => {
        const next = resizedBox(frame, rotation, held, to, PLAIN);
        const opposite = { x: -held.x, y: -held.y } as BoxHandle;
        close(placeOf(next, rotation, opposite), placeOf(frame, rotation, opposite));
        if (held.x !== 0 && held.y !== 0) close(placeOf(next, rotation, held), to);
      }),
    );
  });

  it('keep the centre, or the proportions, where that is asked for', () => {
    fc.assert(
      fc.property(box, angle, handle, point, (frame, rotation, held, to) => {
        const centred = resizedBox(frame, rotation, held, to, { keepsRatio: false, fromCentre: true });
        close(centreOf(centred), centreOf(frame));
        const similar = normal(
          resizedBox(frame, rotation, held, to, { keepsRatio: true, fromCentre: false }),
        );
        expect(similar.width * frame.height).to.be.closeTo(
          similar.height * frame.width,
          1e-3 * frame.width * frame.height + 1e-3,
        );
      }),
    );
  });

  it('are found by a pointer that is near, the nearest first', () => {
    const frame = {
      kind: 'box',
      box: { x: 0, y: 0, width: 100, height: 80 },
      rotation: 0,
      canRotate: true,
    } as const;
    const handles = handlesOf(frame);
    expect(handles).to.have.length(9);
    expect(handleAt(handles, { x: 103, y: 78 })).to.deep.equal({ kind: 'resize', x: 1, y: 1 });
    expect(handleAt(handles, { x: 50, y: -25 })).to.deep.equal({ kind: 'rotate' });
    expect(handleAt(handles, { x: 50, y: 40 })).to.equal(undefined);
    expect(handleAt(handles, { x: 114, y: 90 }, true)).to.deep.equal({ kind: 'resize', x: 1, y: 1 });
  });

  it('leave the sides out where there is no room, and show cursors that go with the turn', () => {
    const small = { x: 0, y: 0, width: 20, height: 20 };
    expect(handlesOf({ kind: 'box', box: small, rotation: 0, canRotate: false })).to.have.length(4);
    const corner: BoxHandle = { kind: 'resize', x: 1, y: 1 };
    expect(cursorOf(corner, 0)).to.equal('nwse-resize');
    expect(cursorOf(corner, 90)).to.equal('nesw-resize');
    expect(cursorOf(corner, 45)).to.equal('ns-resize');
  });

  it('turn by the angle that the pointer goes round, in steps where that is asked for', () => {
    const centre = { x: 0, y: 0 };
    expect(turnOf(centre, { x: 0, y: -10 }, { x: 10, y: 0 }, 0, false)).to.be.closeTo(90, 1e-9);
    expect(turnOf(centre, { x: 0, y: -10 }, { x: 10, y: -1 }, 7, true)).to.equal(83);
  });
});

describe('what is transformed', () => {
  const annotation = (type: string, geometry: object): RoomAnnotation =>
    ({
      id: type,
      type,
      geometry,
      style: {},
      content: 'x',
      parent_id: null,
      group_id: null,
      status: 'active',
    }) as RoomAnnotation;
  const options = { isSide: false, measureText };

  it('fills the box that it is drawn to; a text takes a width and the height of its lines', () => {
    const from = { x: 0, y: 0, width: 100, height: 50 };
    const to = { x: 10, y: 10, width: 200, height: -100 };
    const shape = annotation('box', from);
    expect(resizedPlan([shape], from, to, options).get('box')).to.deep.equal({
      x: 10,
      y: -90,
      width: 200,
      height: 100,
    });
    const text = annotation('text', { x: 0, y: 0 });
    expect(
      resizedPlan(
        [text],
        { x: 0, y: 0, width: 100, height: 20 },
        { x: 0, y: 0, width: 60, height: 40 },
        options,
      ).get('text'),
    ).to.deep.equal({ x: 0, y: 0, width: 60 });
    const line = annotation('freehand', {
      points: [
        [0, 0, 0.3],
        [100, 50, 0.9],
      ],
    });
    expect(resizedPlan([line], from, to, options).get('freehand')).to.deep.equal({
      points: [
        [10, 10, 0.3],
        [210, -90, 0.9],
      ],
    });
  });

  it('comes back where it was when it is turned back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -360, max: 360 }), (degrees) => {
        const shape = annotation('box', { x: 10, y: 20, width: 100, height: 50 });
        const pivot = { x: 300, y: 300 };
        const turned = rotatedPlan([shape], pivot, degrees, measureText).get('box');
        const back = rotatedPlan([annotation('box', turned ?? {})], pivot, -degrees, measureText).get('box');
        expect(back).to.include({ width: 100, height: 50, rotation: 0 });
        // Coordinates are kept to a millionth.
        const { x, y } = back as Box;
        expect(Math.hypot(x - 10, y - 20)).to.be.below(1e-5);
      }),
    );
  });

  it('has handles at the ends of a line, else around its frame, and around all of several', () => {
    const line = annotation('line', {
      points: [
        [0, 0],
        [100, 50],
      ],
    });
    const shape = annotation('box', { x: 200, y: 0, width: 100, height: 50, rotation: 90 });
    expect(frameAround([line], measureText)?.kind).to.equal('ends');
    expect(frameAround([shape], measureText)).to.deep.include({ rotation: 90 });
    expect(frameAround([line, shape], measureText)).to.deep.equal({
      kind: 'box',
      box: { x: 0, y: -25, width: 275, height: 100 },
      rotation: 0,
      canRotate: true,
    });
    expect(frameAround([], measureText)).to.equal(undefined);
  });
});

describe('snapping', () => {
  const others = [{ x: 100, y: 100, width: 50, height: 50 }];

  it('brings edges and centres together that come near, and shows why', () => {
    const { by, guides } = snapped({ x: 153, y: 300, width: 40, height: 40 }, others, 5);
    expect(by).to.deep.equal({ x: -3, y: 0 });
    expect(guides).to.deep.equal([{ isVertical: true, at: 150, from: 100, to: 340 }]);
  });

  it('leaves alone what is far, and never moves by more than its reach', () => {
    expect(snapped({ x: 400, y: 400, width: 40, height: 40 }, others, 5)).to.deep.equal({
      by: { x: 0, y: 0 },
      guides: [],
    });
    fc.assert(
      fc.property(box, fc.array(box, { maxLength: 5 }), (moved, there) => {
        const { by } = snapped(moved, there, 6);
        expect(Math.max(Math.abs(by.x), Math.abs(by.y))).to.be.at.most(6);
      }),
    );
  });

  it('of directions takes the nearest of eight', () => {
    close(to45Degrees({ x: 10, y: 9 }), { x: 9.5, y: 9.5 });
    close(to45Degrees({ x: -20, y: 1 }), { x: -20, y: 0 });
    expect(
      cornersOf({ x: 0, y: 0, width: 2, height: 2 }, 90).map(({ x, y }) => [
        Math.round(x) + 0,
        Math.round(y) + 0,
      ]),
    ).to.deep.equal([
      [2, 0],
      [2, 2],
      [0, 2],
      [0, 0],
    ]);
  });
});
