import { type TextAlign, type TextLook, textLook } from './annotation-style.ts';
import { rotateAbout } from './draw-shapes.ts';
import type { SceneAnnotation } from './port.ts';
import type { RasterContext } from './raster-context.ts';
import { type Matrix, multiply } from './raster-matrix.ts';
import type { RasterPath } from './raster-path.ts';
import { layOutText, type TextLayout } from './text-layout.ts';
import { MISSING_ADVANCE, type PlacedGlyph } from './text-run.ts';

/** How far a slanted letter leans per unit of height where a face has no italics: 14 degrees, as browsers do it. */
const SLANT = 0.25;

/** The box for a character that no font has, in ems: side bearing, height, thickness of its line. */
const BOX_BEARING = 0.06;
const BOX_HEIGHT = 0.7;
const BOX_LINE = 0.05;

const SHARE_BEFORE: Readonly<Record<TextAlign, number>> = { left: 0, center: 0.5, right: 1 };

function traceRect(path: RasterPath, x0: number, y0: number, x1: number, y1: number): void {
  path.moveTo(x0, y0);
  path.lineTo(x1, y0);
  path.lineTo(x1, y1);
  path.lineTo(x0, y1);
  path.close();
}

function traceGlyph(
  path: RasterPath,
  matrix: Matrix,
  x: number,
  y: number,
  size: number,
  glyph: PlacedGlyph,
): void {
  const { face } = glyph;
  const originX = x + glyph.x * size;
  const originY = y - glyph.y * size;
  if (!face) {
    path.matrix = multiply(matrix, [size, 0, 0, -size, originX, originY]);
    const right = MISSING_ADVANCE - BOX_BEARING;
    traceRect(path, BOX_BEARING, 0, right, BOX_HEIGHT);
    // The inner rectangle runs the other way around and so stays empty.
    traceRect(path, right - BOX_LINE, BOX_LINE, BOX_BEARING + BOX_LINE, BOX_HEIGHT - BOX_LINE);
    return;
  }
  const unit = size / face.font.unitsPerEm;
  path.matrix = multiply(matrix, [unit, 0, face.slanted ? SLANT * unit : 0, -unit, originX, originY]);
  face.outlines.trace(glyph.id, path);
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
  ctx.fillStyle = look.color;
  ctx.fillPath((path, matrix) => {
    layout.lines.forEach((line, index) => {
      const left = x + (room - line.width * look.size) * SHARE_BEFORE[look.align];
      const baseline = y + layout.baseline + index * look.size * look.lineHeight;
      for (const glyph of line.glyphs) traceGlyph(path, matrix, left, baseline, look.size, glyph);
    });
  });
}

/** A text with a width wraps and is aligned within it; without one it hangs on its `x` by its alignment. */
export function drawText(ctx: RasterContext, annotation: SceneAnnotation): void {
  const { geometry, content } = annotation;
  const look = textLook(annotation);
  const { x = 0, y = 0 } = geometry;
  const wrapWidth = geometry.width !== undefined && geometry.width > 0 ? geometry.width : undefined;
  const layout = layOutText(content, look, wrapWidth);
  const width = wrapWidth ?? layout.width;
  const left = wrapWidth === undefined ? x - width * SHARE_BEFORE[look.align] : x;
  rotateAbout(ctx, { x: left, y, width, height: geometry.height ?? layout.height }, geometry.rotation);
  ctx.globalAlpha = look.opacity;
  paintText(ctx, layout, look, left, y, width);
}
