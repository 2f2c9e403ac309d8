import { expect } from 'chai';
import fc from 'fast-check';
import { breakOffsets } from '../../../protocol/drawing/line-break.ts';

/** The text with `|` wherever a line may end. */
const broken = (text: string): string =>
  breakOffsets(text)
    .map((end, index, ends) => text.slice(ends[index - 1] ?? 0, end))
    .join('|');

/** As Chromium 156 breaks them in a box without width. */
const SAMPLES = [
  'two |words  |here',
  'https://example.org/a/b?|c=d&e=f#g',
  'well-|known, |e-|mail',
  'ABCD-|1234-|5678 |-5',
  'f(x)|[y] |{z}',
  'km/h, |24/7, |50%!|(sic)',
  'em|—|dash',
  'no\u00a0break',
  'soft\u00ad|hyphen',
  '中|文|字、|ab',
  'и/|или',
];

describe('protocol/drawing/line-break', () => {
  for (const sample of SAMPLES) {
    const text = sample.replaceAll('|', '');
    it(`breaks ${JSON.stringify(text)} where a browser does`, () => {
      expect(broken(text)).to.equal(sample);
    });
  }

  it('ends with the paragraph, and goes forward', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const ends = breakOffsets(text);
        expect(ends.at(-1)).to.equal(text.length);
        expect(ends).to.deep.equal([...new Set(ends)].toSorted((a, b) => a - b));
      }),
    );
  });
});
