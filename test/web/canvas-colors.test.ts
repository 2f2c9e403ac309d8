import { expect } from 'chai';
import fc from 'fast-check';
import { DEFAULT_PALETTE } from '../../documents/canvas/palette.ts';
import { nameOfColor, namesOfPalette } from '../../web/canvas/dock/color-names.ts';
import { withRecent } from '../../web/canvas/dock/recent-colors.ts';
import { freshColor, paletteProblem } from '../../web/canvas/moderate/palette-rules.ts';
import { colorRect, paletteLookup } from '../../web/canvas/view/palette-lookup.ts';

describe('the colours of a pixel canvas', () => {
  it('are called what people call them', () => {
    const names = {
      '#ffffff': 'White',
      '#000000': 'Black',
      '#808080': 'Grey',
      '#ff0000': 'Red',
      '#008000': 'Green',
      '#0000ff': 'Blue',
      '#ffff00': 'Bright yellow',
      '#ffa500': 'Amber',
      '#800080': 'Purple',
      '#8b4513': 'Sienna',
      '#ffc0cb': 'Pale pink',
    };
    for (const [color, name] of Object.entries(names)) expect(nameOfColor(color), color).to.equal(name);
  });

  it('have a name of their own each, in the palette that canvases have by default', () => {
    const names = namesOfPalette(DEFAULT_PALETTE);
    expect(new Set(names).size).to.equal(DEFAULT_PALETTE.length);
    expect(names.filter((name) => /\d/.test(name))).to.deep.equal([]);
  });

  it('are told apart by number where they have the same name', () => {
    expect(namesOfPalette(['#ff0000', '#fe0000', '#000000', '#fd0101'])).to.deep.equal([
      'Red',
      'Red 2',
      'Black',
      'Red 3',
    ]);
  });

  it('come first when they were used last, each once, as many as there are keys', () => {
    const used = [3, 1, 3, 2, 9, 8, 7, 6, 5, 4, 0];
    const recent = used.reduce<readonly number[]>((list, color) => withRecent(list, color, 10), []);
    expect(recent).to.deep.equal([0, 4, 5, 6, 7, 8, 9, 2, 3]);
    expect(withRecent(recent, 1, 4)).to.deep.equal([1, 0, 2, 3]);
  });

  it('become what ImageData wants: red, green, blue, opaque', () => {
    const lookup = paletteLookup(['#010203', '#fffefd']);
    const target = new Uint32Array(9);
    colorRect(Uint8Array.of(0, 1, 1, 0, 0, 1), 3, { x: 1, y: 0, width: 2, height: 2 }, lookup, target, 3);
    const bytes = [...new Uint8Array(target.buffer)];
    const [dark, light] = [
      [1, 2, 3, 255],
      [255, 254, 253, 255],
    ] as const;
    expect(bytes.slice(0, 8)).to.deep.equal([...light, ...light]);
    expect(bytes.slice(12, 20)).to.deep.equal([...dark, ...light]);
  });

  it('make a palette that the server takes: two or more, none twice', () => {
    expect(paletteProblem(['#000000', '#ffffff'])).to.equal(undefined);
    expect(paletteProblem(['#000000'])).to.match(/2 to 256/);
    expect(paletteProblem(['#000000', '#ffffff', '#000000'])).to.equal('Colour 3 is the same as colour 1.');
  });

  it('get a new one that none of them is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...DEFAULT_PALETTE, '#00ff00', '#ff00ff')), (palette) => {
        expect(palette).not.to.include(freshColor(palette));
      }),
      { numRuns: 20 },
    );
  });
});
