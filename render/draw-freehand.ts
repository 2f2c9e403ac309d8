import { getStroke } from 'perfect-freehand';
import { shapeStyle } from './annotation-style.ts';
import { drawLine } from './draw-shapes.ts';
import type { SceneAnnotation } from './port.ts';
import type { RasterContext } from './raster-context.ts';

/** Pressure of a point that tells none. */
const MIDDLE_PRESSURE = 0.5;
/** At middle pressure the line is as wide as its stroke; none halves that, full pressure adds half. */
const THINNING = 0.5;
const SMOOTHING = 0.5;
/** The points are where the pen was: the line is not made to lag behind them. */
const STREAMLINE = 0;

/** A line of constant width, or one that follows the pen's pressure where points carry one. */
export function drawFreehand(ctx: RasterContext, annotation: SceneAnnotation): void {
  const points = annotation.geometry.points ?? [];
  if (!points.some((point) => point.length > 2)) {
    drawLine(ctx, annotation);
    return;
  }
  const style = shapeStyle(annotation);
  if (style.stroke === undefined) return;
  const outline = getStroke(
    points.map(([x = 0, y = 0, pressure = MIDDLE_PRESSURE]) => [x, y, pressure]),
    {
      size: style.strokeWidth,
      thinning: THINNING,
      smoothing: SMOOTHING,
      streamline: STREAMLINE,
      simulatePressure: false,
      last: true,
    },
  );
  ctx.fillStyle = style.stroke;
  ctx.globalAlpha = style.opacity;
  ctx.fillPath((path) => {
    outline.forEach(([x = 0, y = 0], index) => {
      if (index === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    path.close();
  });
}
