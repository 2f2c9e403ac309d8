import { expect } from 'chai';
import { Backlog } from '../../http/sockets/backlog.ts';
import { SOCKET_LIMITS } from '../../http/sockets/limits.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('the backlog of a reader', () => {
  it('takes a first delivery of any length and then live frames up to the budget', () => {
    const backlog = new Backlog(SOCKET_LIMITS);
    expect(backlog.judge(0, 30 * MIB, false)).to.equal('write');
    expect(backlog.judge(30 * MIB, MIB, false)).to.equal('write');
    expect(backlog.judge(31 * MIB, 1, false)).to.equal('too-slow');
  });

  it('counts only what still waits', () => {
    const backlog = new Backlog(SOCKET_LIMITS);
    backlog.judge(0, 100, false);
    for (let turn = 0; turn < 100; turn += 1) expect(backlog.judge(0, MIB, false)).to.equal('write');
  });

  it('drops what may be dropped long before it gives a reader up', () => {
    const backlog = new Backlog(SOCKET_LIMITS);
    backlog.judge(0, 100, false);
    expect(backlog.judge(0, 512 * KIB, false)).to.equal('write');
    expect(backlog.judge(512 * KIB, 100, true)).to.equal('drop');
    expect(backlog.judge(512 * KIB, 100, false)).to.equal('write');
  });

  it('paces a single delivery that is over the budget, and counts what comes after it', () => {
    const backlog = new Backlog(SOCKET_LIMITS);
    backlog.judge(0, 100, false);
    expect(backlog.judge(0, 5 * MIB, false)).to.equal('write');
    expect(backlog.judge(4 * MIB, 900 * KIB, false)).to.equal('write');
    expect(backlog.judge(4 * MIB, 200 * KIB, false)).to.equal('too-slow');
  });

  it('lets only two deliveries wait that are over the budget', () => {
    const backlog = new Backlog(SOCKET_LIMITS);
    backlog.judge(0, 100, false);
    expect(backlog.judge(0, 2 * MIB, false)).to.equal('write');
    expect(backlog.judge(MIB, 2 * MIB, false)).to.equal('write');
    expect(backlog.judge(2 * MIB, 2 * MIB, false)).to.equal('write');
    expect(backlog.judge(4 * MIB, 2 * MIB, false)).to.equal('too-slow');
  });

  it('does not count what the reader must take before it can be live, whenever that comes', () => {
    const backlog = new Backlog(SOCKET_LIMITS);
    backlog.judge(0, 100, false);
    expect(backlog.judge(0, 900 * KIB, false, true)).to.equal('write');
    expect(backlog.judge(900 * KIB, 900 * KIB, false)).to.equal('write');
    expect(backlog.judge(1_800 * KIB, 200 * KIB, false)).to.equal('too-slow');
  });

  it('never lets more than its bound wait, whatever it is', () => {
    const backlog = new Backlog(SOCKET_LIMITS);
    backlog.judge(0, 60 * MIB, false);
    expect(backlog.judge(60 * MIB, 5 * MIB, false)).to.equal('too-slow');
  });
});
