import { shapeStyle } from '../protocol/drawing/annotation-style.ts';
import { arrowShape } from '../protocol/drawing/arrow-shape.ts';
import { applyStroke } from './draw-outline.ts';
import { tracePoints } from './draw-shapes.ts';
import type { SceneAnnotation } from './port.ts';
import type { RasterContext } from './raster-context.ts';

/** A line with a solid head; where they overlap, a translucent colour is laid once. */
export function drawArrow(ctx: RasterContext, annotation: SceneAnnotation): void {
  const style = shapeStyle(annotation);
  const points = annotation.geometry.points ?? [];
  if (style.stroke === undefined || points.length === 0) return;
  const { shaft, head } = arrowShape(points, style.strokeWidth);
  applyStroke(ctx, style);
  ctx.globalAlpha = style.opacity;
  ctx.beginPath();
  tracePoints(ctx, shaft);
  ctx.strokeWith((path) => {
    if (head === undefined) return;
    const [tip, left, right] = head;
    path.moveTo(...tip);
    path.lineTo(...left);
    path.lineTo(...right);
    path.close();
  });
}
