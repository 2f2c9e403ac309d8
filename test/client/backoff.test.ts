import { expect } from 'chai';
import { Backoff } from '../../client/backoff.ts';

const almostOne = (): number => 1 - Number.EPSILON;

describe('the backoff of a client', () => {
  it('doubles the ceiling with every attempt, up to a bound', () => {
    const backoff = new Backoff({ baseMs: 100, maxMs: 1_000 }, almostOne);
    const delays = Array.from({ length: 6 }, () => Math.round(backoff.next()));
    expect(delays).to.deep.equal([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('spreads clients over the whole time below the ceiling', () => {
    const draws = [0, 0.25, 0.5];
    const backoff = new Backoff({ baseMs: 100, maxMs: 100 }, () => draws.shift() ?? 0);
    expect([backoff.next(), backoff.next(), backoff.next()]).to.deep.equal([0, 25, 50]);
  });

  it('begins anew after a success', () => {
    const backoff = new Backoff({ baseMs: 100 }, almostOne);
    backoff.next();
    backoff.next();
    expect(backoff.attempt).to.equal(2);
    backoff.reset();
    expect([backoff.attempt, Math.round(backoff.next())]).to.deep.equal([0, 100]);
  });

  it('stays finite after thousands of attempts', () => {
    const backoff = new Backoff({}, almostOne);
    for (let count = 0; count < 5_000; count += 1) expect(backoff.next()).to.be.at.most(15_000);
  });
});
