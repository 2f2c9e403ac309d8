import { expect } from 'chai';
import { AnnotationDocument } from '../../actors/annotation-document.ts';
import { AnnotationDocuments } from '../../actors/annotation-documents.ts';
import { AnnotationService } from '../../actors/annotation-service.ts';
import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import type { EntityId, OperationId } from '../../protocol/ids.ts';
import { nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId, type Runtime } from '../helpers/runtime.ts';

const PNG = { format: 'png' } as const;

/** A document of 10 events of which the state after the sixth is about to be pruned. */
async function begin() {
  const runtime = createRuntime({ kinds: [annotationKind], limits: { snapshotEvents: 5, snapshotsKept: 1 } });
  const document = new AnnotationDocument(runtime.documents.open('annotation', newDocumentId()));
  await document.execute({ type: 'document.create', name: 'Plan 1', image: null }, ALICE);
  await rename(document, 2, 8);
  await nextTurn();
  return { runtime, document, service: serviceOf(runtime) };
}

/** Event `n` gives the document the name `Plan n`. */
async function rename(document: AnnotationDocument, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++)
    await document.execute({ type: 'document.update', name: `Plan ${n}` }, ALICE);
}

const serviceOf = ({ documents, store }: Runtime): AnnotationService =>
  new AnnotationService({
    documents: new AnnotationDocuments({ documents, directory: store.directory, newId: newDocumentId }),
    directory: store.directory,
    images: {} as never,
    exports: { stageOf: () => undefined, pending: 0 },
    exportsDir: '/nowhere',
  });

const nameAt = (document: AnnotationDocument, seq: number): Promise<string> =>
  document.queryAt(seq, { type: 'document.get' }).then(
    ({ name }) => name,
    ({ code }) => code,
  );

describe('an export of a past state', () => {
  it('[DOC-13] [ANN-6] finds it, however long it waits and whatever is pruned, also after a restart', async () => {
    const { runtime, document, service } = await begin();
    const job = await service.requestExport(document.id, { ...PNG, seq: 7 }, ALICE); // 9
    await rename(document, 10, 40);
    await nextTurn();
    expect(await nameAt(document, 7)).to.equal('Plan 7');
    await runtime.documents.stop();
    const restarted = runtime.restarted();
    const again = new AnnotationDocument(restarted.documents.open('annotation', document.id));
    await rename(again, 41, 60);
    await nextTurn();
    expect(restarted.effects.map(({ effect }) => effect)).to.deep.include.members([
      {
        type: 'export',
        id: job.id,
        seq: 7,
        parameters: { format: 'png', scale: 1, background: 'white', include_comments: false },
      },
    ]);
    expect(await nameAt(again, 7)).to.equal('Plan 7');
    const outcome = { status: 'completed', mime: 'image/png', size: 1 } as const;
    await again.execute({ type: 'export.finish', id: job.id as EntityId, outcome }, ALICE);
    await rename(again, 62, 70);
    await nextTurn();
    expect(await nameAt(again, 7)).to.equal('state_gone');
  });

  it('[DOC-3] is answered again to a retry when the state is gone', async () => {
    const { document, service } = await begin();
    const once = { ...ALICE, operationId: 'once' as OperationId };
    const job = await service.requestExport(document.id, { ...PNG, seq: 7 }, once);
    const outcome = { status: 'completed', mime: 'image/png', size: 1 } as const;
    await document.execute({ type: 'export.finish', id: job.id as EntityId, outcome }, ALICE);
    await rename(document, 11, 30);
    await nextTurn();
    const retry = await service.requestExport(document.id, { ...PNG, seq: 7 }, once);
    expect(retry.id).to.equal(job.id);
    const other = service.requestExport(document.id, { ...PNG, seq: 7 }, ALICE);
    expect(await other.catch(({ code }) => code)).to.equal('state_gone');
  });
});
