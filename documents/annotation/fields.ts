import { ANNOTATION_TYPES, isAnnotationType } from '../../protocol/annotation-types.ts';
import type { AnnotationStyle, AnnotationType } from '../../protocol/entities.ts';
import { type EntityId, parseEntityId } from '../../protocol/ids.ts';
import type { FieldErrors } from '../field-errors.ts';
import { checkText } from '../well-formed-text.ts';
import { type Geometry, parseGeometry } from './geometry.ts';
import { parseStyle } from './style.ts';

/** What an annotation says of itself: everything that the CRDT carries but its `status`. Checked, in one form. */
export interface AnnotationFields {
  readonly type: AnnotationType;
  readonly geometry: Geometry;
  readonly style: AnnotationStyle;
  readonly content: string;
  readonly parent_id: EntityId | null;
  readonly group_id: string | null;
  /** Comments only. */
  readonly resolved?: boolean;
}

/** The same, from outside. */
export type UncheckedFields = { readonly [Name in keyof AnnotationFields]?: unknown };

export const CONTENT_BOUNDS = { min: 0, max: 10_000 };
const GROUP_BOUNDS = { min: 1, max: 128 };

/** Parses a geometry; the CRDT's reader gives one that remembers what it has parsed. */
export type GeometryParser = typeof parseGeometry;

/**
 * The schema of an annotation (contract, chapter 3); for what REST callers send and for what Yjs clients write.
 *
 * @param path where the fields stand, before each error's own path.
 * @returns `undefined` where something was added to `errors`.
 */
export function parseFields(
  input: UncheckedFields,
  path: string,
  errors: FieldErrors,
  geometryParser: GeometryParser = parseGeometry,
): AnnotationFields | undefined {
  const { type } = input;
  if (!isAnnotationType(type)) {
    errors.add(`${path}/type`, `must be one of ${ANNOTATION_TYPES.join(', ')}`);
    return undefined;
  }
  const before = errors.count;
  const geometry = geometryParser(type, input.geometry, `${path}/geometry`, errors);
  const style = parseStyle(input.style, `${path}/style`, errors);
  const content = parseContent(input.content, `${path}/content`, errors);
  const parent = parseParent(input.parent_id, `${path}/parent_id`, errors);
  const group = parseGroup(input.group_id, `${path}/group_id`, errors);
  const resolved = parseResolved(type, input.resolved, `${path}/resolved`, errors);
  if (geometry && parent === null) checkPlace(geometry, `${path}/geometry`, errors);
  if (!geometry || !style || errors.count > before) return undefined;
  return {
    type,
    geometry,
    style,
    content,
    parent_id: parent,
    group_id: group,
    ...(resolved === undefined ? {} : { resolved }),
  };
}

/** Only a comment may have no coordinates. */
export function hasPlace(geometry: Geometry): boolean {
  for (const _ in geometry) return true;
  return false;
}

/** A comment without coordinates needs a parent to hang on. */
export function checkPlace(geometry: Geometry, path: string, errors: FieldErrors): void {
  if (!hasPlace(geometry)) errors.add(path, 'must be {x, y} where no parent_id anchors the comment');
}

export function parseContent(value: unknown, path: string, errors: FieldErrors): string {
  return value !== undefined && checkText(value, CONTENT_BOUNDS, path, errors) ? value : '';
}

export function parseGroup(value: unknown, path: string, errors: FieldErrors): string | null {
  if (value === undefined || value === null) return null;
  return checkText(value, GROUP_BOUNDS, path, errors) ? value : null;
}

/** That the parent exists is for the caller to check. */
export function parseParent(value: unknown, path: string, errors: FieldErrors): EntityId | null {
  if (value === undefined || value === null) return null;
  const id = typeof value === 'string' ? parseEntityId(value) : undefined;
  if (id === undefined) errors.add(path, 'must be the id of an annotation or null');
  return id ?? null;
}

/** `undefined` where the type has no such field. */
export function parseResolved(
  type: AnnotationType,
  value: unknown,
  path: string,
  errors: FieldErrors,
): boolean | undefined {
  if (type !== 'comment') {
    if (value !== undefined) errors.add(path, 'is a field of comments only');
    return undefined;
  }
  if (value === undefined) return false;
  if (typeof value !== 'boolean') errors.add(path, 'must be true or false');
  return value === true;
}
