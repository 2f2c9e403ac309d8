import { createRequire } from 'node:module';
import type { Bidi } from 'bidi-js';
import type { FontStyle } from '../protocol/drawing/annotation-style.ts';
import { splitGraphemes } from '../protocol/drawing/text-wrap.ts';
import { type FontFace, faceStack } from './font-face.ts';

/** A glyph in its place: `x`, `y` from the start of the line on its baseline, in ems, y up. */
export interface PlacedGlyph {
  readonly face: FontFace;
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** One line of text, shaped: glyphs from left to right; `width` in ems. */
export interface ShapedLine {
  readonly glyphs: readonly PlacedGlyph[];
  readonly width: number;
}

/** Characters that follow each other in one direction and one face. */
interface Run {
  readonly text: string;
  readonly level: number;
  /** Absent for a character that no font has. */
  readonly face: FontFace | undefined;
}

/** What every font shows for a character that it does not have: in ours, an upright box. */
const NO_GLYPH = 0;

/** Embedding level of each UTF-16 unit; odd ones run from right to left. */
export type Levels = Uint8Array;

/** Its types describe an ES module, its Node entry is CommonJS: `require` is the way in that both agree on. */
const bidiFactory: () => Bidi = createRequire(import.meta.url)('bidi-js');
const bidi = bidiFactory();
/** Joiners, variation selectors, direction marks: they steer their neighbours and have no look of their own. */
const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
const CONTROL = /^[\p{Cc}\p{Default_Ignorable_Code_Point}]$/u;
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** When so many are known, all are forgotten: simple, and bounded. */
const MAX_KEPT = 5000;

/** Which face a grapheme gets from a stack; bounded by {@link MAX_KEPT}. */
const chosen = new WeakMap<readonly FontFace[], Map<string, FontFace | undefined>>();

function faceFor(grapheme: string, stack: readonly FontFace[]): FontFace | undefined {
  const choices = chosen.get(stack) ?? new Map<string, FontFace | undefined>();
  chosen.set(stack, choices);
  if (!choices.has(grapheme)) {
    if (choices.size >= MAX_KEPT) choices.clear();
    choices.set(grapheme, chooseFace(grapheme, stack));
  }
  return choices.get(grapheme);
}

/** The first face that has every visible character of a grapheme, else the first that has its base. */
function chooseFace(grapheme: string, stack: readonly FontFace[]): FontFace | undefined {
  const visible = Array.from(grapheme).filter((character) => !IGNORABLE.test(character));
  const points = visible.map((character) => character.codePointAt(0) as number);
  return (
    stack.find((face) => points.every((point) => face.covers(point))) ??
    stack.find((face) => points[0] !== undefined && face.covers(points[0]))
  );
}

/**
 * Directions of a paragraph (UAX #9), whose first letter tells which way it runs as a whole; undefined where all of it
 * runs from left to right.
 */
export const paragraphLevels = (paragraph: string): Levels | undefined =>
  RIGHT_TO_LEFT.test(paragraph) ? bidi.getEmbeddingLevels(paragraph).levels : undefined;

/** Splits a line where the direction or the face changes, in logical order. */
function splitRuns(text: string, stack: readonly FontFace[], levels: Levels | undefined): Run[] {
  const runs: { text: string; level: number; face: FontFace | undefined }[] = [];
  let offset = 0;
  for (const grapheme of splitGraphemes(text)) {
    const level = levels?.[offset] ?? 0;
    offset += grapheme.length;
    const last = runs.at(-1);
    if (last && CONTROL.test(grapheme)) {
      last.text += grapheme;
      continue;
    }
    const face = faceFor(grapheme, stack);
    const mirrored = level % 2 === 1 ? (bidi.getMirroredCharacter(grapheme) ?? grapheme) : grapheme;
    // Each missing character is a run of its own: one box each.
    if (last?.face && last.face === face && last.level === level) last.text += mirrored;
    else runs.push({ text: mirrored, level, face });
  }
  return runs;
}

/** Rule L2 of the bidirectional algorithm (UAX #9): from the highest level down, turn what is at least that high. */
function visualOrder(runs: readonly Run[]): readonly Run[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map((run) => run.level));
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < ordered.length; start++) {
      if ((ordered[start]?.level ?? 0) < level) continue;
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end++;
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
}

function placeRun(run: Run, face: FontFace, x: number, glyphs: PlacedGlyph[]): number {
  const { font } = face;
  const visible = Array.from(run.text).filter((character) => {
    return !CONTROL.test(character) || font.hasGlyphForCodePoint(character.codePointAt(0) as number);
  });
  const direction = run.level % 2 === 1 ? 'rtl' : 'ltr';
  const shaped = face.layout(visible.join(''), direction);
  let pen = 0;
  shaped.glyphs.forEach((glyph, index) => {
    const position = shaped.positions[index];
    if (!position) return;
    const dx = (pen + position.xOffset) / font.unitsPerEm;
    glyphs.push({ face, id: glyph.id, x: x + dx, y: position.yOffset / font.unitsPerEm });
    pen += position.xAdvance;
  });
  return pen / font.unitsPerEm;
}

/** Words come back: in wrapping, in the next picture. Longer texts hardly do. */
const MAX_KEPT_LENGTH = 40;
const kept = new Map<string, ShapedLine>();

/**
 * Shapes one line: chooses faces, joins and reorders, and places the glyphs from left to right.
 *
 * @param levels - directions of its characters within a paragraph; without them it is a paragraph of its own
 */
export function shapeLine(text: string, style: FontStyle, levels?: Levels): ShapedLine {
  if (levels || text.length > MAX_KEPT_LENGTH) return shape(text, style, levels ?? paragraphLevels(text));
  const key = `${style.family} ${style.weight} ${style.italic} ${text}`;
  const known = kept.get(key);
  if (known) return known;
  const line = shape(text, style, paragraphLevels(text));
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, line);
  return line;
}

function shape(text: string, style: FontStyle, levels: Levels | undefined): ShapedLine {
  const glyphs: PlacedGlyph[] = [];
  const stack = faceStack(style);
  const [first] = stack;
  let x = 0;
  for (const run of visualOrder(splitRuns(text, stack, levels))) {
    if (run.face) {
      x += placeRun(run, run.face, x, glyphs);
    } else if (first && !CONTROL.test(run.text)) {
      glyphs.push({ face: first, id: NO_GLYPH, x, y: 0 });
      x += first.font.getGlyph(NO_GLYPH).advanceWidth / first.font.unitsPerEm;
    }
  }
  return { glyphs, width: x };
}
