import { expect } from 'chai';
import { Gangway } from '../../http/sockets/gangway.ts';

const BUSY_MS = 3;

/** Keeps the event loop busy, as a handshake does. */
function work(): void {
  const until = performance.now() + BUSY_MS;
  while (performance.now() < until);
}

describe('a gangway', () => {
  it('lets in all who come at once, in their order, and others have turns in between', async () => {
    const gangway = new Gangway();
    const happened: (number | 'turn')[] = [];
    let isOver = false;
    const takeTurns = (): void => {
      happened.push('turn');
      if (!isOver) setImmediate(takeTurns);
    };
    setImmediate(takeTurns);
    const arrivals = Array.from({ length: 20 }, (_, n) => n);
    await Promise.all(
      arrivals.map(async (n) => {
        await gangway.enter();
        work();
        happened.push(n);
      }),
    );
    isOver = true;
    expect(happened.filter((what) => what !== 'turn')).to.deep.equal(arrivals);
    const [first, last] = [happened.indexOf(0), happened.indexOf(19)];
    // Twenty took 60 ms, and a stretch is over after 5.
    expect(happened.slice(first, last).filter((what) => what === 'turn').length).to.be.at.least(5);
  });

  it('keeps nobody waiting where nobody else comes', async () => {
    const gangway = new Gangway();
    for (let n = 0; n < 3; n += 1) await gangway.enter();
  });
});
