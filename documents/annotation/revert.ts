import { anchorPoint, type Point } from '../../protocol/comment-anchor.ts';
import type { Annotation, AnnotationType } from '../../protocol/entities.ts';
import { type EntityId, parseEntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { FieldErrors } from '../field-errors.ts';
import type { AnnotationState } from './annotation-state.ts';
import { type Carried, type Decision, requireActive } from './decision.ts';
import { checkVersion } from './document-fields.ts';
import { type AnnotationFields, hasPlace } from './fields.ts';
import { type Geometry, parseGeometry } from './geometry.ts';
import { isEqualPlain } from './plain.ts';
import { writeFields } from './y-entry.ts';

/**
 * Takes the document back to what a version captured, by going forward: one update that writes only what differs.
 * Entries that do not validate are no part of any version and stay as they are.
 */
export function revertDocument(
  state: AnnotationState,
  { version_id, content, version }: Carried<'document.revert'>,
): Decision {
  const { wire } = requireActive(state);
  checkVersion(wire.version, version);
  if (state.versions.get(version_id) === undefined) throw Problem.notFound('version', version_id);
  const kept = new Set(content.annotations.map(({ id }) => id));
  // Also those that only a lost parent hides: they must not come back with it.
  const surplus = state.annotations.alive().filter((id) => !kept.has(id));
  const { update, touched } = state.crdt.edit(() => {
    for (const id of surplus) state.crdt.entry(id)?.set('status', 'deleted');
    for (const annotation of content.annotations) putBack(state, annotation);
  });
  return {
    event: {
      type: 'document.reverted',
      version_id,
      name: content.document.name,
      image: content.image,
      update,
    },
    touched,
  };
}

function putBack(state: AnnotationState, annotation: Annotation): void {
  const id = parseEntityId(annotation.id);
  if (id === undefined) return;
  const fields = toFields(annotation);
  if (annotation.orphaned !== true) state.crdt.put(id, fields);
  else if (putAnchorBack(state, annotation)) {
    const { geometry, ...others } = fields;
    const own = state.crdt.read(id).fields;
    const isThere = own?.type === 'comment' && hasPlace(own.geometry);
    state.crdt.put(id, { ...others, geometry: isThere ? own.geometry : geometry });
    // It stands where it stood, but on its own.
  } else state.crdt.put(id, { ...fields, parent_id: null });
}

/**
 * Takes what an orphan was about, which stays deleted, back to where it stood: that is where the orphan is seen.
 * @returns false where not even the CRDT has it any more, and it had been elsewhere since
 */
function putAnchorBack(state: AnnotationState, { parent_id, geometry }: Annotation): boolean {
  if (parent_id === null) return false;
  const place = state.annotations.anchorPlace(parent_id);
  if (isEqualPlain(place, geometry)) return true;
  const entry = state.crdt.entry(parent_id);
  const anchor = state.crdt.read(parent_id).fields;
  if (place === undefined || entry === undefined || anchor === undefined) return false;
  const moved = movedTo(anchor.type, anchor.geometry, geometry as Point);
  const errors = new FieldErrors();
  const isValid = parseGeometry(anchor.type, moved, '', errors) !== undefined && errors.count === 0;
  if (!isValid || !isEqualPlain(anchorPoint(anchor.type, moved), geometry)) return false;
  writeFields(entry, { geometry: moved });
  return true;
}

/** A geometry whose anchor point is elsewhere; it is as large as before. */
function movedTo(type: AnnotationType, geometry: Geometry, to: Point): Geometry {
  const from = anchorPoint(type, geometry);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if ('points' in geometry) {
    const [[, , ...rest] = [], ...others] = geometry.points as readonly (readonly number[])[];
    const points = others.map(([x = 0, y = 0, ...more]) => [x + dx, y + dy, ...more]);
    return { ...geometry, points: [[to.x, to.y, ...rest], ...points] } as Geometry;
  }
  const { rotation: _, ...upright } = geometry as Partial<Point> & { readonly rotation?: number };
  const { x = 0, y = 0 } = upright;
  const moved = { ...geometry, x: x + dx, y: y + dy } as Geometry;
  // A turned corner is rounded, and so is a sum: where they are not exact, it stands upright.
  return isEqualPlain(anchorPoint(type, moved), to) ? moved : ({ ...upright, ...to } as Geometry);
}

const toFields = ({
  type,
  geometry,
  style,
  content,
  parent_id,
  group_id,
  resolved,
}: Annotation): AnnotationFields => ({
  type,
  geometry,
  style,
  content,
  parent_id: parent_id as EntityId | null,
  group_id,
  ...(resolved === undefined ? {} : { resolved }),
});
