import type { AnnotationOf, Box, BoxGeometry, RoomAnnotation } from '../../../client/index.ts';
import { type ShapeStyle, shapeStyle } from '../../../protocol/drawing/annotation-style.ts';
import { arrowShape } from '../../../protocol/drawing/arrow-shape.ts';
import { traceFreehand } from '../../../protocol/drawing/freehand-outline.ts';
import { colorOf } from '../../../protocol/drawing/known-colors.ts';
import { grown } from './geometry.ts';
import { paintAsOne } from './paint-layer.ts';
import { fontOf } from './text-fonts.ts';
import { placeText, prepareText } from './text-layout.ts';
import { inkBounds } from './visible.ts';

type Context = CanvasRenderingContext2D;
type Points = readonly (readonly number[])[];
type OfType<Type extends RoomAnnotation['type']> = AnnotationOf<Type>;

/**
 * Paints an annotation as docs/DRAWING.md says, in pixels of the picture. `ctx` is moved and scaled to them already, and
 * is left changed.
 */
export function paintAnnotation(ctx: Context, annotation: RoomAnnotation): void {
  switch (annotation.type) {
    case 'box':
    case 'ellipse':
      paintBoxed(ctx, annotation);
      return;
    case 'polygon': {
      const path = polyline(annotation.geometry.points);
      path.closePath();
      paintOutline(ctx, path, shapeStyle(annotation), inkBounds(annotation));
      return;
    }
    case 'line':
      paintLine(ctx, annotation);
      return;
    case 'arrow':
      paintArrow(ctx, annotation);
      return;
    case 'freehand':
      paintFreehand(ctx, annotation);
      return;
    case 'text':
      paintText(ctx, annotation);
      return;
    case 'comment':
  }
}

/** Turns all that is painted next about the centre of a box; degrees, clockwise. */
function turn(ctx: Context, { x, y, width, height }: Box, degrees = 0): void {
  if (degrees === 0) return;
  ctx.translate(x + width / 2, y + height / 2);
  ctx.rotate((degrees * Math.PI) / 180);
  ctx.translate(-x - width / 2, -y - height / 2);
}

function applyStroke(ctx: Context, style: ShapeStyle): void {
  ctx.strokeStyle = style.stroke ?? 'transparent';
  ctx.lineWidth = style.strokeWidth;
  ctx.lineCap = style.cap;
  ctx.lineJoin = style.join;
  ctx.miterLimit = 10;
  ctx.setLineDash([...style.dash]);
}

/** The fill, and the stroke centred on the outline; the opacity applies to both as one. */
function paintOutline(ctx: Context, path: Path2D, style: ShapeStyle, bounds: Box): void {
  const { fill, stroke, opacity } = style;
  const paint = (target: Context): void => {
    if (fill !== undefined) {
      target.fillStyle = fill;
      target.fill(path);
    }
    if (stroke === undefined) return;
    applyStroke(target, style);
    target.stroke(path);
  };
  if (fill !== undefined && stroke !== undefined && opacity < 1) {
    paintAsOne(ctx, opacity, bounds, paint);
    return;
  }
  ctx.globalAlpha *= opacity;
  paint(ctx);
}

function polyline(points: Points): Path2D {
  const path = new Path2D();
  for (const [x = 0, y = 0] of points) path.lineTo(x, y);
  return path;
}

/** What has no length leaves no stroke; some browsers would draw a dot. */
const isPoint = ({ width, height }: BoxGeometry): boolean => width === 0 && height === 0;

function paintBoxed(ctx: Context, annotation: OfType<'box' | 'ellipse'>): void {
  const { geometry } = annotation;
  if (isPoint(geometry)) return;
  turn(ctx, geometry, geometry.rotation);
  const { x, y, width, height } = geometry;
  const path = new Path2D();
  if (annotation.type === 'box') path.rect(x, y, width, height);
  else {
    path.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
    path.closePath();
  }
  const style = shapeStyle(annotation);
  // The box itself: it is turned already.
  paintOutline(ctx, path, style, grown(geometry, style.strokeWidth));
}

/** A line has no inside: it is stroked only. */
function paintLine(ctx: Context, annotation: OfType<'line' | 'freehand'>): void {
  const style = { ...shapeStyle(annotation), fill: undefined };
  paintOutline(ctx, polyline(annotation.geometry.points), style, inkBounds(annotation));
}

function paintArrow(ctx: Context, annotation: OfType<'arrow'>): void {
  const style = shapeStyle(annotation);
  const { stroke } = style;
  if (stroke === undefined) return;
  const { shaft, head } = arrowShape(annotation.geometry.points, style.strokeWidth);
  paintSolid(ctx, stroke, style.opacity, inkBounds(annotation), (target, color) => {
    applyStroke(target, { ...style, stroke: color });
    target.stroke(polyline(shaft));
    if (head === undefined) return;
    const path = polyline(head);
    path.closePath();
    target.fillStyle = color;
    target.fill(path);
  });
}

function paintFreehand(ctx: Context, annotation: OfType<'freehand'>): void {
  const { points } = annotation.geometry;
  const style = shapeStyle(annotation);
  const { stroke } = style;
  if (stroke === undefined) return;
  const [[x = 0, y = 0] = []] = points;
  if (points.some((point) => point.length > 2)) {
    const outline = outlineOf(points, style.strokeWidth);
    paintSolid(ctx, stroke, style.opacity, inkBounds(annotation), (target, color) => {
      target.fillStyle = color;
      target.fill(outline);
    });
  } else if (points.every((point) => point[0] === x && point[1] === y)) {
    // A line of no length would leave nothing; a tap of the pen leaves a dot.
    ctx.globalAlpha *= style.opacity;
    ctx.fillStyle = stroke;
    ctx.beginPath();
    ctx.arc(x, y, style.strokeWidth / 2, 0, 2 * Math.PI);
    ctx.fill();
  } else paintLine(ctx, annotation);
}

/** Outlines of pens are costly to find and stay as long as the points do. */
const outlines = new WeakMap<Points, { readonly width: number; readonly path: Path2D }>();

function outlineOf(points: Points, width: number): Path2D {
  const known = outlines.get(points);
  if (known?.width === width) return known.path;
  const path = new Path2D();
  traceFreehand(
    {
      moveTo: (x, y) => path.moveTo(x, y),
      quadraticCurveTo: (cx, cy, x, y) => path.quadraticCurveTo(cx, cy, x, y),
      ellipse: (...ellipse) => path.ellipse(...ellipse),
      close: () => path.closePath(),
    },
    points,
    width,
  );
  outlines.set(points, { width, path });
  return path;
}

/** Paints parts that overlap as one area: a translucent colour is laid once. */
function paintSolid(
  ctx: Context,
  color: string,
  opacity: number,
  bounds: Box,
  paint: (target: Context, color: string) => void,
): void {
  const { r, g, b, a } = colorOf(color) ?? { r: 0, g: 0, b: 0, a: 1 };
  const opaque = `rgb(${r},${g},${b})`;
  if (a < 1 || opacity < 1) paintAsOne(ctx, opacity * a, bounds, (target) => paint(target, opaque));
  else paint(ctx, color);
}

function paintText(ctx: Context, annotation: OfType<'text'>): void {
  const { look, lines, baseline, lineHeight, box } = placeText(annotation);
  turn(ctx, box, annotation.geometry.rotation);
  ctx.globalAlpha *= look.opacity;
  ctx.fillStyle = look.color === 'none' ? 'transparent' : look.color;
  ctx.font = fontOf(look);
  prepareText(ctx);
  lines.forEach(({ text, left, isRightToLeft }, index) => {
    ctx.direction = isRightToLeft ? 'rtl' : 'ltr';
    ctx.fillText(text, left, box.y + baseline + index * lineHeight);
  });
}
