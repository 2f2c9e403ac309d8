import { makePage } from '../../render/draw-page.ts';
import { drawScene } from '../../render/draw-scene.ts';
import type { Pixels } from '../../render/pixels.ts';
import type { SceneAnnotation, SceneGeometry } from '../../render/port.ts';

export type Rgba = readonly [number, number, number, number];

export const WHITE: Rgba = [255, 255, 255, 255];
export const BLACK: Rgba = [0, 0, 0, 255];

let count = 0;

export function annotation(
  type: SceneAnnotation['type'],
  geometry: SceneGeometry,
  style: SceneAnnotation['style'] = {},
  rest: Partial<SceneAnnotation> = {},
): SceneAnnotation {
  count += 1;
  return { id: `annotation-${count}`, type, geometry, style, content: '', parent_id: null, ...rest };
}

export const text = (
  content: string,
  geometry: SceneGeometry,
  style: SceneAnnotation['style'] = {},
): SceneAnnotation => annotation('text', geometry, style, { content });

export interface DrawOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  readonly background?: 'white' | 'transparent';
  readonly comments?: boolean;
}

/** Draws annotations on an empty page of 200 × 150, without workers or codecs. */
export function draw(annotations: readonly SceneAnnotation[], options: DrawOptions = {}): Pixels {
  const { width = 200, height = 150, scale = 1, background = 'white', comments = false } = options;
  const page = makePage(undefined, { width: width * scale, height: height * scale }, background);
  const ctx = page.getContext();
  ctx.scale(scale, scale);
  drawScene(ctx, annotations, { width, height }, comments);
  return page;
}

export function pixel({ width, data }: Pixels, x: number, y: number): Rgba {
  const [r = 0, g = 0, b = 0, a = 0] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
  return [r, g, b, a];
}

export interface Region {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The smallest rectangle with all pixels that are not white, or undefined on an empty page. */
export function inkBounds({ width, height, data }: Pixels, within?: Region): Region | undefined {
  const { x0, y0, x1, y1 } = within ?? { x0: 0, y0: 0, x1: width, y1: height };
  const found = { x0: x1, y0: y1, x1: x0, y1: y0 };
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const o = (y * width + x) * 4;
      if ((data[o] ?? 0) + (data[o + 1] ?? 0) + (data[o + 2] ?? 0) === 765) continue;
      found.x0 = Math.min(found.x0, x);
      found.y0 = Math.min(found.y0, y);
      found.x1 = Math.max(found.x1, x + 1);
      found.y1 = Math.max(found.y1, y + 1);
    }
  }
  return found.x0 < found.x1 ? found : undefined;
}

/** How much black ink there is, in whole pixels. */
export function inkAmount({ width, height, data }: Pixels, within?: Region): number {
  const { x0, y0, x1, y1 } = within ?? { x0: 0, y0: 0, x1: width, y1: height };
  let amount = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) amount += 1 - (data[(y * width + x) * 4 + 1] ?? 0) / 255;
  }
  return amount;
}
