import { type FontStyle, faceStack } from './font-face.ts';
import { breakOffsets } from './line-break.ts';
import { paragraphLevels, type ShapedLine, shapeLine, splitGraphemes } from './text-run.ts';

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

/** What rounding may add to a line before it counts as too wide: a browser's layout unit, in pixels. */
const SLACK = 1 / 64;
const TAB = '    ';
/** A word may be broken here; the line then ends in a hyphen. */
const SOFT_HYPHEN = '\u00ad';
/** Spaces hang over the end of a line; a no-break space does not. */
const HANGING = /[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+$/;

/** A line as a part of its paragraph. */
interface LineRange {
  readonly start: number;
  readonly end: number;
  /** The line ends in the middle of a word, and shows it. */
  readonly hyphen: boolean;
}

/** The greatest of 1 to `most` that fits, 1 if none does: what fits is found by doubling, then by halving. */
function greatestFit(most: number, fits: (count: number) => boolean): number {
  let low = 1;
  let high = 2;
  while (high < most && fits(high)) {
    low = high;
    high *= 2;
  }
  high = Math.min(high, most + 1);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Breaks one paragraph into lines no wider than `room` ems, inside a word only where it is too long by itself. */
class Wrapper {
  readonly #paragraph: string;
  readonly #style: FontStyle;
  readonly #room: number;
  readonly #lines: LineRange[] = [];
  /** Where the current line begins, the last place where it can end, and its width up to there. */
  #start = 0;
  #end = 0;
  #width = 0;

  constructor(paragraph: string, style: FontStyle, room: number) {
    this.#paragraph = paragraph;
    this.#style = style;
    this.#room = room;
  }

  #measure(to: number): number {
    return shapeLine(this.#paragraph.slice(this.#end, to), this.#style).width;
  }

  /** @param hyphen - as a line that ends there with a hyphen */
  #fits(to: number, hyphen = false): boolean {
    const text = this.#paragraph.slice(this.#end, to);
    const shown = hyphen ? `${text}-` : text.replace(HANGING, '');
    return this.#width + shapeLine(shown, this.#style).width <= this.#room;
  }

  #isSoftHyphen(end: number): boolean {
    return end < this.#paragraph.length && this.#paragraph.charAt(end - 1) === SOFT_HYPHEN;
  }

  #extend(to: number): void {
    this.#width += this.#measure(to);
    this.#end = to;
  }

  #finish(): void {
    this.#lines.push({ start: this.#start, end: this.#end, hyphen: this.#isSoftHyphen(this.#end) });
    this.#start = this.#end;
    this.#width = 0;
  }

  /** Fills lines with what is too long for one, and leaves the rest on the last. */
  #split(to: number): void {
    const ends: number[] = [];
    let length = this.#end;
    for (const grapheme of splitGraphemes(this.#paragraph.slice(this.#end, to))) {
      length += grapheme.length;
      ends.push(length);
    }
    for (let done = 0; done < ends.length; ) {
      const count = greatestFit(ends.length - done, (tried) => this.#fits(ends[done + tried - 1] ?? to));
      done += count;
      this.#extend(ends[done - 1] ?? to);
      if (done < ends.length) this.#finish();
    }
  }

  /** Goes on to the next place where a line can end. */
  #add(end: number): void {
    const hyphen = this.#isSoftHyphen(end);
    if (this.#fits(end, hyphen)) {
      this.#extend(end);
    } else if (hyphen && this.#fits(end)) {
      // There is no room for a hyphen, but perhaps for the whole word: the line cannot end here.
    } else if (this.#end > this.#start) {
      this.#finish();
      this.#add(end);
    } else {
      this.#split(end);
    }
  }

  wrap(): readonly LineRange[] {
    for (const end of breakOffsets(this.#paragraph)) this.#add(end);
    this.#finish();
    return this.#lines;
  }
}

const wholeLine = (paragraph: string): readonly LineRange[] => [
  { start: 0, end: paragraph.length, hyphen: false },
];

/** Lines end where the text says so, and with a width also where they would become too wide. */
function breakLines(text: string, style: TextStyle, width: number | undefined): ShapedLine[] {
  const paragraphs = text
    .normalize('NFC')
    .replace(/\t/g, TAB)
    .split(/\r\n|[\n\r\u2028\u2029]/);
  return paragraphs.flatMap((paragraph) => {
    const levels = paragraphLevels(paragraph);
    const lines =
      width === undefined
        ? wholeLine(paragraph)
        : new Wrapper(paragraph, style, (width + SLACK) / style.size).wrap();
    return lines.map(({ start, end, hyphen }) => {
      const line = paragraph.slice(start, end);
      const shown = hyphen ? `${line}-` : width === undefined ? line : line.replace(HANGING, '');
      return shapeLine(shown, style, levels?.subarray(start, end));
    });
  });
}

/** @param width - where lines wrap, in pixels of the page; without it only line ends in the text break it */
export function layOutText(text: string, style: TextStyle, width?: number): TextLayout {
  const lines = breakLines(text, style, width);
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
