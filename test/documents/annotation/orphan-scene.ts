import { expect } from 'chai';
import { annotationKind } from '../../../documents/annotation/annotation-kind.ts';
import type { AnnotationFact, AnnotationInput } from '../../../protocol/annotation-messages.ts';
import type { Annotation } from '../../../protocol/entities.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import { BOX, DOCUMENT_ID, LivedDocument, observe } from '../../helpers/annotation-document.ts';
import { YjsClient } from '../../helpers/annotation-yjs-client.ts';

export const KEY = '22222222-2222-4222-8222-222222222222';
export const OTHER_KEY = '33333333-3333-4333-8333-333333333333';

/** Where its top left corner is drawn is below. */
export const TURNED = { x: 10, y: 20, width: 100, height: 40, rotation: 90 };
export const CORNER = { x: 80, y: -10 };

/** A comment on an annotation. */
export const pin = (parent_id: string, x = 5, y = 6): AnnotationInput => ({
  type: 'comment',
  parent_id,
  geometry: { x, y },
  content: 'here',
});

/** An annotation as it is told, also a deleted one. */
export const shown = (document: LivedDocument, id: string): Annotation =>
  document.query('annotation.get', { id: id as EntityId, include_deleted: true });

type Changes = Readonly<Record<'created' | 'updated' | 'deleted', readonly string[]>>;

/** What the last event told, as ids. */
export function told(document: LivedDocument, command: Parameters<LivedDocument['execute']>[0]): Changes {
  const outcome = document.execute(command);
  const fact: AnnotationFact | undefined = 'fact' in outcome ? outcome.fact : undefined;
  if (fact?.type !== 'annotations.changed' && fact?.type !== 'document.reverted') {
    throw new Error(`${fact?.type} was told`);
  }
  const idsOf = (annotations: readonly Annotation[]): readonly string[] => annotations.map(({ id }) => id);
  return { created: idsOf(fact.created), updated: idsOf(fact.updated), deleted: idsOf(fact.deleted) };
}

/** A document with a box and a comment that stands on it. */
export function withPin(): {
  document: LivedDocument;
  box: Annotation;
  comment: Annotation;
  client: YjsClient;
} {
  const document = LivedDocument.created();
  const box = document.add(BOX);
  const comment = document.add(pin(box.id));
  const client = new YjsClient(500).pull(document.state);
  return { document, box, comment, client };
}

/** The state is the same from the log, from a snapshot, and from a snapshot in the middle and what followed. */
export function expectFunctionOfLog(document: LivedDocument): void {
  expect(observe(document.replayed())).to.deep.equal(observe(document.state));
  const bytes = annotationKind.snapshot(document.state);
  const restored = annotationKind.restore(DOCUMENT_ID, bytes);
  expect(observe(restored)).to.deep.equal(observe(document.state));
  expect(annotationKind.snapshot(restored)).to.deep.equal(bytes);
}

/** The same, where the box was turned and then deleted. */
export function orphan(): ReturnType<typeof withPin> {
  const all = withPin();
  all.document.update(all.box.id, { geometry: TURNED });
  all.document.remove(all.box.id);
  all.client.pull(all.document.state);
  return all;
}
