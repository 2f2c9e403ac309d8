import type {
  AnnotationGeometry,
  Box,
  BoxGeometry,
  Point,
  PointsGeometry,
  RoomAnnotation,
  TextGeometry,
} from './annotation.ts';
import { MAX_COORDINATE } from './check-geometry.ts';

type Rectangular = BoxGeometry | TextGeometry;
const hasPoints = (geometry: AnnotationGeometry): geometry is PointsGeometry => 'points' in geometry;
const isPlaced = (geometry: AnnotationGeometry): geometry is Rectangular => 'x' in geometry;

/** Steps in a pixel that turned and scaled coordinates are rounded to, so that right angles give whole numbers. */
const STEPS = 1e6;

/** A coordinate as it may be written. Adding 0 makes `-0` the `0` that JSON carries. */
const settled = (value: number): number =>
  Math.min(MAX_COORDINATE, Math.max(-MAX_COORDINATE, Math.round(value * STEPS) / STEPS)) + 0;
const settledLength = (value: number): number => Math.max(0, settled(value));

/** How large the text of an annotation without a width or height is, in pixels; a program that draws it knows. */
export type MeasureText = (annotation: RoomAnnotation) => { readonly width: number; readonly height: number };

/** A guess: no font is at hand. */
export const guessText: MeasureText = ({ content, style }) => {
  const size = style.font_size ?? 16;
  const lines = content.split('\n');
  const longest = Math.max(...lines.map(({ length }) => length));
  return { width: longest * size * 0.55, height: lines.length * size * (style.line_height ?? 1.25) };
};

/**
 * The rectangle of an annotation before it is turned: what {@link resizeAnnotations} takes for one. `undefined` for a
 * reply, which is nowhere.
 */
export function frameOf(annotation: RoomAnnotation, measure: MeasureText = guessText): Box | undefined {
  const { geometry, type } = annotation;
  if (hasPoints(geometry)) return boxAround(geometry.points.map(([x = 0, y = 0]) => ({ x, y })));
  if (!isPlaced(geometry)) return undefined;
  const { x, y } = geometry;
  if (type === 'comment') return { x, y, width: 0, height: 0 };
  if (geometry.width !== undefined && geometry.height !== undefined) {
    return { x, y, width: geometry.width, height: geometry.height };
  }
  const { width, height } = measure(annotation);
  // Without a width a text hangs on its x.
  const align = geometry.width === undefined ? annotation.style.text_align : 'left';
  const left = align === 'right' ? width : align === 'center' ? width / 2 : 0;
  return { x: x - left, y, width: geometry.width ?? width, height: geometry.height ?? height };
}

/** The smallest upright rectangle around an annotation as it is seen, turned; without its stroke. */
export function boundsOf(annotation: RoomAnnotation, measure: MeasureText = guessText): Box | undefined {
  const frame = frameOf(annotation, measure);
  const rotation = rotationOf(annotation.geometry);
  if (frame === undefined || rotation === 0) return frame;
  const { x, y, width, height } = frame;
  const corners = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
  return boxAround(corners.map((corner) => turned(corner, centreOf(frame), rotation)));
}

export const rotationOf = (geometry: AnnotationGeometry): number =>
  'rotation' in geometry ? (geometry.rotation ?? 0) : 0;

export const centreOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

/** The smallest rectangle around all. */
export function unionOf(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  return boxAround(
    boxes.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}

function boxAround(points: readonly Point[]): Box {
  // No spread: a freehand line has thousands of points.
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function turned({ x, y }: Point, centre: Point, degrees: number): Point {
  const radians = ((degrees % 360) * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  const [dx, dy] = [x - centre.x, y - centre.y];
  return { x: centre.x + dx * cos - dy * sin, y: centre.y + dx * sin + dy * cos };
}

/** Moves every point by the same map. What else a geometry says stays. */
export function mapped(geometry: AnnotationGeometry, map: (point: Point) => Point): AnnotationGeometry {
  if (hasPoints(geometry)) {
    return {
      points: geometry.points.map(([x = 0, y = 0, ...pressure]) => {
        const point = map({ x, y });
        return [settled(point.x), settled(point.y), ...pressure];
      }),
    };
  }
  if (!isPlaced(geometry)) return geometry;
  const { x, y } = map(geometry);
  return { ...geometry, x: settled(x), y: settled(y) };
}

export const translated = (geometry: AnnotationGeometry, by: Point): AnnotationGeometry =>
  mapped(geometry, ({ x, y }) => ({ x: x + by.x, y: y + by.y }));

/** Takes a geometry from one rectangle to another; `to` may have negative sizes, which mirror points. */
export function fitted(geometry: AnnotationGeometry, from: Box, to: Box): AnnotationGeometry {
  const scaleX = from.width === 0 ? 1 : to.width / from.width;
  const scaleY = from.height === 0 ? 1 : to.height / from.height;
  const map = ({ x, y }: Point): Point => ({
    x: to.x + (x - from.x) * scaleX,
    y: to.y + (y - from.y) * scaleY,
  });
  if (!isPlaced(geometry) || geometry.width === undefined) return mapped(geometry, map);
  const { width, height, ...rest } = geometry;
  const radians = (rotationOf(geometry) * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  const wide = width * Math.hypot(scaleX * cos, scaleY * sin);
  const high = (height ?? 0) * Math.hypot(scaleX * sin, scaleY * cos);
  // What is turned keeps its angle, so it is its centre that goes along.
  const centre = map(centreOf({ ...geometry, width, height: height ?? 0 }));
  return {
    ...rest,
    x: settled(centre.x - wide / 2),
    y: settled(centre.y - high / 2),
    width: settledLength(wide),
    ...(height === undefined ? {} : { height: settledLength(high) }),
  };
}

/** Gives a box, ellipse or text exactly this rectangle, in its own frame; negative sizes count the other way. */
export function framed(geometry: AnnotationGeometry, to: Box): AnnotationGeometry {
  const x = settled(Math.min(to.x, to.x + to.width));
  const y = settled(Math.min(to.y, to.y + to.height));
  const [width, height] = [settledLength(Math.abs(to.width)), settledLength(Math.abs(to.height))];
  return { ...geometry, x, y, width, height } as AnnotationGeometry;
}

/** The angle that is left of all turns, from 0 to below 360. */
export const settledAngle = (degrees: number): number =>
  (Math.round((((degrees % 360) + 360) % 360) * STEPS) / STEPS) % 360;
