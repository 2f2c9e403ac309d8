import { createRequire } from 'node:module';
import { Readable, Writable } from 'node:stream';
import {
  type Bitmap,
  type Context,
  decodeJPEGFromStream,
  decodePNGFromStream,
  encodeJPEGToStream,
  encodePNGToStream,
  make,
  registerFont,
} from 'pureimage';
import type { ImageFormat, SceneAnnotation } from '../render/port.ts';

const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
// It warns about joins that it cannot compute, thousands of times.
console.warn = () => {};
registerFont(FONT, 'DejaVu').loadSync();

const number = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);
const string = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);

function trace(ctx: Context, points: readonly (readonly number[])[]): void {
  ctx.beginPath();
  points.forEach(([x = 0, y = 0], index) => {
    if (index === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
}

/** Offset of the control points of a quarter circle. */
const QUARTER = 0.5523;

function traceEllipse(ctx: Context, x: number, y: number, rx: number, ry: number): void {
  const [kx, ky] = [rx * QUARTER, ry * QUARTER];
  ctx.beginPath();
  ctx.moveTo(x + rx, y);
  ctx.bezierCurveTo(x + rx, y + ky, x + kx, y + ry, x, y + ry);
  ctx.bezierCurveTo(x - kx, y + ry, x - rx, y + ky, x - rx, y);
  ctx.bezierCurveTo(x - rx, y - ky, x - kx, y - ry, x, y - ry);
  ctx.bezierCurveTo(x + kx, y - ry, x + rx, y - ky, x + rx, y);
  ctx.closePath();
}

/** The nearest that stock pureimage comes to an annotation: no dashes, no real joins, one weight, wrong alpha. */
function drawStock(ctx: Context, { type, geometry, style, content }: SceneAnnotation): void {
  const { x = 0, y = 0, width = 0, height = 0, points = [] } = geometry;
  ctx.globalAlpha = number(style['opacity'], 1);
  ctx.strokeStyle = string(style['stroke'], '#e03131');
  ctx.lineWidth = number(style['stroke_width'], 2);
  if (type === 'text') {
    ctx.fillStyle = string(style['color'], '#000000');
    ctx.font = `${number(style['font_size'], 16)} DejaVu`;
    ctx.fillText(content, x, y + number(style['font_size'], 16));
    return;
  }
  if (type === 'ellipse') traceEllipse(ctx, x + width / 2, y + height / 2, width / 2, height / 2);
  else if (type === 'box')
    trace(ctx, [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ]);
  else trace(ctx, points);
  const isClosed = type === 'box' || type === 'polygon';
  if (isClosed) ctx.closePath();
  if (typeof style['fill'] === 'string' && (isClosed || type === 'ellipse')) {
    ctx.fillStyle = style['fill'];
    ctx.fill();
  }
  ctx.stroke();
}

function collect(): { sink: Writable; bytes: () => Buffer } {
  const pieces: Buffer[] = [];
  const sink = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  return { sink, bytes: () => Buffer.concat(pieces) };
}

/** Decodes a picture with stock pureimage. */
export function decodeStock(image: Uint8Array, isPng: boolean): Promise<Bitmap> {
  const source = Readable.from([Buffer.from(image)]);
  return isPng ? decodePNGFromStream(source) : decodeJPEGFromStream(source);
}

/** The same export with nothing but stock pureimage, on the calling thread. The bitmap is left as it is. */
export async function exportStock(
  base: Bitmap,
  format: ImageFormat,
  annotations: readonly SceneAnnotation[],
): Promise<Uint8Array> {
  const bitmap = make(base.width, base.height);
  bitmap.data.set(base.data);
  const ctx = bitmap.getContext('2d');
  for (const annotation of annotations) drawStock(ctx, annotation);
  const { sink, bytes } = collect();
  await (format === 'png' ? encodePNGToStream(bitmap, sink) : encodeJPEGToStream(bitmap, sink, 90));
  return bytes();
}
