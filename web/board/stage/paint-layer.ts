import type { Box } from '../../../client/index.ts';

type Context = CanvasRenderingContext2D;

/** One canvas for all: what is painted on it is laid down at once. */
let spare: Context | undefined;

/**
 * Paints parts as if on a layer of their own, which is then laid down with one opacity.
 *
 * @param bounds - around all that is painted, upright on the picture; nothing beside it is looked at
 * @param paint - paints with the same transform as `ctx` has
 */
export function paintAsOne(
  ctx: Context,
  opacity: number,
  bounds: Box,
  paint: (layer: Context) => void,
): void {
  const transform = ctx.getTransform();
  const area = pixelsOf(bounds, transform, ctx.canvas);
  if (area.width === 0 || area.height === 0) return;
  const layer = layerOf(area.width, area.height);
  if (layer === undefined) {
    paint(ctx);
    return;
  }
  layer.setTransform(1, 0, 0, 1, 0, 0);
  layer.globalAlpha = 1;
  layer.clearRect(0, 0, area.width, area.height);
  const { a, b, c, d, e, f } = transform;
  layer.setTransform(a, b, c, d, e - area.x, f - area.y);
  paint(layer);
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha *= opacity;
  ctx.drawImage(layer.canvas, 0, 0, area.width, area.height, area.x, area.y, area.width, area.height);
  ctx.restore();
}

/** The whole pixels of the canvas that a box of the picture can touch. */
function pixelsOf(
  { x, y, width, height }: Box,
  transform: DOMMatrix,
  canvas: { readonly width: number; readonly height: number },
): Box {
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ].map(([px, py]) => transform.transformPoint({ x: px ?? 0, y: py ?? 0 }));
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const left = Math.max(0, Math.floor(Math.min(...xs)) - 1);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - 1);
  const right = Math.min(canvas.width, Math.ceil(Math.max(...xs)) + 1);
  const bottom = Math.min(canvas.height, Math.ceil(Math.max(...ys)) + 1);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

function layerOf(width: number, height: number): Context | undefined {
  spare ??= document.createElement('canvas').getContext('2d') ?? undefined;
  if (spare === undefined) return undefined;
  // Growing only: a canvas that changes its size is made anew.
  if (spare.canvas.width < width) spare.canvas.width = width;
  if (spare.canvas.height < height) spare.canvas.height = height;
  return spare;
}
