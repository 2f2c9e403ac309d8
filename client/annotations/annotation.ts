import type { AnnotationStyle, AnnotationType } from '../../protocol/entities.ts';

/** Pixels of the base image, y down. `rotation`: degrees, clockwise, about the centre. */
export interface BoxGeometry {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rotation?: number;
}

/** `y` is the top of the first line; with a width the text wraps. */
export interface TextGeometry {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  readonly rotation?: number;
}

/** Each point is `[x, y]`; of a freehand line also `[x, y, pressure]`, the pressure from 0 to 1. */
export interface PointsGeometry {
  readonly points: readonly (readonly number[])[];
}

/** Accepted where a line or an arrow is made; kept as points. */
export interface SegmentGeometry {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A place of its own. */
export interface PinGeometry {
  readonly x: number;
  readonly y: number;
}

/** Of a reply, which stands where its thread does. */
export type NoGeometry = Readonly<Record<string, never>>;

/** What says where an annotation of a type is. */
export interface GeometryByType {
  readonly box: BoxGeometry;
  readonly ellipse: BoxGeometry;
  readonly text: TextGeometry;
  readonly arrow: PointsGeometry;
  readonly line: PointsGeometry;
  readonly polygon: PointsGeometry;
  readonly freehand: PointsGeometry;
  readonly comment: PinGeometry | NoGeometry;
}

export type AnnotationGeometry = GeometryByType[AnnotationType];

/** Keys that the server does not know are kept. */
export type AnnotationStyleInput = Readonly<AnnotationStyle> & Readonly<Record<string, unknown>>;

/** An annotation as the room's document has it; what only the server knows (version, times, authors) REST tells. */
export interface AnnotationOf<Type extends AnnotationType> {
  readonly id: string;
  readonly type: Type;
  readonly geometry: GeometryByType[Type];
  readonly style: AnnotationStyleInput;
  readonly content: string;
  readonly parent_id: string | null;
  readonly group_id: string | null;
  /** Comments only. */
  readonly resolved?: boolean;
  readonly status: 'active' | 'deleted';
  /** There, and true, on a comment whose annotation is gone; `geometry` is where that was. */
  readonly orphaned?: true;
}

export type RoomAnnotation = { readonly [Type in AnnotationType]: AnnotationOf<Type> }[AnnotationType];

/** A point of the base image. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle that is not turned. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/**
 * The origin of the primitives' transactions where a caller names none. {@link createUndo} takes back what has it;
 * nothing that came over the network does.
 */
export const LOCAL_EDIT: unique symbol = Symbol('troupe.local-edit');

/** One id, or several. An id that is no annotation (any more) is passed over: somebody may just have deleted it. */
export type Ids = string | Iterable<string>;

export const idsOf = (ids: Ids): readonly string[] => [...new Set(typeof ids === 'string' ? [ids] : ids)];
