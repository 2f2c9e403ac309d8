import {
  type Box,
  boundsOf,
  frameOf,
  type MeasureText,
  type Point,
  type RoomAnnotation,
} from '../../../client/index.ts';
import { shapeStyle } from '../../../protocol/drawing/annotation-style.ts';
import { arrowShape } from '../../../protocol/drawing/arrow-shape.ts';
import { centreOf, cornersOf, distanceToSegment, grown, isInside, overlap, turnedAbout } from './geometry.ts';

export interface HitOptions {
  readonly measureText: MeasureText;
  /** How far beside its ink an annotation still counts as met, in pixels of the picture. */
  readonly tolerance: number;
}

type Points = readonly (readonly number[])[];
const pointOf = ([x = 0, y = 0]: readonly number[]): Point => ({ x, y });

/** The topmost annotation that is met at a point. @param annotations - from the bottom to the top */
export function topmostAt(
  annotations: readonly RoomAnnotation[],
  point: Point,
  options: HitOptions,
): RoomAnnotation | undefined {
  return annotations.findLast((annotation) => isHit(annotation, point, options));
}

/** Whether a point meets the ink of an annotation: what is not filled is met at its outline only. */
export function isHit(
  annotation: RoomAnnotation,
  point: Point,
  { measureText, tolerance }: HitOptions,
): boolean {
  const frame = frameOf(annotation, measureText);
  if (frame === undefined || annotation.type === 'comment') return false;
  const { fill, stroke, strokeWidth } = shapeStyle(annotation);
  const reach = tolerance + (stroke === undefined ? 0 : strokeWidth / 2);
  const { geometry } = annotation;
  if ('points' in geometry) {
    // Heads of arrows stand out of the box around the points.
    const head = annotation.type === 'arrow' ? 8 + 3 * strokeWidth : 0;
    if (!isInside(point, grown(frame, reach + head))) return false;
    return hitsPoints(annotation.type, geometry.points, point, reach, strokeWidth, fill !== undefined);
  }
  const rotation = 'rotation' in geometry ? (geometry.rotation ?? 0) : 0;
  const local = turnedAbout(point, centreOf(frame), -rotation);
  if (!isInside(local, grown(frame, reach))) return false;
  // A text is met anywhere in its box; so is what shows nothing at all, or it could never be met.
  if (annotation.type === 'text' || fill !== undefined || stroke === undefined) {
    return annotation.type !== 'ellipse' || isInEllipse(local, frame, reach);
  }
  if (annotation.type === 'box') {
    const inner = grown(frame, -reach);
    return inner.width <= 0 || inner.height <= 0 || !isInside(local, inner);
  }
  return isInEllipse(local, frame, reach) && !isInEllipse(local, frame, -reach);
}

function isInEllipse({ x, y }: Point, frame: Box, grow: number): boolean {
  const [rx, ry] = [frame.width / 2 + grow, frame.height / 2 + grow];
  if (rx <= 0 || ry <= 0) return false;
  const centre = centreOf(frame);
  return ((x - centre.x) / rx) ** 2 + ((y - centre.y) / ry) ** 2 <= 1;
}

function hitsPoints(
  type: RoomAnnotation['type'],
  points: Points,
  point: Point,
  reach: number,
  strokeWidth: number,
  isFilled: boolean,
): boolean {
  const isClosed = type === 'polygon';
  if (isClosed && isFilled && isInPolygon(points, point)) return true;
  for (let at = isClosed ? 0 : 1; at < points.length; at += 1) {
    const [from, to] = [points.at(at - 1), points[at]];
    if (from && to && distanceToSegment(point, pointOf(from), pointOf(to)) <= reach) return true;
  }
  if (type !== 'arrow') return false;
  const { head } = arrowShape(points, strokeWidth);
  return head !== undefined && isInPolygon(head, point);
}

/** By the non-zero rule, as shapes are filled. */
export function isInPolygon(points: Points, { x, y }: Point): boolean {
  let winding = 0;
  points.forEach((end, at) => {
    const [x0 = 0, y0 = 0] = points.at(at - 1) ?? [];
    const [x1 = 0, y1 = 0] = end;
    const side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0);
    if (y0 <= y && y1 > y && side > 0) winding += 1;
    else if (y0 > y && y1 <= y && side < 0) winding -= 1;
  });
  return winding !== 0;
}

/** Those that a rectangle drawn around them touches: their ink, or that lie in it. */
export function inMarquee(
  annotations: readonly RoomAnnotation[],
  marquee: Box,
  measureText: MeasureText,
): RoomAnnotation[] {
  return annotations.filter((annotation) => {
    const bounds = boundsOf(annotation, measureText);
    return bounds !== undefined && overlap(bounds, marquee) && touches(annotation, marquee, measureText);
  });
}

/** Lines are met by what crosses them, not by what crosses the box around them; so are shapes without a fill. */
function touches(annotation: RoomAnnotation, marquee: Box, measureText: MeasureText): boolean {
  const { geometry, type } = annotation;
  const frame = frameOf(annotation, measureText);
  if (frame === undefined) return false;
  const isClosed = !('points' in geometry) || type === 'polygon';
  const outline: readonly Point[] =
    'points' in geometry
      ? geometry.points.map(pointOf)
      : cornersOf(frame, 'rotation' in geometry ? geometry.rotation : 0);
  if (outline.some((point) => isInside(point, marquee))) return true;
  const edges = cornersOf(marquee);
  const crosses = outline.some((to, at) => {
    const from = at === 0 ? (isClosed ? outline.at(-1) : undefined) : outline[at - 1];
    return from !== undefined && edges.some((end, i) => doCross(from, to, edges.at(i - 1) ?? end, end));
  });
  if (crosses || !isClosed) return crosses;
  const isSolid = type === 'text' || shapeStyle(annotation).fill !== undefined;
  return (
    isSolid &&
    isInPolygon(
      outline.map(({ x, y }) => [x, y]),
      edges[0],
    )
  );
}

function doCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point): number =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
