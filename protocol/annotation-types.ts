import type { AnnotationType } from './entities.ts';

/** Every type of annotation; complete, or this does not compile. */
const TYPES: Readonly<Record<AnnotationType, true>> = {
  text: true,
  box: true,
  ellipse: true,
  arrow: true,
  line: true,
  polygon: true,
  freehand: true,
  comment: true,
};

/** In the order of the contract. */
export const ANNOTATION_TYPES = Object.keys(TYPES) as readonly AnnotationType[];

/** Of a value from outside. */
export const isAnnotationType = (value: unknown): value is AnnotationType =>
  typeof value === 'string' && Object.hasOwn(TYPES, value);
