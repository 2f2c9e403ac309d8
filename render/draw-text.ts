import { type TextAlign, type TextLook, textLook } from '../protocol/drawing/annotation-style.ts';
import { type Box, rotateAbout } from './draw-shapes.ts';
import type { SceneAnnotation } from './port.ts';
import type { RasterContext } from './raster-context.ts';
import { type Matrix, multiply } from './raster-matrix.ts';
import type { RasterPath } from './raster-path.ts';
import { layOutText, type TextLayout } from './text-layout.ts';
import type { PlacedGlyph } from './text-run.ts';

/** How far a slanted letter leans per unit of height where a face has no italics: 14 degrees, as browsers do it. */
const SLANT = 0.25;

const SHARE_BEFORE: Readonly<Record<TextAlign, number>> = { left: 0, center: 0.5, right: 1 };

/** Whether a direction has nothing of one axis, but for what rounding leaves of a turn by 90 degrees. */
const isFlat = (part: number, other: number): boolean => Math.abs(part) <= Math.abs(other) * 1e-9;

function traceGlyph(
  path: RasterPath,
  matrix: Matrix,
  x: number,
  y: number,
  size: number,
  { face, id, ...offset }: PlacedGlyph,
): void {
  const unit = size / face.font.unitsPerEm;
  const slant = face.slanted ? SLANT * unit : 0;
  const place: Matrix = [unit, 0, slant, -unit, x + offset.x * size, y - offset.y * size];
  const [a, b, c, d, e, f] = multiply(matrix, place);
  // A level line stands on whole rows of pixels, as browsers set it: its level strokes are sharp, and the same letter
  // looks the same in every line. So does one that runs straight up or down.
  const isLevel = isFlat(matrix[1], matrix[0]);
  const isUpright = isFlat(matrix[0], matrix[1]);
  path.matrix = [a, b, c, d, isUpright ? Math.round(e) : e, isLevel ? Math.round(f) : f];
  face.outlines.trace(id, path);
}

/** Left edge of each line of a text that is aligned within `room`. */
function lineLefts(
  layout: TextLayout,
  { size, align }: Pick<TextLook, 'size' | 'align'>,
  x: number,
  room: number,
): readonly number[] {
  return layout.lines.map((line) => x + (room - line.width * size) * SHARE_BEFORE[align]);
}

/**
 * Paints a text that is laid out already.
 *
 * @param lefts - left edge of each line
 * @param y - top of the first line
 */
function paintLines(
  ctx: RasterContext,
  layout: TextLayout,
  look: Pick<TextLook, 'size' | 'lineHeight' | 'color'>,
  lefts: readonly number[],
  y: number,
): void {
  ctx.fillStyle = look.color;
  ctx.fillPath((path, matrix) => {
    layout.lines.forEach((line, index) => {
      const baseline = y + layout.baseline + index * look.size * look.lineHeight;
      for (const glyph of line.glyphs)
        traceGlyph(path, matrix, lefts[index] ?? 0, baseline, look.size, glyph);
    });
  });
}

/**
 * Paints a text that is laid out already.
 *
 * @param x - left edge of the room for the lines
 * @param y - top of the first line
 * @param room - width within which lines are aligned
 */
export function paintText(
  ctx: RasterContext,
  layout: TextLayout,
  look: Pick<TextLook, 'size' | 'lineHeight' | 'align' | 'color'>,
  x: number,
  y: number,
  room: number,
): void {
  paintLines(ctx, layout, look, lineLefts(layout, look, x, room), y);
}

/** A text annotation in its place on the page, not yet turned. */
export interface PlacedText {
  readonly layout: TextLayout;
  readonly look: TextLook;
  /** Left edge of each line. */
  readonly lefts: readonly number[];
  /** Top of the first line. */
  readonly y: number;
  /** What it is turned about the centre of. */
  readonly box: Box;
}

/** A text with a width wraps and is aligned within it; without one it hangs on its `x` by its alignment. */
export function placeText(annotation: SceneAnnotation): PlacedText {
  const { geometry, content } = annotation;
  const look = textLook(annotation);
  const { x = 0, y = 0 } = geometry;
  const wrapWidth = geometry.width !== undefined && geometry.width > 0 ? geometry.width : undefined;
  const layout = layOutText(content, look, wrapWidth);
  const width = wrapWidth ?? layout.width;
  const left = wrapWidth === undefined ? x - width * SHARE_BEFORE[look.align] : x;
  const box = { x: left, y, width, height: geometry.height ?? layout.height };
  return { layout, look, lefts: lineLefts(layout, look, left, width), y, box };
}

export function drawText(ctx: RasterContext, annotation: SceneAnnotation): void {
  const { layout, look, lefts, y, box } = placeText(annotation);
  rotateAbout(ctx, box, annotation.geometry.rotation);
  ctx.globalAlpha = look.opacity;
  paintLines(ctx, layout, look, lefts, y);
}
