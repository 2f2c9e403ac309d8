import { readFileSync } from 'node:fs';
import { create, type Font, type GlyphPosition } from 'fontkit';
import type { FontStyle } from '../protocol/drawing/annotation-style.ts';
import { type FontSource, fontSources } from './font-catalog.ts';
import { GlyphOutlines } from './glyph-outlines.ts';
import { mendLigatureAnchors } from './ligature-anchors.ts';
import { unpackWoff } from './woff.ts';

/** The private field of fontkit's fonts that remembers glyphs by their number. */
export const GLYPH_CACHE = '_glyphs';

/** Glyphs from left to right, and how far each leads, in font units. */
export interface ShapedRun {
  readonly glyphs: readonly { readonly id: number }[];
  readonly positions: readonly Pick<GlyphPosition, 'xAdvance' | 'xOffset' | 'yOffset'>[];
}

function layOutPlainly(font: Font, text: string, direction: 'ltr' | 'rtl'): ShapedRun {
  const glyphs = font.glyphsForString(text);
  if (direction === 'rtl') glyphs.reverse();
  return {
    glyphs,
    positions: glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, xOffset: 0, yOffset: 0 })),
  };
}

/** A font file that is loaded when the first character asks for it. */
export class FontFace {
  readonly #source: FontSource;
  #isMended = false;
  #loaded: { readonly font: Font; readonly outlines: GlyphOutlines } | undefined;

  constructor(source: FontSource) {
    this.#source = source;
  }

  get slanted(): boolean {
    return this.#source.slanted;
  }

  #load(): { readonly font: Font; readonly outlines: GlyphOutlines } {
    if (!this.#loaded) {
      const font = create(unpackWoff(readFileSync(this.#source.file)));
      if (!('layout' in font)) throw new TypeError(`${this.#source.file} is a collection of fonts`);
      this.#loaded = { font, outlines: new GlyphOutlines(font) };
    }
    return this.#loaded;
  }

  get font(): Font {
    return this.#load().font;
  }

  /** Shapes characters of one direction; the result depends on them only, not on what was shaped before. */
  layout(text: string, direction: 'ltr' | 'rtl'): ShapedRun {
    const { font } = this;
    // fontkit keeps each glyph with the characters that led to it first, and then shapes by those: a no-break space
    // would make all later spaces unbreakable ones. A contract test holds the pinned release to this field.
    Reflect.set(font, GLYPH_CACHE, {});
    try {
      return font.layout(text, undefined, undefined, undefined, direction);
    } catch {
      return this.#layOutAgain(font, text, direction);
    }
  }

  #layOutAgain(font: Font, text: string, direction: 'ltr' | 'rtl'): ShapedRun {
    Reflect.set(font, GLYPH_CACHE, {});
    try {
      if (!this.#isMended) mendLigatureAnchors(font);
      this.#isMended = true;
      return font.layout(text, undefined, undefined, undefined, direction);
    } catch {
      // Sequences that no language has, such as a mark on a mark of another script, make fontkit stumble over
      // tables that do not foresee them. They are shown letter by letter.
      return layOutPlainly(font, text, direction);
    }
  }

  get outlines(): GlyphOutlines {
    return this.#load().outlines;
  }

  /** The ranges spare loading a file for what it is not meant for; whether the glyph is there, the file tells. */
  covers(codePoint: number): boolean {
    const isMeant = this.#source.ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
    return isMeant && this.font.hasGlyphForCodePoint(codePoint);
  }
}

const facesByFile = new Map<string, FontFace>();
const stacks = new Map<string, readonly FontFace[]>();

/** The faces that are asked for a character, in order; the first one gives the line its metrics. */
export function faceStack({ family, weight, italic }: FontStyle): readonly FontFace[] {
  const key = `${family} ${weight} ${italic}`;
  const known = stacks.get(key);
  if (known) return known;
  const stack = fontSources(family, weight, italic).map((source) => {
    // A face that is slanted on demand shares nothing with its upright self but the file.
    const faceKey = `${source.file} ${source.slanted}`;
    const face = facesByFile.get(faceKey) ?? new FontFace(source);
    facesByFile.set(faceKey, face);
    return face;
  });
  stacks.set(key, stack);
  return stack;
}
