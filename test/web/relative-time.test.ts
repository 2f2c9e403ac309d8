import { expect } from 'chai';
import { clockTime, relativeTime } from '../../web/ui/relative-time.ts';

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
const NOW = at(21, 12);

describe('relative times', () => {
  it('say minutes, then hours, then days, then the date', () => {
    const said = (moment: number): string => relativeTime(moment, NOW, 'en-GB');
    expect(said(NOW - 20_000)).to.equal('just now');
    expect(said(NOW - 61_000)).to.equal('1 min ago');
    expect(said(at(21, 11, 1))).to.equal('59 min ago');
    expect(said(at(21, 3))).to.equal('9 h ago');
    expect(said(at(20, 23))).to.equal('yesterday');
    expect(said(at(16, 12))).to.equal('5 days ago');
    expect(said(at(2, 12))).to.equal('2 Nov');
    expect(said(new Date(2025, 10, 2).getTime())).to.equal('2 Nov 2025');
  });

  it('count hours over midnight, for the evening before is not yet yesterday', () => {
    expect(relativeTime(at(20, 23), at(21, 1), 'en-GB')).to.equal('2 h ago');
  });

  it('take what lies ahead for now, for clocks differ', () => {
    expect(relativeTime(NOW + 90_000, NOW)).to.equal('just now');
  });

  it('name the day of a clock time that is not of today', () => {
    expect(clockTime(at(21, 9, 5), NOW, 'en-GB')).to.equal('09:05');
    expect(clockTime(at(20, 9, 5), NOW, 'en-GB')).to.equal('20 Nov, 09:05');
  });
});
