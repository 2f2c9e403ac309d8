import { expect } from 'chai';
import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import type { OperationId } from '../../protocol/ids.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

describe('an annotation document in the runtime', () => {
  it('[DOC-3] remembers its operations when it is loaded from the state of a version', async () => {
    const runtime = createRuntime({ kinds: [annotationKind] });
    const id = newDocumentId();
    const document = runtime.documents.open('annotation', id);
    const annotation = { type: 'box', geometry: { x: 1, y: 2, width: 3, height: 4 } };
    const create = { type: 'annotation.create', annotation };
    const once = { ...ALICE, operationId: 'k1' as OperationId };
    await document.execute({ type: 'document.create', name: 'Page', image: null } as { type: string }, ALICE);
    const first = await document.execute(create, once);
    await document.execute({ type: 'version.create', change_summary: '' } as { type: string }, ALICE);
    expect((await runtime.store.getSnapshot(id))?.pinned).to.equal(true);
    const again = await runtime.restarted().documents.open('annotation', id).execute(create, once);
    expect(again).to.deep.equal(first);
  });
});
