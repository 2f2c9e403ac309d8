import type { TextAlign } from '../protocol/drawing/annotation-style.ts';
import type { FontFamily } from '../protocol/drawing/font-family.ts';
import { paintText } from '../render/draw-text.ts';
import { RasterBitmap } from '../render/raster-bitmap.ts';
import type { RasterContext } from '../render/raster-context.ts';
import { layOutText } from '../render/text-layout.ts';

export interface Lettering {
  readonly size?: number;
  readonly weight?: number;
  readonly color?: string;
  readonly align?: TextAlign;
  readonly family?: FontFamily;
}

/** A few strokes above the raster context, as one draws a user interface: panels, texts, lines. */
export class Sketch {
  readonly bitmap: RasterBitmap;
  readonly ctx: RasterContext;

  constructor(width: number, height: number, background: string) {
    this.bitmap = new RasterBitmap(width, height);
    this.ctx = this.bitmap.getContext();
    this.ctx.fillStyle = background;
    this.ctx.fillRect(0, 0, width, height);
  }

  panel(
    x: number,
    y: number,
    width: number,
    height: number,
    fill: string,
    radius = 0,
    border = 'none',
  ): void {
    this.ctx.beginPath();
    this.ctx.roundRect(x, y, width, height, radius);
    this.ctx.fillStyle = fill;
    this.ctx.fill();
    if (border === 'none') return;
    this.ctx.strokeStyle = border;
    this.ctx.lineWidth = 1;
    this.ctx.stroke();
  }

  disc(x: number, y: number, radius: number, fill: string): void {
    this.ctx.beginPath();
    this.ctx.arc(x, y, radius, 0, 2 * Math.PI);
    this.ctx.fillStyle = fill;
    this.ctx.fill();
  }

  /** Part of a ring from one share of a turn to another, from the top, clockwise. */
  ring(x: number, y: number, radius: number, width: number, from: number, to: number, color: string): void {
    this.ctx.beginPath();
    this.ctx.arc(x, y, radius, (from - 0.25) * 2 * Math.PI, (to - 0.25) * 2 * Math.PI);
    this.ctx.lineCap = 'butt';
    this.line(color, width);
  }

  /** Strokes the current path. */
  line(color: string, width: number): void {
    this.ctx.strokeStyle = color;
    this.ctx.lineWidth = width;
    this.ctx.stroke();
  }

  polyline(points: readonly (readonly [number, number])[], color: string, width: number): void {
    this.ctx.beginPath();
    for (const [x, y] of points) this.ctx.lineTo(x, y);
    this.ctx.lineJoin = 'round';
    this.ctx.lineCap = 'round';
    this.line(color, width);
  }

  /** `y` is the middle of the line. */
  text(x: number, y: number, text: string, lettering: Lettering = {}): void {
    const { size = 15, weight = 400, color = '#343a40', align = 'left', family = 'sans' } = lettering;
    const look = { family, weight, italic: false, size, lineHeight: 1.25, color, align };
    const layout = layOutText(text, look);
    const share = { left: 0, center: 0.5, right: 1 }[align];
    paintText(this.ctx, layout, look, x - layout.width * share, y - layout.height / 2, layout.width);
  }

  avatar(x: number, y: number, radius: number, initials: string, color: string): void {
    this.disc(x, y, radius, color);
    this.text(x, y, initials, { size: radius * 0.8, weight: 600, color: '#ffffff', align: 'center' });
  }
}
