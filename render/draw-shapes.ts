import { shapeStyle } from '../protocol/drawing/annotation-style.ts';
import { paintOutline } from './draw-outline.ts';
import type { SceneAnnotation, SceneGeometry, ScenePoint } from './port.ts';
import type { RasterContext } from './raster-context.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const boxOf = ({ x = 0, y = 0, width = 0, height = 0 }: SceneGeometry): Box => ({
  x,
  y,
  width,
  height,
});

/** Turns all that is drawn next about the centre of a box; degrees, clockwise. */
export function rotateAbout(ctx: RasterContext, { x, y, width, height }: Box, degrees = 0): void {
  if (degrees === 0) return;
  const centerX = x + width / 2;
  const centerY = y + height / 2;
  ctx.translate(centerX, centerY);
  ctx.rotate((degrees * Math.PI) / 180);
  ctx.translate(-centerX, -centerY);
}

/** Adds a line through all points to the path. */
export function tracePoints(ctx: RasterContext, points: readonly ScenePoint[]): void {
  points.forEach(([x = 0, y = 0], index) => {
    if (index === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
}

export function drawBox(ctx: RasterContext, annotation: SceneAnnotation): void {
  const box = boxOf(annotation.geometry);
  rotateAbout(ctx, box, annotation.geometry.rotation);
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.width, box.height);
  paintOutline(ctx, shapeStyle(annotation));
}

export function drawEllipse(ctx: RasterContext, annotation: SceneAnnotation): void {
  const box = boxOf(annotation.geometry);
  rotateAbout(ctx, box, annotation.geometry.rotation);
  const rx = box.width / 2;
  const ry = box.height / 2;
  ctx.beginPath();
  ctx.ellipse(box.x + rx, box.y + ry, rx, ry);
  ctx.closePath();
  paintOutline(ctx, shapeStyle(annotation));
}

export function drawPolygon(ctx: RasterContext, annotation: SceneAnnotation): void {
  ctx.beginPath();
  tracePoints(ctx, annotation.geometry.points ?? []);
  ctx.closePath();
  paintOutline(ctx, shapeStyle(annotation));
}

/** A line has no inside: it is stroked only. */
export function drawLine(ctx: RasterContext, annotation: SceneAnnotation): void {
  ctx.beginPath();
  tracePoints(ctx, annotation.geometry.points ?? []);
  paintOutline(ctx, { ...shapeStyle(annotation), fill: undefined });
}
