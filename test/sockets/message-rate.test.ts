import { expect } from 'chai';
import { MESSAGE_RATE, MessageRate } from '../../http/sockets/message-rate.ts';
import { FakeClock } from './fake-clock.ts';

const take = (rate: MessageRate, count: number): string[] => Array.from({ length: count }, () => rate.take());

describe('the message rate of a socket', () => {
  it('lets 1,000 messages a second through, for as long as they come', () => {
    const clock = new FakeClock();
    const rate = new MessageRate(MESSAGE_RATE, clock);
    for (let second = 0; second < 60; second += 1) {
      expect(take(rate, 1_000)).to.not.include('refused-first');
      clock.advance(1_000);
    }
  });

  it('lets a burst through, refuses the rest, and answers once for all of a row', () => {
    const rate = new MessageRate(MESSAGE_RATE, new FakeClock());
    const verdicts = take(rate, 2_010);
    expect(verdicts.filter((verdict) => verdict === 'accepted')).to.have.lengthOf(2_000);
    expect(verdicts.filter((verdict) => verdict === 'refused-first')).to.have.lengthOf(1);
    expect(verdicts.at(-1)).to.equal('refused');
  });

  it('forgives after a pause', () => {
    const clock = new FakeClock();
    const rate = new MessageRate(MESSAGE_RATE, clock);
    take(rate, 2_500);
    clock.advance(1_500);
    expect(rate.take()).to.equal('accepted');
    expect(take(rate, 1_500).filter((verdict) => verdict === 'refused-first')).to.have.lengthOf(1);
  });

  it('gives up on who goes on at twice the rate', () => {
    const clock = new FakeClock();
    const rate = new MessageRate(MESSAGE_RATE, clock);
    const verdicts: string[] = [];
    for (let tick = 0; tick < 400; tick += 1) {
      verdicts.push(...take(rate, 20));
      clock.advance(10);
    }
    expect(verdicts).to.include('excessive');
  });
});
