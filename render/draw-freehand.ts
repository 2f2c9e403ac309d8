import { type ShapeStyle, shapeStyle } from '../protocol/drawing/annotation-style.ts';
import { traceFreehand } from '../protocol/drawing/freehand-outline.ts';
import { drawLine } from './draw-shapes.ts';
import type { SceneAnnotation } from './port.ts';
import type { RasterContext } from './raster-context.ts';
import type { RasterPath } from './raster-path.ts';

function fillInStroke(ctx: RasterContext, style: ShapeStyle, trace: (path: RasterPath) => void): void {
  ctx.fillStyle = style.stroke ?? 'none';
  ctx.globalAlpha = style.opacity;
  ctx.fillPath(trace);
}

/** A line of constant width, or one that follows the pen's pressure where points carry one. */
export function drawFreehand(ctx: RasterContext, annotation: SceneAnnotation): void {
  const points = annotation.geometry.points ?? [];
  const style = shapeStyle(annotation);
  if (style.stroke === undefined) return;
  const [[x = 0, y = 0] = []] = points;
  const isTap = points.every((point) => point[0] === x && point[1] === y);
  if (points.some((point) => point.length > 2)) {
    fillInStroke(ctx, style, (path) => traceFreehand(path, points, style.strokeWidth));
  } else if (isTap) {
    // A line of no length would leave nothing; a tap of the pen leaves a dot.
    const radius = style.strokeWidth / 2;
    fillInStroke(ctx, style, (path) => path.ellipse(x, y, radius, radius, 0, 0, 2 * Math.PI));
  } else {
    drawLine(ctx, annotation);
  }
}
