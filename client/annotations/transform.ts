import type * as Y from 'yjs';
import {
  type AnnotationGeometry,
  type Box,
  type Ids,
  idsOf,
  LOCAL_EDIT,
  type Point,
  type RoomAnnotation,
} from './annotation.ts';
import { invalid } from './annotation-error.ts';
import { MAX_COORDINATE } from './check-geometry.ts';
import { entryOf, isSame, writeValue } from './entries.ts';
import { hasPlace, visibleOf } from './read.ts';
import {
  boundsOf,
  centreOf,
  fitted,
  framed,
  frameOf,
  guessText,
  type MeasureText,
  mapped,
  rotationOf,
  settledAngle,
  translated,
  turned,
  unionOf,
} from './shape.ts';

export interface TransformOptions {
  /** Default: `LOCAL_EDIT`. */
  readonly origin?: unknown;
  /** Sizes of texts that say none. Default: a guess by the number of characters. */
  readonly measureText?: MeasureText;
}

/**
 * Moves annotations by so many pixels, all by the same: at the edge of the coordinates all stop where the first does.
 * Comments that are anchored to an annotation follow it and are passed over; one whose anchor is gone stands on its own
 * from then on.
 *
 * @returns the ids of those that were moved
 * @throws AnnotationError `invalid` where a distance is no finite number
 */
export function moveAnnotations(
  doc: Y.Doc,
  ids: Ids,
  by: Point,
  { origin, measureText = guessText }: TransformOptions = {},
): string[] {
  checkFinite(by.x, '/by/x');
  checkFinite(by.y, '/by/y');
  const annotations = placed(doc, ids);
  const bounds = unionOf(annotations.flatMap((annotation) => frameOf(annotation, measureText) ?? []));
  if (bounds === undefined) return [];
  const step = {
    x: within(by.x, -MAX_COORDINATE - bounds.x, MAX_COORDINATE - bounds.x - bounds.width),
    y: within(by.y, -MAX_COORDINATE - bounds.y, MAX_COORDINATE - bounds.y - bounds.height),
  };
  return write(doc, annotations, ({ geometry }) => translated(geometry, step), origin);
}

/**
 * Makes one annotation fill a box, in its own frame (before it is turned), or takes several from the rectangle around
 * all of them to the box. Points are scaled; a text gets a width, so that it wraps. Negative sizes mirror.
 *
 * @returns the ids of those that were resized
 * @throws AnnotationError `invalid` where the box is not of finite numbers
 */
export function resizeAnnotations(
  doc: Y.Doc,
  ids: Ids,
  box: Box,
  { origin, measureText = guessText }: TransformOptions = {},
): string[] {
  for (const name of ['x', 'y', 'width', 'height'] as const) checkFinite(box[name], `/box/${name}`);
  const annotations = placed(doc, ids);
  const [only, ...others] = annotations;
  if (only === undefined) return [];
  if (others.length === 0) {
    const frame = frameOf(only, measureText);
    const resized = (): AnnotationGeometry =>
      'points' in only.geometry || only.type === 'comment'
        ? fitted(only.geometry, frame ?? box, box)
        : framed(only.geometry, box);
    return write(doc, annotations, resized, origin);
  }
  const around = unionOf(annotations.flatMap((annotation) => boundsOf(annotation, measureText) ?? []));
  if (around === undefined) return [];
  return write(doc, annotations, ({ geometry }) => fitted(geometry, around, box), origin);
}

/**
 * Turns one annotation about its own centre, or several about the centre of the rectangle around all of them.
 *
 * @param degrees clockwise, added to what they are turned by now
 * @returns the ids of those that were turned
 * @throws AnnotationError `invalid` where the angle is no finite number
 */
export function rotateAnnotations(
  doc: Y.Doc,
  ids: Ids,
  degrees: number,
  {
    origin,
    measureText = guessText,
    centre,
  }: TransformOptions & {
    /** Turns about this point. */
    readonly centre?: Point;
  } = {},
): string[] {
  checkFinite(degrees, '/degrees');
  const annotations = placed(doc, ids);
  const around = unionOf(annotations.flatMap((annotation) => boundsOf(annotation, measureText) ?? []));
  if (around === undefined) return [];
  const [only] = annotations;
  // The rectangle around a turned one has the same centre; its own frame says so without rounding.
  const own = annotations.length === 1 && only !== undefined ? frameOf(only, measureText) : undefined;
  const pivot = centre ?? centreOf(own ?? around);
  return write(doc, annotations, (annotation) => rotated(annotation, pivot, degrees, measureText), origin);
}

function rotated(
  annotation: RoomAnnotation,
  pivot: Point,
  degrees: number,
  measure: MeasureText,
): AnnotationGeometry {
  const { geometry, type } = annotation;
  if ('points' in geometry || type === 'comment') {
    return mapped(geometry, (point) => turned(point, pivot, degrees));
  }
  const frame = frameOf(annotation, measure);
  if (frame === undefined) return geometry;
  const centre = centreOf(frame);
  const goal = turned(centre, pivot, degrees);
  const moved = translated(geometry, { x: goal.x - centre.x, y: goal.y - centre.y });
  return { ...moved, rotation: settledAngle(rotationOf(geometry) + degrees) } as AnnotationGeometry;
}

/** Those of the ids that have a place of their own to change. */
const placed = (doc: Y.Doc, ids: Ids): RoomAnnotation[] =>
  visibleOf(doc, idsOf(ids)).filter(
    (annotation) =>
      annotation.type !== 'comment' ||
      (hasPlace(annotation) && (annotation.parent_id === null || annotation.orphaned === true)),
  );

function write(
  doc: Y.Doc,
  annotations: readonly RoomAnnotation[],
  change: (annotation: RoomAnnotation) => AnnotationGeometry,
  origin: unknown = LOCAL_EDIT,
): string[] {
  const written: string[] = [];
  doc.transact(() => {
    for (const annotation of annotations) {
      const geometry = change(annotation);
      const entry = entryOf(doc, annotation.id);
      if (entry === undefined || isSame(annotation.geometry, geometry)) continue;
      entry.set('geometry', geometry);
      if (annotation.orphaned) writeValue(entry, 'parent_id', null);
      written.push(annotation.id);
    }
  }, origin);
  return written;
}

function checkFinite(value: number, path: string): void {
  if (!Number.isFinite(value)) throw invalid(path, 'must be a finite number');
}

/** What is out of bounds already is not made worse. */
const within = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, Math.min(low, 0)), Math.max(high, 0));
