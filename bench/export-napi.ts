import { readFileSync } from 'node:fs';
import { createCanvas, GlobalFonts, type Image, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { fontSources } from '../render/font-catalog.ts';
import type { ImageFormat, SceneAnnotation } from '../render/port.ts';
import { unpackWoff } from '../render/woff.ts';

const FAMILY = 'Bench Sans';
const [REGULAR, BOLD] = [400, 700];
for (const weight of [REGULAR, BOLD]) {
  const [source] = fontSources('sans', weight, false);
  if (!source || !GlobalFonts.register(unpackWoff(readFileSync(source.file)), FAMILY)) {
    throw new Error('@napi-rs/canvas does not read the fonts that we draw with.');
  }
}

const JPEG_QUALITY = 90;
const ASCENT = 1.069;

const number = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);
const string = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);

function trace(ctx: SKRSContext2D, points: readonly (readonly number[])[]): void {
  points.forEach(([x = 0, y = 0], index) => {
    if (index === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
}

function drawHead(ctx: SKRSContext2D, points: readonly (readonly number[])[], strokeWidth: number): void {
  const [tipX = 0, tipY = 0] = points.at(-1) ?? [];
  const [backX = 0, backY = 0] = points.at(-2) ?? [];
  const distance = Math.hypot(tipX - backX, tipY - backY);
  const length = 8 + 3 * strokeWidth;
  const [ux, uy] = [(tipX - backX) / distance, (tipY - backY) / distance];
  const [baseX, baseY] = [tipX - ux * length, tipY - uy * length];
  ctx.beginPath();
  ctx.moveTo(tipX, tipY);
  ctx.lineTo(baseX - uy * length * 0.45, baseY + ux * length * 0.45);
  ctx.lineTo(baseX + uy * length * 0.45, baseY - ux * length * 0.45);
  ctx.fill();
}

/** The annotations of the bench's scene, with the calls a browser's canvas has for them. */
function drawNapi(ctx: SKRSContext2D, { type, geometry, style, content }: SceneAnnotation): void {
  const { x = 0, y = 0, width = 0, height = 0, rotation = 0, points = [] } = geometry;
  const stroke = string(style['stroke'], '#e03131');
  const strokeWidth = number(style['stroke_width'], 2);
  ctx.globalAlpha = number(style['opacity'], 1);
  if (type === 'text') {
    const size = number(style['font_size'], 16);
    ctx.fillStyle = string(style['color'], '#000000');
    ctx.font = `${style['font_weight'] === 'bold' ? BOLD : REGULAR} ${size}px "${FAMILY}"`;
    ctx.fillText(content, x, y + size * ASCENT);
    return;
  }
  if (rotation !== 0) {
    ctx.translate(x + width / 2, y + height / 2);
    ctx.rotate((rotation * Math.PI) / 180);
    ctx.translate(-x - width / 2, -y - height / 2);
  }
  ctx.beginPath();
  if (type === 'box') ctx.rect(x, y, width, height);
  else if (type === 'ellipse') {
    ctx.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  } else trace(ctx, points);
  if (type === 'polygon') ctx.closePath();
  if (typeof style['fill'] === 'string' && (type === 'box' || type === 'ellipse' || type === 'polygon')) {
    ctx.fillStyle = style['fill'];
    ctx.fill();
  }
  ctx.strokeStyle = stroke;
  ctx.lineWidth = strokeWidth;
  ctx.lineJoin = type === 'box' || type === 'polygon' ? 'miter' : 'round';
  ctx.lineCap = type === 'box' || type === 'polygon' ? 'butt' : 'round';
  ctx.stroke();
  if (type === 'arrow') {
    ctx.fillStyle = stroke;
    drawHead(ctx, points, strokeWidth);
  }
}

/** Decodes a picture with Skia. */
export const decodeNapi = (image: Uint8Array): Promise<Image> => loadImage(image);

/** The same export with @napi-rs/canvas (Skia, native code), on the calling thread. */
export function exportNapi(
  image: Image,
  format: ImageFormat,
  annotations: readonly SceneAnnotation[],
): Uint8Array {
  const canvas = createCanvas(image.width, image.height);
  const ctx = canvas.getContext('2d');
  ctx.drawImage(image, 0, 0);
  for (const annotation of annotations) {
    ctx.save();
    drawNapi(ctx, annotation);
    ctx.restore();
  }
  return format === 'png' ? canvas.encodeSync('png') : canvas.encodeSync('jpeg', JPEG_QUALITY);
}
