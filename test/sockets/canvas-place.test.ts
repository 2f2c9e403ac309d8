import { expect } from 'chai';
import { AddressSlots } from '../../http/sockets/address-slots.ts';
import { CanvasPlace } from '../../http/sockets/canvas-place.ts';
import { someCanvas } from './canvas-facts.ts';
import { FakeClock } from './fake-clock.ts';

function openPlace() {
  const clock = new FakeClock();
  const told: number[] = [];
  const place = new CanvasPlace({
    clock,
    canvas: someCanvas,
    batchMs: 50,
    tell: ({ online }) => told.push(online),
  });
  return { clock, told, place };
}

describe('a canvas at which there are sockets', () => {
  it('[CANVAS-36] tells how many there are at most once a second, and only when it changed', () => {
    const { clock, told, place } = openPlace();
    for (let n = 0; n < 100; n += 1) place.arrive();
    expect(told).to.deep.equal([1]);
    clock.advance(999);
    expect(told).to.deep.equal([1]);
    clock.advance(1);
    expect(told).to.deep.equal([1, 100]);
    clock.advance(10_000);
    expect(told).to.deep.equal([1, 100]);
    place.depart();
    expect(told).to.deep.equal([1, 100, 99]);
    place.depart();
    place.arrive();
    clock.advance(1_000);
    expect(told).to.deep.equal([1, 100, 99]);
    expect(place.online).to.equal(99);
  });

  it('runs no timer while nothing changes', () => {
    const { clock, place } = openPlace();
    place.arrive();
    place.arrive();
    clock.advance(5_000);
    expect(clock.timers).to.equal(0);
    place.depart();
    place.depart();
    clock.advance(5_000);
    expect(clock.timers).to.equal(0);
  });

  it('knows its canvas as of the latest event, whichever door tells of it first', () => {
    const { place } = openPlace();
    const [older, newer] = [
      { ...someCanvas, name: 'older' },
      { ...someCanvas, name: 'newer' },
    ];
    place.learn(5, newer);
    place.learn(4, older);
    expect(place.canvas.name).to.equal('newer');
  });
});

describe('the sockets of an address', () => {
  it('[CANVAS-35] are counted while they last, and each once', () => {
    const slots = new AddressSlots();
    const [first, second] = [slots.take('a', 2), slots.take('a', 2)];
    expect(slots.take('a', 2)).to.equal(undefined);
    expect(slots.take('b', 2)).to.be.a('function');
    first?.();
    first?.();
    expect(slots.take('a', 2)).to.be.a('function');
    expect(slots.take('a', 2)).to.equal(undefined);
    expect(slots.take('a', 3), 'a limit that was raised').to.be.a('function');
    second?.();
    expect(slots.take('a', 2)).to.equal(undefined);
  });

  it('take no memory when they are gone', () => {
    const slots = new AddressSlots();
    const releases = Array.from({ length: 100 }, (_, n) => slots.take(`address ${n % 10}`, 50));
    expect(slots.size).to.equal(10);
    for (const release of releases) release?.();
    expect(slots.size).to.equal(0);
  });
});
