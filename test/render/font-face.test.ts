import { expect } from 'chai';
import fc from 'fast-check';
import { fontSources } from '../../render/font-catalog.ts';
import { FontFace, GLYPH_CACHE } from '../../render/font-face.ts';

const sources = fontSources('sans', 400, false).filter(({ file }) =>
  /noto-sans-(?:latin|devanagari)-400|arabic-arabic-400/.test(file),
);

const shapeOf = (face: FontFace, text: string, direction: 'ltr' | 'rtl'): unknown => {
  const { glyphs, positions } = face.layout(text, direction);
  return glyphs.map(({ id }, index) => ({ id, ...positions[index] }));
};

/** Characters of the three scripts, and those that share a glyph with others: spaces, hyphens, joiners. */
const texts = fc.string({
  unit: fc.constantFrom(...'abfil ACé-\u00a0\u00ad\u2010\u200c\u200d\u0301ابتثلم\u064b\u0651कखिु्र\u093c'),
  minLength: 1,
  maxLength: 8,
});

describe('render/font-face', () => {
  it('shapes a text the same, whatever it has shaped before', () => {
    expect(sources.length).to.equal(3);
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        texts,
        texts,
        fc.boolean(),
        (source, before, text, backwards) => {
          const direction = backwards ? 'rtl' : 'ltr';
          const used = new FontFace(source);
          shapeOf(used, before, direction);
          expect(shapeOf(used, text, direction)).to.deep.equal(
            shapeOf(new FontFace(source), text, direction),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('knows the field in which fontkit keeps its glyphs', () => {
    const [source] = sources;
    if (!source) throw new Error('no font');
    const face = new FontFace(source);
    face.layout('a', 'ltr');
    const { id } = face.font.glyphForCodePoint(0x61);
    expect(Reflect.get(face.font, GLYPH_CACHE)).to.have.property(String(id));
  });
});
