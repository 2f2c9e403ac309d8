import { expect } from 'chai';
import fc from 'fast-check';
import {
  centredOn,
  fitted,
  MAX_SCALE,
  MIN_SCALE,
  pinched,
  revealing,
  stepFrom,
  toPicture,
  toScreen,
  zoomedTo,
} from '../../web/board/viewport.ts';

const SCREEN = { width: 1200, height: 800 };
const part = fc.double({ min: -2000, max: 2000, noNaN: true });
const point = fc.record({ x: part, y: part });
const scale = fc.double({ min: MIN_SCALE, max: MAX_SCALE, noNaN: true });
const viewport = fc.record({ x: part, y: part, scale });

describe('the viewport of a board', () => {
  it('leads from the picture to the screen and back', () => {
    fc.assert(
      fc.property(point, viewport, (place, view) => {
        const back = toPicture(toScreen(place, view), view);
        expect(back.x).to.be.closeTo(place.x, 1e-6);
        expect(back.y).to.be.closeTo(place.y, 1e-6);
      }),
    );
  });

  it('keeps what is under the pointer there while it zooms, within its limits', () => {
    fc.assert(
      fc.property(viewport, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), point, (view, wanted, at) => {
        const next = zoomedTo(view, wanted, at);
        const [before, after] = [toPicture(at, view), toPicture(at, next)];
        expect(after.x * next.scale).to.be.closeTo(before.x * next.scale, 1e-3);
        expect(after.y * next.scale).to.be.closeTo(before.y * next.scale, 1e-3);
        expect(next.scale).to.be.within(MIN_SCALE, MAX_SCALE);
      }),
    );
  });

  it('shows all of a box in the middle, no larger than it is', () => {
    const size = fc.double({ min: 1, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(point, size, size, (corner, width, height) => {
        const view = fitted({ ...corner, width, height }, SCREEN);
        const [start, end] = [
          toScreen(corner, view),
          toScreen({ x: corner.x + width, y: corner.y + height }, view),
        ];
        expect(view.scale).to.be.at.most(1);
        expect(start.x).to.be.at.least(-1);
        expect(start.y).to.be.at.least(-1);
        expect(end.x).to.be.at.most(SCREEN.width + 1);
        expect(end.y).to.be.at.most(SCREEN.height + 1);
      }),
    );
    expect(fitted({ x: 0, y: 0, width: 100, height: 100 }, SCREEN)).to.deep.equal({
      x: 550,
      y: 350,
      scale: 1,
    });
  });

  it('stands on whole pixels at its actual size, so that the picture is sharp', () => {
    fc.assert(
      fc.property(point, (place) => {
        const { x, y } = centredOn(place, 1, SCREEN);
        expect([x, y].every(Number.isInteger)).to.equal(true);
      }),
    );
  });

  it('steps through round percentages, and never stays where it is but at its limits', () => {
    expect(stepFrom(1, 1)).to.equal(1.25);
    expect(stepFrom(1, -1)).to.equal(0.75);
    expect(stepFrom(0.997, 1)).to.equal(1.25);
    expect(stepFrom(MAX_SCALE, 1)).to.equal(MAX_SCALE);
    fc.assert(
      fc.property(fc.double({ min: 0.06, max: 30, noNaN: true }), (from) => {
        expect(stepFrom(from, 1)).to.be.greaterThan(from);
        expect(stepFrom(from, -1)).to.be.lessThan(from);
      }),
    );
  });

  it('follows two fingers: what is under each stays under it', () => {
    const view = { x: 10, y: 20, scale: 1 };
    const before = [
      { x: 100, y: 100 },
      { x: 200, y: 100 },
    ] as const;
    const after = [
      { x: 80, y: 150 },
      { x: 280, y: 150 },
    ] as const;
    const next = pinched(view, before, after);
    expect(next.scale).to.equal(2);
    before.forEach((finger, at) => {
      const place = toScreen(toPicture(finger, view), next);
      expect(place.x).to.be.closeTo(after[at]?.x ?? 0, 1e-9);
      expect(place.y).to.be.closeTo(after[at]?.y ?? 0, 1e-9);
    });
  });

  it('moves only where a box is out of sight', () => {
    const view = { x: 0, y: 0, scale: 1 };
    expect(revealing(view, { x: 100, y: 100, width: 50, height: 50 }, SCREEN)).to.deep.equal(view);
    const moved = revealing(view, { x: 1300, y: 100, width: 50, height: 50 }, SCREEN);
    expect(moved.y).to.equal(0);
    expect(moved.x + 1350).to.be.below(SCREEN.width);
  });
});
