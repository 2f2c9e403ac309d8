import type { AnnotationChange } from '../../protocol/annotation-messages.ts';
import type { Annotation } from '../../protocol/entities.ts';
import { type EntityId, parseEntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { FieldErrors } from '../field-errors.ts';
import type { AnnotationState } from './annotation-state.ts';
import type { Carried, Decision, NoEvent } from './decision.ts';
import { checkVersion } from './document-fields.ts';
import {
  type AnnotationFields,
  checkPlace,
  parseContent,
  parseFields,
  parseGroup,
  parseParent,
  parseResolved,
} from './fields.ts';
import { parseGeometry } from './geometry.ts';
import { mergeStyle } from './style.ts';
import { writeFields } from './y-entry.ts';

/** Commands on single annotations, and the merging of what Yjs clients did. */

export function createAnnotation(
  state: AnnotationState,
  { annotation }: Carried<'annotation.create'>,
  newId: () => string,
): Decision {
  const errors = new FieldErrors();
  const fields = parseFields(annotation, '/body', errors);
  if (fields?.parent_id != null) checkParent(state, fields.parent_id, undefined, errors);
  errors.throwIfAny();
  if (fields === undefined) throw new Error('fields are missing without an error');
  const id = newId() as EntityId;
  const { update, touched } = state.crdt.edit(() => state.crdt.put(id, fields));
  return { event: { type: 'annotations.edited', update, subject: id }, touched };
}

export function updateAnnotation(
  state: AnnotationState,
  { id, change, version }: Carried<'annotation.update'>,
): Decision {
  const annotation = requireAnnotation(state, id);
  checkVersion(annotation.version, version);
  const fields = parseChange(state, annotation, change);
  const { update, touched } = state.crdt.edit(() => {
    const entry = state.crdt.entry(annotation.id);
    if (entry !== undefined) writeFields(entry, fields);
  });
  return { event: { type: 'annotations.edited', update, subject: annotation.id as EntityId }, touched };
}

/** Deletes its replies with it; comments on it that have a place of their own stay behind, orphaned. */
export function deleteAnnotation(
  state: AnnotationState,
  { id, version }: Carried<'annotation.delete'>,
): Decision {
  const annotation = requireAnnotation(state, id);
  checkVersion(annotation.version, version);
  const ids = state.annotations.withReplies(annotation.id);
  const { update, touched } = state.crdt.edit(() => {
    for (const each of ids) state.crdt.entry(each)?.set('status', 'deleted');
  });
  return { event: { type: 'annotations.edited', update, subject: annotation.id as EntityId }, touched };
}

export function mergeUpdate(
  state: AnnotationState,
  { update }: Carried<'annotations.merge'>,
): Decision | NoEvent {
  const change = state.crdt.merge(update);
  if (change === undefined) return { answer: { quarantined: [] } };
  return { event: { type: 'annotations.edited', update: change.update }, touched: change.touched };
}

function requireAnnotation(state: AnnotationState, id: string): Annotation {
  const annotation = state.annotations.getActive(parseEntityId(id) ?? id);
  if (annotation === undefined) throw Problem.notFound('annotation', id);
  return annotation;
}

/** The fields that a change gives, checked against those that stay. */
function parseChange(
  state: AnnotationState,
  annotation: Annotation,
  change: AnnotationChange,
): Partial<AnnotationFields> {
  const errors = new FieldErrors();
  const { type } = annotation;
  if (change.type !== undefined && change.type !== type) {
    errors.add('/body/type', `cannot change: the annotation is of type ${type}`);
  }
  const geometry =
    change.geometry === undefined
      ? undefined
      : parseGeometry(type, change.geometry, '/body/geometry', errors);
  const style =
    change.style === undefined
      ? undefined
      : mergeStyle(annotation.style, change.style, '/body/style', errors);
  const fields: Partial<AnnotationFields> = {
    ...(geometry === undefined ? {} : { geometry }),
    ...(style === undefined ? {} : { style }),
    ...(change.content === undefined
      ? {}
      : { content: parseContent(change.content, '/body/content', errors) }),
    ...(change.group_id === undefined
      ? {}
      : { group_id: parseGroup(change.group_id, '/body/group_id', errors) }),
    ...(change.resolved === undefined ? {} : checkedResolved(annotation, change.resolved, errors)),
    ...(change.parent_id === undefined
      ? {}
      : { parent_id: parseParent(change.parent_id, '/body/parent_id', errors) }),
  };
  const parent = fields.parent_id === undefined ? annotation.parent_id : fields.parent_id;
  const isReparented = parent !== annotation.parent_id;
  if (isReparented && parent !== null) checkParent(state, parent, annotation.id, errors);
  const isAnchored = parent !== null && (isReparented || !annotation.orphaned);
  if (!isAnchored && errors.count === 0) {
    checkPlace(fields.geometry ?? annotation.geometry, '/body/geometry', errors);
  }
  errors.throwIfAny();
  if (annotation.orphaned !== true) return fields;
  // An orphan that is given another parent, or none, stays where it is seen: its entry says it from now on.
  if (isReparented) return { geometry: annotation.geometry, ...fields };
  // One that is put somewhere stands on its own: clients, who know nothing of what was, see it there too.
  return geometry === undefined ? fields : { ...fields, parent_id: null };
}

function checkedResolved(
  { type }: Annotation,
  value: unknown,
  errors: FieldErrors,
): Pick<AnnotationFields, 'resolved'> {
  const resolved = parseResolved(type, value, '/body/resolved', errors);
  return resolved === undefined ? {} : { resolved };
}

function checkParent(
  state: AnnotationState,
  parent: string,
  child: string | undefined,
  errors: FieldErrors,
): void {
  if (state.annotations.getActive(parent) === undefined) {
    errors.add('/body/parent_id', 'names no active annotation of this document');
  } else if (child !== undefined && state.annotations.isUnder(parent, child)) {
    errors.add('/body/parent_id', 'must not name the annotation itself or one of its replies');
  }
}
