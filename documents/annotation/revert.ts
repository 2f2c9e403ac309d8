import type { Annotation } from '../../protocol/entities.ts';
import { type EntityId, parseEntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { AnnotationState } from './annotation-state.ts';
import { type Carried, type Decision, requireActive } from './decision.ts';
import { checkVersion } from './document-fields.ts';
import type { AnnotationFields } from './fields.ts';

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
    for (const annotation of content.annotations) {
      const id = parseEntityId(annotation.id);
      if (id !== undefined) state.crdt.put(id, toFields(annotation));
    }
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
