import { breakOffsets } from './line-break.ts';

/** What rounding may add to a line before it counts as too wide: a browser's layout unit, in pixels. */
export const WRAP_SLACK = 1 / 64;
const TAB = '    ';
/** A word may be broken here; the line then ends in a hyphen. */
const SOFT_HYPHEN = '\u00ad';
/** Spaces hang over the end of a line; a no-break space does not. */
const HANGING = /[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+$/;

const PRINTABLE_ASCII = /^[ -~]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** User-perceived characters. */
export const splitGraphemes = (text: string): string[] =>
  PRINTABLE_ASCII.test(text) ? text.split('') : Array.from(graphemes.segment(text), ({ segment }) => segment);

/** How wide a piece of text is in the font of the line, in the unit of the room. */
export type WidthOf = (text: string) => number;

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

/** Breaks one paragraph into lines no wider than `room`, inside a word only where it is too long by itself. */
class Wrapper {
  readonly #paragraph: string;
  readonly #widthOf: WidthOf;
  readonly #room: number;
  readonly #lines: LineRange[] = [];
  /** Where the current line begins, the last place where it can end, and its width up to there. */
  #start = 0;
  #end = 0;
  #width = 0;

  constructor(paragraph: string, widthOf: WidthOf, room: number) {
    this.#paragraph = paragraph;
    this.#widthOf = widthOf;
    this.#room = room;
  }

  #measure(to: number): number {
    return this.#widthOf(this.#paragraph.slice(this.#end, to));
  }

  /** @param hyphen - as a line that ends there with a hyphen */
  #fits(to: number, hyphen = false): boolean {
    const text = this.#paragraph.slice(this.#end, to);
    const shown = hyphen ? `${text}-` : text.replace(HANGING, '');
    return this.#width + this.#widthOf(shown) <= this.#room;
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

/** A line of a paragraph: its place there, and what is to be seen of it. */
export interface BrokenLine {
  readonly start: number;
  readonly end: number;
  /** Without the spaces that hang over its end, with the hyphen of a word that is broken at a soft one. */
  readonly shown: string;
}

/** The paragraphs of a text as they are drawn. */
export const paragraphsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .replace(/\t/g, TAB)
    .split(/\r\n|[\n\r\u2028\u2029]/);

/**
 * Breaks a paragraph into lines as `pre-wrap` with `overflow-wrap: anywhere` does.
 *
 * @param room - how wide a line may be ({@link WRAP_SLACK} pixels more than the text's width); without it the paragraph is one line
 */
export function breakParagraph(
  paragraph: string,
  room: number | undefined,
  widthOf: WidthOf,
): readonly BrokenLine[] {
  if (room === undefined) return [{ start: 0, end: paragraph.length, shown: paragraph }];
  return new Wrapper(paragraph, widthOf, room).wrap().map(({ start, end, hyphen }) => {
    const line = paragraph.slice(start, end);
    return { start, end, shown: hyphen ? `${line}-` : line.replace(HANGING, '') };
  });
}
