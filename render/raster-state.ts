import type { Color } from '../protocol/color.ts';
import type { LineCap, LineJoin } from '../protocol/drawing/annotation-style.ts';
import { colorOf } from '../protocol/drawing/known-colors.ts';
import type { Clip } from './raster-clip.ts';
import { IDENTITY, type Matrix } from './raster-matrix.ts';
import type { Paint } from './raster-surface.ts';

/** Everything that `save` keeps and `restore` brings back; values are replaced, never changed in place. */
export interface DrawState {
  matrix: Matrix;
  clip: Clip;
  fill: Color;
  fillText: string;
  stroke: Color;
  strokeText: string;
  lineWidth: number;
  lineCap: LineCap;
  lineJoin: LineJoin;
  miterLimit: number;
  lineDash: readonly number[];
  alpha: number;
}

const BLACK: Color = { r: 0, g: 0, b: 0, a: 1 };

/** The state of a new canvas (HTML, section 4.12.5). */
export const initialState = (clip: Clip): DrawState => ({
  matrix: IDENTITY,
  clip,
  fill: BLACK,
  fillText: '#000000',
  stroke: BLACK,
  strokeText: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  miterLimit: 10,
  lineDash: [],
  alpha: 1,
});

/** A canvas ignores a colour that it cannot read, and keeps the one it has. */
export const colorOr = (text: unknown, current: Color): Color =>
  (typeof text === 'string' ? colorOf(text) : undefined) ?? current;

export const paintOf = ({ r, g, b, a }: Color, alpha: number): Paint => ({
  r,
  g,
  b,
  a: Math.round(a * alpha * 255),
});
