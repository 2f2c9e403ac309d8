import type { Annotation } from '../../protocol/entities.ts';
import { type EntityId, parseEntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { AnnotationState } from './annotation-state.ts';
import { type Carried, type Decision, requireActive } from './decision.ts';
import { checkVersion } from './document-fields.ts';
import { type AnnotationFields, hasPlace } from './fields.ts';
import { isEqualPlain } from './plain.ts';

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
  else if (isEqualPlain(state.annotations.anchorPlace(annotation.parent_id), annotation.geometry)) {
    const { geometry, ...others } = fields;
    const own = state.crdt.read(id).fields;
    const isThere = own?.type === 'comment' && hasPlace(own.geometry);
    state.crdt.put(id, { ...others, geometry: isThere ? own.geometry : geometry });
    // What it was about has been elsewhere since: it stands where it stood, but on its own.
  } else state.crdt.put(id, { ...fields, parent_id: null });
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
