import type { Annotation, AnnotationType } from './entities.ts';
import { unreachable } from './unreachable.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What of a geometry decides where a comment on it stands; which members are there depends on the type. */
interface AnchorGeometry {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  /** Degrees, clockwise, about the centre. */
  readonly rotation?: number;
  readonly points?: readonly (readonly number[])[];
}

/** A comment that is left behind keeps the point as its geometry, which has this limit. */
const COORDINATE_LIMIT = 1e6;
/** Steps in a pixel that a turned corner is rounded to, so that right angles give whole numbers. */
const STEPS = 1e6;

/**
 * Where a comment on an annotation stands, in pixels of the base image: the top left corner of a box, an ellipse's
 * bounding box or a text, the first point of a line, polygon or freehand, the place of a comment. The corner turns with
 * the annotation about its centre; a text whose width or height is not given has no known centre, and its corner stays.
 */
export function anchorPoint(type: AnnotationType, geometry: AnchorGeometry | Annotation['geometry']): Point {
  // `{x1, y1, x2, y2}` is only ever sent, never kept.
  const known = geometry as AnchorGeometry;
  switch (type) {
    case 'box':
    case 'ellipse':
    case 'text':
      return turnedCorner(known);
    case 'arrow':
    case 'line':
    case 'polygon':
    case 'freehand': {
      const [x = 0, y = 0] = known.points?.[0] ?? [];
      return { x, y };
    }
    case 'comment':
      return { x: known.x ?? 0, y: known.y ?? 0 };
    default:
      return unreachable(type);
  }
}

function turnedCorner({ x = 0, y = 0, width, height, rotation = 0 }: AnchorGeometry): Point {
  if (width === undefined || height === undefined || rotation % 360 === 0) return { x, y };
  const radians = ((rotation % 360) * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  return {
    x: settled(x + (width * (1 - cos) + height * sin) / 2),
    y: settled(y + (height * (1 - cos) - width * sin) / 2),
  };
}

/** Adding 0 makes `-0` the `0` that JSON carries. */
const settled = (value: number): number =>
  Math.min(COORDINATE_LIMIT, Math.max(-COORDINATE_LIMIT, Math.round(value * STEPS) / STEPS)) + 0;
