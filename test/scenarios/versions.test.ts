import { expect } from 'chai';
import fc from 'fast-check';
import type { Annotation } from '../../protocol/entities.ts';
import { createBox, createDocument, useServer } from '../helpers/server.ts';

/** What a version captures of an annotation. */
const content = ({ id, type, geometry, style, content, parent_id, group_id }: Annotation) => ({
  id,
  type,
  geometry,
  style,
  content,
  parent_id,
  group_id,
});

describe('a version', () => {
  const server = useServer();

  const list = async (document_id: string): Promise<Annotation[]> =>
    (await server.now.api.ok('listAnnotations', { query: { document_id, size: 100 } })).items;

  it('[ANN-4] comes back in one frame, exactly, with numbers that only rise', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const client = await server.now.join(document_id);
    const [kept, changed, removed] = [
      await createBox(server.now, document_id, 1),
      await createBox(server.now, document_id, 2),
      await createBox(server.now, document_id, 3),
    ];
    const version = await api.ok('createVersion', { body: { document_id, tag: 'good' } });
    const captured = await list(document_id);
    await api.ok('updateAnnotation', { path: { id: changed.id }, body: { content: 'Else' } });
    await api.ok('deleteAnnotation', { path: { id: removed.id } });
    const added = await createBox(server.now, document_id, 4);
    await api.ok('updateDocument', { path: { id: document_id }, body: { name: 'Else' } });
    const reverted = await api.ok('revertVersion', { path: { id: version.id }, body: { version: 2 } });
    expect(reverted).to.include({ name: 'Plan', version: 3 });
    const frame = await client.hear('document.reverted');
    expect(frame.document).to.deep.equal(reverted);
    expect(frame.version).to.deep.equal(version);
    const now = await list(document_id);
    expect(now.map(content)).to.deep.equal(captured.map(content));
    const versionOf = (id: string): number => now.find((annotation) => annotation.id === id)?.version ?? 0;
    expect(versionOf(kept.id)).to.equal(1);
    expect(versionOf(changed.id)).to.equal(3);
    expect(versionOf(removed.id)).to.be.greaterThan(2);
    expect((await api.refused('getAnnotation', { path: { id: added.id } })).status).to.equal(404);
    const touched = [...frame.created, ...frame.updated, ...frame.deleted] as Annotation[];
    expect(touched.map(({ id }) => id).sort()).to.deep.equal([changed.id, removed.id, added.id].sort());
    await createBox(server.now, document_id, 5);
    await client.until(() => client.seqs.at(-1) === 11);
    expect(client.of('document.reverted')).to.have.length(1);
    expect(client.seqs).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('[ANN-4] keeps what it captured, whatever happens later', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const box = await createBox(server.now, document_id);
    const version = await api.ok('createVersion', { body: { document_id, change_summary: 'One box' } });
    await api.ok('deleteAnnotation', { path: { id: box.id } });
    const detail = await api.ok('getVersion', { path: { id: version.id } });
    expect(detail).to.include({ number: 1, seq: 2, change_summary: 'One box' });
    expect(detail.snapshot.annotations).to.deep.equal([box]);
    expect(detail.snapshot.document).to.include({ id: document_id, name: 'Plan' });
  });

  it('[ANN-4] comes back after any edits', async () => {
    const { api } = server.now;
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('add'), n: fc.nat(99) }),
      fc.record({ kind: fc.constantFrom('change', 'delete', 'restyle'), n: fc.nat(99) }),
    );
    const run = async (documentId: string, edits: readonly { kind: string; n: number }[]): Promise<void> => {
      for (const { kind, n } of edits) {
        const items = await list(documentId);
        const id = items[n % Math.max(1, items.length)]?.id;
        if (kind === 'add' || id === undefined) await createBox(server.now, documentId, n);
        else if (kind === 'delete') await api.ok('deleteAnnotation', { path: { id } });
        else {
          const body =
            kind === 'change' ? { content: `text ${n}` } : { style: { stroke_width: n, z_index: n } };
          await api.ok('updateAnnotation', { path: { id }, body });
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { maxLength: 6 }),
        fc.array(edit, { maxLength: 6 }),
        async (before, later) => {
          const { id: document_id } = await createDocument(server.now);
          await run(document_id, before);
          const version = await api.ok('createVersion', { body: { document_id } });
          const captured = await list(document_id);
          await run(document_id, later);
          const edited = await list(document_id);
          await api.ok('revertVersion', { path: { id: version.id } });
          const now = await list(document_id);
          expect(now.map(content)).to.deep.equal(captured.map(content));
          const highest = new Map([...captured, ...edited].map(({ id, version }) => [id, version]));
          for (const { id, version } of now) expect(version).to.be.at.least(highest.get(id) ?? 0);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('[ANN-2] is not brought back over a change that the caller has not seen', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const { id } = await api.ok('createVersion', { body: { document_id } });
    await api.ok('updateDocument', { path: { id: document_id }, body: { name: 'Else' } });
    const refusal = { code: 'version_conflict', status: 409, current_version: 2 };
    const stale = { 'If-Match': '"1"' };
    expect(await api.refused('revertVersion', { path: { id }, headers: stale })).to.include(refusal);
    expect(await api.refused('revertVersion', { path: { id }, body: { version: 1 } })).to.include(refusal);
    expect((await api.ok('getDocument', { path: { id: document_id } })).name).to.equal('Else');
    const headers = { 'If-Match': '"2"' };
    expect((await api.ok('revertVersion', { path: { id }, headers })).name).to.equal('Plan');
  });

  it('has a tag that no other version of its document has', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const body = { document_id, tag: 'v1' };
    await api.ok('createVersion', { body });
    expect(await api.refused('createVersion', { body })).to.include({ status: 409, code: 'tag_taken' });
    const { id: other } = await createDocument(server.now);
    await api.ok('createVersion', { body: { document_id: other, tag: 'v1' } });
  });
});
