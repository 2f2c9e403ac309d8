import { Problem } from '../../protocol/problem.ts';
import type { AnnotationState } from './annotation-state.ts';
import { type Carried, type Decision, type NoEvent, requireActive } from './decision.ts';
import { checkName, checkPageSize, checkVersion } from './document-fields.ts';

/** Commands on the document's own fields. */

export function createDocument(
  state: AnnotationState,
  { name, image, size }: Carried<'document.create'>,
): Decision {
  if (state.document !== undefined) throw Problem.invalid('/body/id', 'is the id of a document that exists');
  checkName(name);
  if (size !== undefined) checkPageSize(size);
  return { event: { type: 'document.created', name, image, ...(size === undefined ? {} : { size }) } };
}

export function updateDocument(
  state: AnnotationState,
  { name, image, version }: Carried<'document.update'>,
): Decision {
  const { wire } = requireActive(state);
  checkVersion(wire.version, version);
  if (name !== undefined) checkName(name);
  return {
    event: {
      type: 'document.updated',
      ...(name === undefined ? {} : { name }),
      ...(image === undefined ? {} : { image }),
    },
  };
}

export function deleteDocument(state: AnnotationState, { version }: Carried<'document.delete'>): Decision {
  checkVersion(requireActive(state).wire.version, version);
  return { event: { type: 'document.deleted' } };
}

export function keepDocumentImage(
  state: AnnotationState,
  { url, copy }: Carried<'document.keepImage'>,
): Decision | NoEvent {
  const { wire, image } = requireActive(state);
  if (image?.kind !== 'url' || image.url !== url || image.copy !== undefined) return { answer: wire };
  return { event: { type: 'document.imageKept', copy } };
}
