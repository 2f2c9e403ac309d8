import type { Frame } from '../view/frame.ts';
import type { Layer } from '../view/stage.ts';
import type { Point, Rect } from '../view/viewport.ts';

export interface CursorLook {
  readonly cell: Point;
  /** `#rrggbb` that would be painted there; `undefined`: nothing would. */
  readonly color: string | undefined;
  /** Moved by keys: drawn so that it is found. */
  readonly isByKeys: boolean;
  /** How far a wait is over, from 0 to 1; `undefined` while one may paint. */
  readonly waited: number | undefined;
}

/** Smaller cells are shown by a cross around them, CSS pixels. */
const LEAST_CELL = 7;

/** The cell that is pointed at, and whether one may paint. */
export const cursorLayer =
  (cursor: () => CursorLook | undefined): Layer =>
  (context, frame) => {
    const look = cursor();
    if (look === undefined) return undefined;
    const { ratio, scale } = frame;
    const left = Math.round(frame.x + look.cell.x * scale);
    const top = Math.round(frame.y + look.cell.y * scale);
    const size = Math.max(1, Math.round(scale));
    if (scale >= LEAST_CELL * ratio) {
      if (look.color !== undefined) {
        context.fillStyle = look.color;
        context.fillRect(left, top, size, size);
      }
      outline(context, { x: left, y: top, width: size, height: size }, ratio * (look.isByKeys ? 1.5 : 1));
    } else {
      cross(context, left + size / 2, top + size / 2, ratio);
    }
    if (look.waited === undefined) return undefined;
    ring(context, frame, left + size / 2, top + size / 2, Math.max(size, 12 * ratio), look.waited);
    return true;
  };

/** A rectangle that is being chosen. */
export const chosenLayer =
  (chosen: () => Rect | undefined): Layer =>
  (context, { x, y, scale, ratio }) => {
    const rect = chosen();
    if (rect === undefined) return undefined;
    const place = {
      x: Math.round(x + rect.x * scale),
      y: Math.round(y + rect.y * scale),
      width: Math.round(rect.width * scale),
      height: Math.round(rect.height * scale),
    };
    context.fillStyle = 'rgb(84 67 214 / 22%)';
    context.fillRect(place.x, place.y, place.width, place.height);
    outline(context, place, ratio);
    return undefined;
  };

/** Dark with light around it: seen on every colour. */
function outline(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, unit: number): void {
  context.lineWidth = 3.5 * unit;
  context.strokeStyle = 'rgb(255 255 255 / 92%)';
  context.strokeRect(x, y, width, height);
  context.lineWidth = 1.5 * unit;
  context.strokeStyle = '#17161f';
  context.strokeRect(x, y, width, height);
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, ratio: number): void {
  const [from, to] = [4 * ratio, 10 * ratio];
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(x + dx * from, y + dy * from);
    context.lineTo(x + dx * to, y + dy * to);
  }
  context.lineCap = 'round';
  context.lineWidth = 4 * ratio;
  context.strokeStyle = 'rgb(255 255 255 / 92%)';
  context.stroke();
  context.lineWidth = 1.75 * ratio;
  context.strokeStyle = '#17161f';
  context.stroke();
}

function ring(
  context: CanvasRenderingContext2D,
  { ratio }: Frame,
  x: number,
  y: number,
  radius: number,
  part: number,
): void {
  const full = Math.PI * 2;
  context.lineCap = 'butt';
  context.lineWidth = 5 * ratio;
  context.strokeStyle = 'rgb(20 20 26 / 60%)';
  context.beginPath();
  context.arc(x, y, radius, 0, full);
  context.stroke();
  context.lineWidth = 3 * ratio;
  context.strokeStyle = '#ffc63d';
  context.beginPath();
  context.arc(x, y, radius, -full / 4, -full / 4 + full * Math.max(0.02, part));
  context.stroke();
}
