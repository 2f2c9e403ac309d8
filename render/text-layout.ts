import { createRequire } from 'node:module';
import { type FontStyle, faceStack } from './font-face.ts';
import { type ShapedLine, shapeLine, splitGraphemes } from './text-run.ts';

/** What a text asks for; lengths in pixels of the page. */
export interface TextStyle extends FontStyle {
  readonly size: number;
  /** Distance of baselines as a multiple of the size. */
  readonly lineHeight: number;
}

/** A text broken into lines; lengths in pixels of the page. */
export interface TextLayout {
  readonly lines: readonly ShapedLine[];
  /** Width of the widest line. */
  readonly width: number;
  readonly height: number;
  /** From the top of a line to its baseline: as in CSS, the glyphs' height is centred in the line's. */
  readonly baseline: number;
}

interface Break {
  readonly position: number;
  readonly required: boolean;
}

/** The package brings no types; this is what is used of it (UAX #14). */
const LineBreaker: new (text: string) => { nextBreak(): Break | null } = createRequire(import.meta.url)(
  'linebreak',
);

/** What rounding may add to a line before it counts as too wide: a browser's layout unit, in pixels. */
const SLACK = 1 / 64;
const TAB = '    ';

/** Pieces of a paragraph that may not be broken inside, each with the spaces that follow it. */
function splitWords(paragraph: string): string[] {
  const breaker = new LineBreaker(paragraph);
  const words: string[] = [];
  let start = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    words.push(paragraph.slice(start, next.position));
    start = next.position;
  }
  if (start < paragraph.length) words.push(paragraph.slice(start));
  return words;
}

/** Breaks one paragraph into lines no wider than `room` ems, inside a word only where it is too long by itself. */
class Wrapper {
  readonly lines: string[] = [];
  readonly #style: FontStyle;
  readonly #room: number;
  #line = '';
  #width = 0;

  constructor(style: FontStyle, room: number) {
    this.#style = style;
    this.#room = room;
  }

  #measure(text: string): number {
    return shapeLine(text, this.#style).width;
  }

  #finish(): void {
    this.lines.push(this.#line);
    this.#line = '';
    this.#width = 0;
  }

  /** Spaces at the end of a line hang over its edge and are not counted. */
  #fits(text: string): boolean {
    return this.#width + this.#measure(text.trimEnd()) <= this.#room;
  }

  #append(text: string): void {
    this.#line += text;
    this.#width += this.#measure(text);
  }

  #addWord(word: string): void {
    if (!this.#fits(word) && this.#line !== '') this.#finish();
    if (this.#fits(word)) {
      this.#append(word);
      return;
    }
    for (const grapheme of splitGraphemes(word)) {
      if (!this.#fits(grapheme) && this.#line !== '') this.#finish();
      this.#append(grapheme);
    }
  }

  add(paragraph: string): void {
    for (const word of splitWords(paragraph)) this.#addWord(word);
    this.#finish();
  }
}

/** Lines end where the text says so, and with a width also where they would become too wide. */
function breakLines(text: string, style: TextStyle, width: number | undefined): string[] {
  const paragraphs = text
    .normalize('NFC')
    .replace(/\t/g, TAB)
    .split(/\r\n|[\n\r\u2028\u2029]/);
  if (width === undefined) return paragraphs;
  const wrapper = new Wrapper(style, (width + SLACK) / style.size);
  for (const paragraph of paragraphs) wrapper.add(paragraph);
  return wrapper.lines;
}

/** @param width - where lines wrap, in pixels of the page; without it only line ends in the text break it */
export function layOutText(text: string, style: TextStyle, width?: number): TextLayout {
  const lines = breakLines(text, style, width).map((line) =>
    shapeLine(width === undefined ? line : line.trimEnd(), style),
  );
  const lineHeight = style.size * style.lineHeight;
  const font = faceStack(style)[0]?.font;
  const ascent = font ? (font.ascent / font.unitsPerEm) * style.size : style.size;
  const descent = font ? (-font.descent / font.unitsPerEm) * style.size : 0;
  return {
    lines,
    width: Math.max(0, ...lines.map((line) => line.width)) * style.size,
    height: lines.length * lineHeight,
    baseline: (lineHeight - ascent - descent) / 2 + ascent,
  };
}
