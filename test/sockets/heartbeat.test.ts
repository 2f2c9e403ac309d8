import { expect } from 'chai';
import { systemClock } from '../../http/sockets/clock.ts';
import { HEARTBEAT_MS, Heartbeat } from '../../http/sockets/heartbeat.ts';
import { FakeClock } from './fake-clock.ts';

describe('the heartbeat', () => {
  it('comes to each member once in its interval, and to none that has left', () => {
    const clock = new FakeClock();
    const heartbeat = new Heartbeat(clock, () => undefined);
    const beats = Array.from({ length: 100 }, () => 0);
    const leave = beats.map((_, index) =>
      heartbeat.add({
        beat: () => {
          beats[index] = (beats[index] ?? 0) + 1;
        },
      }),
    );
    clock.advance(HEARTBEAT_MS);
    expect(new Set(beats)).to.deep.equal(new Set([1]));
    leave[7]?.();
    clock.advance(2 * HEARTBEAT_MS);
    expect(beats[7]).to.equal(1);
    expect(beats[8]).to.equal(3);
    expect(clock.timers).to.equal(1);
    heartbeat.stop();
    expect(clock.timers).to.equal(0);
  });

  it('goes on where one of its members fails', () => {
    const clock = new FakeClock();
    const defects: unknown[] = [];
    const heartbeat = new Heartbeat(clock, (error) => defects.push(error));
    let beats = 0;
    for (let count = 0; count < 60; count += 1) {
      heartbeat.add({
        beat: () => {
          beats += 1;
          if (count === 0) throw new Error('defect');
        },
      });
    }
    clock.advance(HEARTBEAT_MS);
    expect(beats).to.equal(60);
    expect(defects).to.have.lengthOf(1);
  });
});

describe('the clock of the machine', () => {
  it('calls back again and again until it is stopped, and goes only forward', async () => {
    const before = systemClock.now();
    let calls = 0;
    await new Promise<void>((resolve) => {
      // The clock keeps no process alive, so this does.
      const alive = setInterval(() => undefined, 1_000);
      const stop = systemClock.every(1, () => {
        calls += 1;
        if (calls < 3) return;
        stop();
        clearInterval(alive);
        resolve();
      });
    });
    expect(calls).to.equal(3);
    expect(systemClock.now()).to.be.greaterThan(before);
  });
});
