import type { AnnotationOf, Box } from '../../../client/index.ts';
import { type TextLook, textLook } from '../../../protocol/drawing/annotation-style.ts';
import { breakParagraph, paragraphsOf, WRAP_SLACK } from '../../../protocol/drawing/text-wrap.ts';
import { fontGeneration, fontOf, wantFonts } from './text-fonts.ts';

/** One line, from the left edge of the room for the lines. */
export interface PlacedLine {
  readonly text: string;
  readonly left: number;
  readonly isRightToLeft: boolean;
}

/** A text in its place on the page, not yet turned (`render/draw-text.ts` places it so). */
export interface PlacedText {
  readonly look: TextLook;
  readonly lines: readonly PlacedLine[];
  /** From the top of a line to its baseline. */
  readonly baseline: number;
  readonly lineHeight: number;
  /** What it is turned about the centre of. */
  readonly box: Box;
}

/** Letters are measured this large, so that no rounding of small sizes is in the figures. */
const EM = 1000;
const SHARE_BEFORE = { left: 0, center: 0.5, right: 1 } as const;
/** The first letter with a direction says which way a paragraph runs. */
const FIRST_STRONG =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]|\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const MAX_KEPT = 5000;

let context: CanvasRenderingContext2D | undefined;
let generation = -1;
const widths = new Map<string, number>();
const metrics = new Map<string, { readonly ascent: number; readonly descent: number }>();
let placed = new WeakMap<object, PlacedText>();

/** How letters are drawn and measured, the same everywhere: by their outlines, not by the grid of the screen. */
export function prepareText(ctx: CanvasRenderingContext2D): void {
  ctx.textRendering = 'geometricPrecision';
  ctx.fontKerning = 'normal';
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
}

function measuring(look: TextLook): CanvasRenderingContext2D {
  if (context === undefined) {
    const made = document.createElement('canvas').getContext('2d');
    if (made === null) throw new Error('This browser has no canvas');
    context = made;
  }
  if (generation !== fontGeneration()) {
    generation = fontGeneration();
    widths.clear();
    metrics.clear();
    placed = new WeakMap();
  }
  context.font = fontOf({ ...look, size: EM });
  prepareText(context);
  return context;
}

function widthsOf(look: TextLook): (text: string) => number {
  const ctx = measuring(look);
  const font = ctx.font;
  return (text) => {
    const key = `${look.family} ${look.weight} ${look.italic} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      if (widths.size >= MAX_KEPT) widths.clear();
      if (ctx.font !== font) ctx.font = font;
      width = ctx.measureText(text).width / EM;
      widths.set(key, width);
    }
    return width;
  };
}

function metricsOf(look: TextLook): { readonly ascent: number; readonly descent: number } {
  const ctx = measuring(look);
  const known = metrics.get(ctx.font);
  if (known !== undefined) return known;
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = ctx.measureText('x');
  const found = { ascent: fontBoundingBoxAscent / EM, descent: fontBoundingBoxDescent / EM };
  metrics.set(ctx.font, found);
  return found;
}

/**
 * Breaks a text into lines and places them. A text with a width wraps and is aligned within it; without one it hangs on
 * its `x` by its alignment. The same object is laid out once, until other fonts come.
 */
export function placeText(annotation: AnnotationOf<'text'>): PlacedText {
  const look = textLook(annotation);
  const widthOf = widthsOf(look);
  const known = placed.get(annotation);
  if (known !== undefined) return known;
  const { content, geometry } = annotation;
  wantFonts(content, look);
  const wrapWidth = geometry.width !== undefined && geometry.width > 0 ? geometry.width : undefined;
  const room = wrapWidth === undefined ? undefined : (wrapWidth + WRAP_SLACK) / look.size;
  const broken = paragraphsOf(content).flatMap((paragraph) => {
    const isRightToLeft = RIGHT_TO_LEFT.test(FIRST_STRONG.exec(paragraph)?.[0] ?? '');
    return breakParagraph(paragraph, room, widthOf).map(({ shown }) => ({
      text: shown,
      width: widthOf(shown) * look.size,
      isRightToLeft,
    }));
  });
  const widest = Math.max(0, ...broken.map(({ width }) => width));
  const width = wrapWidth ?? widest;
  const share = SHARE_BEFORE[look.align];
  const left = wrapWidth === undefined ? geometry.x - width * share : geometry.x;
  const lineHeight = look.size * look.lineHeight;
  const { ascent, descent } = metricsOf(look);
  const result: PlacedText = {
    look,
    lines: broken.map((line) => ({
      text: line.text,
      left: left + (width - line.width) * share,
      isRightToLeft: line.isRightToLeft,
    })),
    baseline: (lineHeight - (ascent + descent) * look.size) / 2 + ascent * look.size,
    lineHeight,
    box: { x: left, y: geometry.y, width, height: geometry.height ?? broken.length * lineHeight },
  };
  placed.set(annotation, result);
  return result;
}

/** How large a text is, for frames and handles (`measureText` of the primitives). */
export function measureText(annotation: { readonly type: string }): { width: number; height: number } {
  const { width, height } = placeText(annotation as AnnotationOf<'text'>).box;
  return { width, height };
}
