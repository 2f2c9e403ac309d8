import type { Frame } from '../view/frame.ts';
import type { Layer } from '../view/stage.ts';
import type { Rect } from '../view/viewport.ts';

const STRIPE = 9;

/** Hatches regions in which nobody can paint. */
export function lockLayer(locks: () => readonly Rect[]): Layer {
  let hatch: { readonly ratio: number; readonly pattern: CanvasPattern | null } | undefined;
  return (context, frame) => {
    const regions = locks();
    if (regions.length === 0) return undefined;
    if (hatch?.ratio !== frame.ratio) hatch = { ratio: frame.ratio, pattern: hatchOf(context, frame.ratio) };
    for (const region of regions) drawLock(context, frame, region, hatch.pattern);
    return undefined;
  };
}

function drawLock(
  context: CanvasRenderingContext2D,
  { x, y, scale, ratio }: Frame,
  region: Rect,
  pattern: CanvasPattern | null,
): void {
  const left = x + region.x * scale;
  const top = y + region.y * scale;
  const [width, height] = [region.width * scale, region.height * scale];
  // The stripes stay with the picture while it is moved.
  context.setTransform(1, 0, 0, 1, left, top);
  if (pattern !== null) {
    context.fillStyle = pattern;
    context.fillRect(0, 0, width, height);
  }
  context.lineWidth = 2 * ratio;
  context.strokeStyle = 'rgb(20 20 26 / 75%)';
  context.setLineDash([6 * ratio, 4 * ratio]);
  context.strokeRect(0, 0, width, height);
  context.setLineDash([]);
}

/** Dark and light stripes, so that they are seen on every colour. */
function hatchOf(context: CanvasRenderingContext2D, ratio: number): CanvasPattern | null {
  const side = Math.round(STRIPE * 2 * ratio);
  const tile = new OffscreenCanvas(side, side);
  const stripes = tile.getContext('2d');
  if (stripes === null) return null;
  const draw = (color: string, shift: number): void => {
    stripes.strokeStyle = color;
    stripes.lineWidth = side / 7;
    stripes.beginPath();
    for (const start of [-side, 0, side]) {
      stripes.moveTo(start + shift, side);
      stripes.lineTo(start + side + shift, 0);
    }
    stripes.stroke();
  };
  draw('rgb(20 20 26 / 45%)', 0);
  draw('rgb(255 255 255 / 45%)', side / 2);
  return context.createPattern(tile, 'repeat');
}
