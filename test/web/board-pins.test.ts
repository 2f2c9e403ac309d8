import { expect } from 'chai';
import fc from 'fast-check';
import { heapedPins, placeCard } from '../../web/board/comments/place-pins.ts';
import { glide } from '../../web/board/guests/glide.ts';

describe('pins of comments', () => {
  it('stand beside each other where they would cover each other', () => {
    const pin = (id: string, x: number, y: number) => ({ id, position: { x, y } });
    const ranks = heapedPins([pin('a', 10, 10), pin('b', 50, 10), pin('c', 10.1, 10), pin('d', 10, 10)]);
    expect([...ranks]).to.deep.equal([
      ['a', 0],
      ['b', 0],
      ['c', 1],
      ['d', 2],
    ]);
  });

  it('have their card on the right, on the left where there is no room, and always inside', () => {
    const [card, screen] = [
      { width: 300, height: 200 },
      { width: 1000, height: 600 },
    ];
    expect(placeCard({ x: 100, y: 300 }, card, screen)).to.deep.equal({ x: 142, y: 268 });
    expect(placeCard({ x: 900, y: 300 }, card, screen)).to.deep.equal({ x: 590, y: 268 });
    expect(placeCard({ x: 100, y: 590 }, card, screen)).to.deep.equal({ x: 142, y: 392 });
    const anywhere = fc.record({
      x: fc.integer({ min: -5000, max: 5000 }),
      y: fc.integer({ min: -5000, max: 5000 }),
    });
    fc.assert(
      fc.property(anywhere, (pin) => {
        const { x, y } = placeCard(pin, card, screen);
        expect(x).to.be.within(8, screen.width - card.width - 8);
        expect(y).to.be.within(8, screen.height - card.height - 8);
      }),
    );
  });
});

describe('a cursor that glides', () => {
  it('comes nearer with every frame and arrives, at any rate of frames', () => {
    const target = { x: 300, y: -40 };
    for (const frame of [4, 16, 33, 100]) {
      let at = { x: 0, y: 0 };
      let distance = Math.hypot(target.x, target.y);
      for (let time = 0; time < 600; time += frame) {
        at = glide(at, target, frame);
        const left = Math.hypot(target.x - at.x, target.y - at.y);
        expect(left).to.be.at.most(distance);
        distance = left;
      }
      expect(at).to.equal(target);
    }
  });

  it('is as far after one long frame as after many short ones', () => {
    const [from, target] = [
      { x: 0, y: 0 },
      { x: 100, y: 50 },
    ];
    const once = glide(from, target, 64);
    let often = from;
    for (let i = 0; i < 8; i += 1) often = glide(often, target, 8);
    expect(often.x).to.be.closeTo(once.x, 1e-9);
    expect(often.y).to.be.closeTo(once.y, 1e-9);
  });
});
