import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import { createBox, createDocument, realtimeUrl, useServer } from '../helpers/server.ts';

describe('a deleted document', () => {
  const server = useServer();

  /** Where the newest of all are: lists begin with the oldest. */
  async function lastPage(
    name: 'listDocuments' | 'listAnnotations' | 'listVersions' | 'listExports',
    more: { include_deleted?: boolean } = {},
  ) {
    const { total } = await server.now.api.ok(name, { query: { ...more, size: 1 } });
    return { ...more, size: 100, page: Math.max(1, Math.ceil(total / 100)) };
  }

  it('[ANN-3] says good-bye to its clients, and nobody finds it or what it holds any more', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const client = await server.now.join(document_id);
    const box = await createBox(server.now, document_id);
    const version = await api.ok('createVersion', { body: { document_id } });
    const job = await api.ok('createExport', { body: { document_id, format: 'png' } });
    await client.hearEnd(job.id);
    const path = { id: document_id };
    expect((await api.ok('deleteDocument', { path })).status).to.equal('deleted');
    expect(await client.closed).to.include({ code: 4404 });
    expect(client.frames.at(-1)).to.deep.equal({ type: 'document.deleted', seq: 6 });
    const body = { document_id };
    const refusals = await Promise.all([
      api.refused('getDocument', { path }),
      api.refused('updateDocument', { path, body: { name: 'Else' } }),
      api.refused('deleteDocument', { path }),
      api.refused('getAnnotation', { path: { id: box.id } }),
      api.refused('updateAnnotation', { path: { id: box.id }, body: { content: 'Else' } }),
      api.refused('deleteAnnotation', { path: { id: box.id } }),
      api.refused('getVersion', { path: { id: version.id } }),
      api.refused('revertVersion', { path: { id: version.id } }),
      api.refused('getExport', { path: { id: job.id } }),
      api.refused('downloadExport', { path: { id: job.id } }),
      api.refused('createAnnotation', { body: { ...body, type: 'comment', geometry: { x: 0, y: 0 } } }),
      api.refused('createVersion', { body }),
      api.refused('createExport', { body: { ...body, format: 'png' } }),
    ]);
    expect(refusals.map(({ status }) => status)).to.deep.equal(refusals.map(() => 404));
    for (const name of ['listAnnotations', 'listVersions', 'listExports'] as const) {
      expect((await api.ok(name, { query: { document_id } })).items, name).to.deep.equal([]);
      const { items } = await api.ok(name, { query: await lastPage(name) });
      expect(
        items.map((item) => item.document_id),
        name,
      ).not.to.include(document_id);
    }
    const documents = await api.ok('listDocuments', { query: await lastPage('listDocuments') });
    expect(documents.items.map(({ id }) => id)).not.to.include(document_id);
    const query = await lastPage('listDocuments', { include_deleted: true });
    const all = await api.ok('listDocuments', { query });
    expect(all.items.find(({ id }) => id === document_id)).to.include({ status: 'deleted' });
  });

  it('[WS-2] is not joined again: 404 before the upgrade', async () => {
    const { api } = server.now;
    const { id } = await createDocument(server.now);
    await api.ok('deleteDocument', { path: { id } });
    const ws = new WebSocket(realtimeUrl(server.now.url, { document_id: id }));
    const [, response] = (await once(ws, 'unexpected-response')) as [unknown, IncomingMessage];
    expect(response.statusCode).to.equal(404);
    expect(response.headers['content-type']).to.equal('application/problem+json');
    response.resume();
  });

  it('harms no other document', async () => {
    const [doomed, spared] = [await createDocument(server.now), await createDocument(server.now)];
    const client = await server.now.join(spared.id);
    await server.now.api.ok('deleteDocument', { path: { id: doomed.id } });
    await createBox(server.now, spared.id);
    await client.hear('annotation.created');
    expect(client.frames.map(({ type }) => type)).to.deep.equal(['welcome', 'annotation.created']);
  });
});
