import type { ShapeStyle } from '../protocol/drawing/annotation-style.ts';
import type { RasterContext } from './raster-context.ts';

export function applyStroke(ctx: RasterContext, style: ShapeStyle): void {
  ctx.strokeStyle = style.stroke ?? 'none';
  ctx.lineWidth = style.strokeWidth;
  ctx.lineCap = style.cap;
  ctx.lineJoin = style.join;
  ctx.setLineDash(style.dash);
}

/** Paints the current path: the fill, and the stroke centred on its outline; the opacity applies to both as one. */
export function paintOutline(ctx: RasterContext, style: ShapeStyle): void {
  const hasFill = style.fill !== undefined;
  const hasStroke = style.stroke !== undefined;
  const paint = (): void => {
    if (hasFill) ctx.fill();
    if (hasStroke) ctx.stroke();
  };
  ctx.fillStyle = style.fill ?? 'none';
  applyStroke(ctx, style);
  if (hasFill && hasStroke && style.opacity < 1) {
    ctx.group(style.opacity, paint);
    return;
  }
  ctx.globalAlpha = style.opacity;
  paint();
}
