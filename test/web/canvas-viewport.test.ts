import { expect } from 'chai';
import fc from 'fast-check';
import {
  cellAt,
  centerOf,
  fitView,
  keepVisible,
  nextScale,
  pinch,
  rectBetween,
  reveal,
  type Viewport,
  visibleCells,
  zoomTo,
} from '../../web/canvas/view/viewport.ts';

const PICTURE = { width: 900, height: 900 };
const SCREEN = { width: 1280, height: 720 };

const places = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
});
const views: fc.Arbitrary<Viewport> = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  scale: fc.double({ min: 0.05, max: 64, noNaN: true }),
});
/** Where on the picture a point of the screen is, with what is not a whole cell. */
const within = (view: Viewport, point: { x: number; y: number }) => ({
  x: (point.x - view.x) / view.scale,
  y: (point.y - view.y) / view.scale,
});

describe('the view of a pixel canvas', () => {
  it('keeps what is under the pointer there while it zooms', () => {
    fc.assert(
      fc.property(views, places, fc.double({ min: 0.01, max: 200, noNaN: true }), (view, anchor, scale) => {
        const next = zoomTo(view, scale, anchor);
        const [before, after] = [within(view, anchor), within(next, anchor)];
        expect(after.x).to.be.closeTo(before.x, 1e-6 * Math.max(1, Math.abs(before.x)));
        expect(after.y).to.be.closeTo(before.y, 1e-6 * Math.max(1, Math.abs(before.y)));
        expect(next.scale).to.be.within(0.02, 64);
      }),
    );
  });

  it('finds the cell that is drawn at a place', () => {
    fc.assert(
      fc.property(views, places, (view, cell) => {
        expect(cellAt(view, centerOf(view, cell))).to.deep.equal(cell);
      }),
    );
  });

  it('shows all of the picture beside what floats above it', () => {
    const view = fitView(PICTURE, SCREEN, { top: 0, right: 300, bottom: 100, left: 0 });
    expect(view.x).to.be.at.least(0);
    expect(view.y).to.be.at.least(0);
    expect(view.x + PICTURE.width * view.scale).to.be.at.most(SCREEN.width - 300);
    expect(view.y + PICTURE.height * view.scale).to.be.at.most(SCREEN.height - 100);
    expect(fitView({ width: 8, height: 6 }, SCREEN).scale % 1).to.equal(0);
  });

  it('never loses the picture out of sight', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(visibleCells(keepVisible(view, PICTURE, SCREEN), PICTURE, SCREEN)).not.to.equal(undefined);
      }),
    );
  });

  it('follows two fingers: their middle stays on its cell, their distance is the zoom', () => {
    const view = { x: 10, y: 20, scale: 4 };
    const next = pinch(
      view,
      [
        { x: 100, y: 100 },
        { x: 200, y: 100 },
      ],
      [
        { x: 150, y: 300 },
        { x: 350, y: 300 },
      ],
    );
    expect(next.scale).to.equal(8);
    expect(within(next, { x: 250, y: 300 })).to.deep.equal(within(view, { x: 150, y: 100 }));
  });

  it('moves as little as it must to show a cell', () => {
    const view = { x: 0, y: 0, scale: 10 };
    expect(reveal(view, { x: 50, y: 30 }, SCREEN)).to.equal(view);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 899 }), fc.integer({ min: 0, max: 899 }), (x, y) => {
        const { x: left, y: top } = centerOf(reveal(view, { x, y }, SCREEN), { x, y });
        expect(left).to.be.within(0, SCREEN.width);
        expect(top).to.be.within(0, SCREEN.height);
      }),
    );
  });

  it('steps through the scales and stops at the ends', () => {
    expect(nextScale(1, 1)).to.equal(1.5);
    expect(nextScale(7, -1)).to.equal(6);
    expect(nextScale(64, 1)).to.equal(64);
    expect(nextScale(0.03, -1)).to.equal(0.03);
  });

  it('takes the corners of a dragged region as being in it, and cuts it at the edges', () => {
    expect(rectBetween({ x: 5, y: 7 }, { x: 3, y: 9 }, PICTURE)).to.deep.equal({
      x: 3,
      y: 7,
      width: 3,
      height: 3,
    });
    expect(rectBetween({ x: -4, y: 898 }, { x: 2, y: 1200 }, PICTURE)).to.deep.equal({
      x: 0,
      y: 898,
      width: 3,
      height: 2,
    });
  });
});
