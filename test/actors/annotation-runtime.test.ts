import { expect } from 'chai';
import { openSnapshot } from '../../actors/snapshot-envelope.ts';
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

  it('[DOC-3] remembers each operation once when it is loaded from a past state that was named', async () => {
    const runtime = createRuntime({ kinds: [annotationKind] });
    const id = newDocumentId();
    const document = runtime.documents.open('annotation', id);
    const annotation = { type: 'box', geometry: { x: 1, y: 2, width: 3, height: 4 } };
    const create = { type: 'annotation.create', annotation };
    const once = (name: string) => ({ ...ALICE, operationId: name as OperationId });
    await document.execute(
      { type: 'document.create', name: 'Page', image: null } as { type: string },
      once('k1'),
    );
    const first = await document.execute(create, once('k2'));
    await document.execute(create, once('k3'));
    const past = { seq: 1, state: await document.stateAt(1) };
    const version = { type: 'version.create', change_summary: '', past };
    await document.execute(version, once('k4'));
    expect(await runtime.store.getSnapshot(id)).to.include({ seq: 1, pinned: true });
    const again = runtime.restarted();
    expect(await again.documents.open('annotation', id).execute(create, once('k2'))).to.deep.equal(first);
    await again.documents.open('annotation', id).snapshot();
    const stored = await runtime.store.getSnapshot(id);
    const operations = await (await openSnapshot(stored?.bytes ?? new Uint8Array())).operations();
    expect([...(operations?.entries() ?? [])].map(([name]) => name)).to.deep.equal(['k1', 'k2', 'k3', 'k4']);
  });
});
