import { fitted, framed, mapped, settledAngle, translated } from '../../../client/annotations/shape.ts';
import {
  type AnnotationGeometry,
  type Box,
  boundsOf,
  frameOf,
  type MeasureText,
  type Point,
  type RoomAnnotation,
} from '../../../client/index.ts';
import { centreOf, turnedAbout, unionOf } from './geometry.ts';
import type { SelectionFrame } from './handles.ts';

/** Where annotations are to be, by id. Computed from where they were when the hand went down, so that nothing adds up. */
export type Plan = ReadonlyMap<string, AnnotationGeometry>;

const rotationOf = ({ geometry }: RoomAnnotation): number =>
  'rotation' in geometry ? (geometry.rotation ?? 0) : 0;

/** What handles stand around: of one its own frame, of several the box around all; `undefined` of nothing. */
export function frameAround(
  annotations: readonly RoomAnnotation[],
  measureText: MeasureText,
): SelectionFrame | undefined {
  const [only, ...others] = annotations;
  if (only === undefined) return undefined;
  if (others.length === 0) {
    const { geometry } = only;
    if (
      (only.type === 'line' || only.type === 'arrow') &&
      'points' in geometry &&
      geometry.points.length === 2
    ) {
      return { kind: 'ends', points: geometry.points.map(([x = 0, y = 0]) => ({ x, y })) };
    }
    const box = frameOf(only, measureText);
    return box && { kind: 'box', box, rotation: rotationOf(only), canRotate: true };
  }
  const box = unionOf(annotations.flatMap((annotation) => boundsOf(annotation, measureText) ?? []));
  return box && { kind: 'box', box, rotation: 0, canRotate: true };
}

export const movedPlan = (annotations: readonly RoomAnnotation[], by: Point): Plan =>
  new Map(annotations.map(({ id, geometry }) => [id, translated(geometry, by)]));

/** Each by its own way. */
export const movedEachPlan = (
  annotations: readonly RoomAnnotation[],
  moves: ReadonlyMap<string, Point>,
): Plan =>
  new Map(
    annotations.flatMap(({ id, geometry }) => {
      const by = moves.get(id);
      return by === undefined ? [] : [[id, translated(geometry, by)] as const];
    }),
  );

/**
 * Takes the frame of a selection to another box, whose sizes may be below 0.
 *
 * @param isSide - it was drawn by a side: a text gets another width and keeps the height that its lines have
 */
export function resizedPlan(
  annotations: readonly RoomAnnotation[],
  from: Box,
  to: Box,
  { isSide, measureText }: { readonly isSide: boolean; readonly measureText: MeasureText },
): Plan {
  const [only, ...others] = annotations;
  if (only === undefined) return new Map();
  if (others.length > 0) {
    const upright = unmirrored(to);
    return new Map(
      annotations.map((annotation) => [
        annotation.id,
        fitted(sized(annotation, measureText), from, isPoints(annotation) ? to : upright),
      ]),
    );
  }
  if (isPoints(only)) return new Map([[only.id, fitted(only.geometry, from, to)]]);
  if (only.type === 'text') return new Map([[only.id, resizedText(only.geometry, unmirrored(to), isSide)]]);
  return new Map([[only.id, framed(only.geometry, to)]]);
}

const isPoints = ({ geometry }: RoomAnnotation): boolean => 'points' in geometry;

/** What has no direction looks the same from both sides. */
const unmirrored = ({ x, y, width, height }: Box): Box => ({
  x: Math.min(x, x + width),
  y: Math.min(y, y + height),
  width: Math.abs(width),
  height: Math.abs(height),
});

/** A text without a width goes along as a box of the size that it has. */
function sized(annotation: RoomAnnotation, measureText: MeasureText): AnnotationGeometry {
  const { geometry } = annotation;
  if (annotation.type !== 'text' || annotation.geometry.width !== undefined) return geometry;
  const frame = frameOf(annotation, measureText);
  return frame === undefined
    ? geometry
    : { ...annotation.geometry, x: frame.x, y: frame.y, width: frame.width };
}

/** Its height is that of its lines, whatever they come to; so it is not written down. */
function resizedText(geometry: AnnotationGeometry, to: Box, isSide: boolean): AnnotationGeometry {
  const { height: _, ...rest } = framed(geometry, to) as Box & { readonly rotation?: number };
  const kept = 'height' in geometry && geometry.height !== undefined && !isSide ? { height: to.height } : {};
  return { ...rest, width: Math.max(1, rest.width), ...kept };
}

/** Turns about a point: what has a frame of its own turns with it, points go round. */
export function rotatedPlan(
  annotations: readonly RoomAnnotation[],
  pivot: Point,
  degrees: number,
  measureText: MeasureText,
): Plan {
  return new Map(
    annotations.map((annotation) => {
      const { id, geometry } = annotation;
      const around = (point: Point): Point => turnedAbout(point, pivot, degrees);
      if ('points' in geometry) return [id, mapped(geometry, around)] as const;
      const frame = frameOf(annotation, measureText);
      if (frame === undefined) return [id, geometry] as const;
      const [centre, goal] = [centreOf(frame), around(centreOf(frame))];
      const moved = translated(geometry, { x: goal.x - centre.x, y: goal.y - centre.y });
      const rotation = settledAngle(rotationOf(annotation) + degrees);
      return [id, { ...moved, rotation } as AnnotationGeometry] as const;
    }),
  );
}

/** Makes a corner in a side. @param index - of the point that the side begins at */
export function cornerAddedPlan(annotation: RoomAnnotation, index: number, to: Point): Plan {
  if (!('points' in annotation.geometry)) return new Map();
  const points = annotation.geometry.points.toSpliced(index + 1, 0, [to.x, to.y]);
  return new Map([[annotation.id, { points }]]);
}

/** Puts one end of a line, or one corner, elsewhere. */
export function endMovedPlan(annotation: RoomAnnotation, index: number, to: Point): Plan {
  if (!('points' in annotation.geometry)) return new Map();
  const points = annotation.geometry.points.map((point, at) =>
    at === index ? [to.x, to.y, ...point.slice(2)] : point,
  );
  return new Map([[annotation.id, { points }]]);
}
