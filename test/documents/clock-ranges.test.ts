import { expect } from 'chai';
import fc from 'fast-check';
import { contains, reachOf, toClockRanges, unite } from '../../documents/clock-ranges.ts';

const range = fc.record({ clock: fc.nat(40), length: fc.integer({ min: 1, max: 8 }) });
const some = fc.array(range, { maxLength: 12 });

type Ranges = readonly { readonly clock: number; readonly length: number }[];
const clocksOf = (ranges: Ranges): Set<number> =>
  new Set(ranges.flatMap(({ clock, length }) => Array.from({ length }, (_, index) => clock + index)));

describe('ranges of clocks', () => {
  it('hold what was put in, as few pairs as there can be', () => {
    fc.assert(
      fc.property(some, some, range, (a, b, asked) => {
        const clocks = clocksOf([...a, ...b]);
        const united = unite(toClockRanges(a), toClockRanges(b));
        expect(united).to.deep.equal(toClockRanges([...a, ...b]));
        for (let index = 1; index < united.length; index += 1) {
          expect(united[index]).to.be.above(united[index - 1] ?? 0);
        }
        const isAllThere = [...clocksOf([asked])].every((clock) => clocks.has(clock));
        expect(contains(united, asked)).to.equal(isAllThere);
        let reach = 0;
        while (clocks.has(reach)) reach += 1;
        expect(reachOf(united)).to.equal(reach);
      }),
      { numRuns: 2_000 },
    );
  });
});
