import { expect } from 'chai';
import fc from 'fast-check';
import { isColor, parseColor } from '../../protocol/color.ts';

describe('protocol/color', () => {
  const notations: readonly (readonly [string, readonly [number, number, number, number]])[] = [
    ['#f00', [255, 0, 0, 1]],
    ['#0f08', [0, 255, 0, 0x88 / 255]],
    ['#102030', [16, 32, 48, 1]],
    ['#10203040', [16, 32, 48, 0x40 / 255]],
    ['rgb(1, 2, 3)', [1, 2, 3, 1]],
    ['rgba(1,2,3,.5)', [1, 2, 3, 0.5]],
    ['rgb(100% 50% 0% / 25%)', [255, 128, 0, 0.25]],
    ['rgb(300 -5 none)', [255, 0, 0, 1]],
    ['hsl(120, 100%, 50%)', [0, 255, 0, 1]],
    ['hsla(0.5turn 100% 25% / .3)', [0, 128, 128, 0.3]],
    ['HSL(-240deg 100 50)', [0, 255, 0, 1]],
    ['RebeccaPurple', [102, 51, 153, 1]],
    [' transparent ', [0, 0, 0, 0]],
    ['none', [0, 0, 0, 0]],
  ];
  for (const [text, [r, g, b, a]] of notations) {
    it(`reads ${text}`, () => {
      expect(parseColor(text)).to.deep.equal({ r, g, b, a });
    });
  }

  const broken = [
    '',
    '#',
    '#ff',
    '#fffff',
    '#ggg',
    'rgb()',
    'rgb(1,2)',
    'rgb(1 2 3 4)',
    'rgb(1,2,3/4)',
    'rgb(10%,2,3)',
    'rgb(1deg,2,3)',
    'rgb(1e999 0 0)',
    'hsl(1,2,3)',
    'hsl(1%,2%,3%)',
    'lab(1 2 3)',
    'nothing',
    'constructor',
    '#fff;x',
    `rgb(${' '.repeat(200)}1,2,3)`,
  ];
  for (const text of broken) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(isColor(text)).to.equal(false);
    });
  }

  it('answers for any text, with parts in their ranges', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom('rgb(', 'hsl(', '#', 'rgba('), fc.string()).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const color = parseColor(text);
        if (!color) return;
        for (const part of [color.r, color.g, color.b]) {
          expect(Number.isInteger(part) && part >= 0 && part <= 255).to.equal(true);
        }
        expect(color.a).to.be.within(0, 1);
      }),
    );
  });

  it('reads back every colour that it is told in hexadecimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const color = parseColor(`#${value.toString(16).padStart(6, '0')}`);
        expect(color).to.deep.equal({ r: value >> 16, g: (value >> 8) & 255, b: value & 255, a: 1 });
      }),
    );
  });
});
