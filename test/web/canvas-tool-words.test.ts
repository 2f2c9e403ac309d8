import { expect } from 'chai';
import fc from 'fast-check';
import { oklabOf } from '../../web/canvas/dock/color-names.ts';
import { nearestColor } from '../../web/canvas/dock/nearest-color.ts';
import { toolWords } from '../../web/canvas/tool-words.ts';

const PALETTE = ['#ffffff', '#000000', '#be0039', '#be003a', '#3690ea'];
const hex = (rgb: number): string => `#${rgb.toString(16).padStart(6, '0')}`;

describe('what is said of the tool of a canvas', () => {
  it('names the colour of the brush as the palette names it, each another name', () => {
    expect(toolWords('brush', PALETTE, 2)).to.equal('Brush, Crimson');
    expect(toolWords('brush', PALETTE, 3)).to.equal('Brush, Crimson 2');
  });

  it('names the others without a colour, and a brush whose colour is not known yet', () => {
    expect(toolWords('eraser', PALETTE, 2)).to.equal('Eraser');
    expect(toolWords('picker', PALETTE, 2)).to.equal('Colour picker');
    expect(toolWords('hand', PALETTE, 2)).to.equal('Hand');
    expect(toolWords('brush', [], 4)).to.equal('Brush');
  });
});

describe('the nearest colour of a palette', () => {
  it('is the colour itself where the palette has it', () => {
    const nearest = nearestColor(PALETTE);
    expect(PALETTE.map((color) => nearest(Number.parseInt(color.slice(1), 16)))).to.deep.equal([
      0, 1, 2, 3, 4,
    ]);
  });

  it('is never further away than any other of the palette', () => {
    const rgb = fc.integer({ min: 0, max: 0xffffff });
    fc.assert(
      fc.property(fc.uniqueArray(rgb, { minLength: 1, maxLength: 12 }), rgb, (colors, wanted) => {
        const palette = colors.map(hex);
        const distance = (color: string): number => {
          const [one, other] = [oklabOf(color), oklabOf(hex(wanted))];
          return Math.hypot(...one.map((part, n) => part - (other[n] ?? 0)));
        };
        const found = distance(palette[nearestColor(palette)(wanted)] ?? '');
        for (const color of palette) expect(found).to.be.at.most(distance(color) + 1e-9);
      }),
    );
  });
});
