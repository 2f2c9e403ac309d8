import type { TextStyle } from '../protocol/drawing/annotation-style.ts';
import { breakParagraph, paragraphsOf, WRAP_SLACK } from '../protocol/drawing/text-wrap.ts';
import { faceStack } from './font-face.ts';
import { paragraphLevels, type ShapedLine, shapeLine } from './text-run.ts';

/** A text broken into lines; lengths in pixels of the page. */
export interface TextLayout {
  readonly lines: readonly ShapedLine[];
  /** Width of the widest line. */
  readonly width: number;
  readonly height: number;
  /** From the top of a line to its baseline: as in CSS, the glyphs' height is centred in the line's. */
  readonly baseline: number;
}

/** Lines end where the text says so, and with a width also where they would become too wide. */
function breakLines(text: string, style: TextStyle, width: number | undefined): ShapedLine[] {
  const room = width === undefined ? undefined : (width + WRAP_SLACK) / style.size;
  const widthOf = (part: string): number => shapeLine(part, style).width;
  return paragraphsOf(text).flatMap((paragraph) => {
    const levels = paragraphLevels(paragraph);
    return breakParagraph(paragraph, room, widthOf).map(({ start, end, shown }) =>
      shapeLine(shown, style, levels?.subarray(start, end)),
    );
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
