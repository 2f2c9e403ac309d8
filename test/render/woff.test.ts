import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { create, type Font } from 'fontkit';
import { fontSources } from '../../render/font-catalog.ts';
import { unpackWoff } from '../../render/woff.ts';

function fontOf(bytes: Buffer): Font {
  const font = create(bytes);
  if (!('layout' in font)) throw new TypeError('a collection of fonts');
  return font;
}

describe('render/woff', () => {
  it('gives fontkit the font that it unpacks by itself', () => {
    for (const { file } of fontSources('serif', 700, true).slice(0, 3)) {
      const packed = fontOf(readFileSync(file));
      const unpacked = fontOf(unpackWoff(readFileSync(file)));
      expect(unpacked.numGlyphs).to.equal(packed.numGlyphs);
      expect(unpacked.characterSet).to.deep.equal(packed.characterSet);
      for (const id of [0, 5, unpacked.numGlyphs - 1]) {
        expect(unpacked.getGlyph(id).path.toSVG()).to.equal(packed.getGlyph(id).path.toSVG());
        expect(unpacked.getGlyph(id).advanceWidth).to.equal(packed.getGlyph(id).advanceWidth);
      }
    }
  });
});
