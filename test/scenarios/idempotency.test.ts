import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { OperationName } from '../../http/contract.ts';
import type { Input } from '../helpers/api-client.ts';
import { createBox, createDocument, useServer } from '../helpers/server.ts';

describe('a change with an Idempotency-Key', () => {
  const server = useServer();

  /** Repeats a request at once and again later; gives the one answer that they all had. */
  async function repeat<Name extends OperationName>(name: Name, input: Input<Name>): Promise<unknown> {
    const { api } = server.now;
    const keyed = { ...input, headers: { ...input.headers, 'Idempotency-Key': randomUUID() } };
    const together = await Promise.all(Array.from({ length: 5 }, () => api.send(name, keyed)));
    const again = await api.send(name, keyed);
    const answers = await Promise.all(
      [...together, again].map(async (response) => ({
        status: response.status,
        location: response.headers.get('location'),
        etag: response.headers.get('etag'),
        body: (await response.json()) as unknown,
      })),
    );
    const [first, ...others] = answers;
    for (const other of others) expect(other).to.deep.equal(first);
    expect(first?.status).to.be.within(200, 202);
    return first?.body;
  }

  it('[DOC-3] creates one document, however often it is sent', async () => {
    const { api } = server.now;
    const { total } = await api.ok('listDocuments');
    await repeat('createDocument', { body: { name: 'Once' } });
    expect((await api.ok('listDocuments')).total).to.equal(total + 1);
  });

  it('[DOC-3] creates one annotation, one version, one export', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const client = await server.now.join(document_id);
    await repeat('createAnnotation', {
      body: { document_id, type: 'text', geometry: { x: 1, y: 2 }, content: 'Once' },
    });
    await repeat('createVersion', { body: { document_id, tag: 'once' } });
    const query = { document_id };
    expect((await api.ok('listAnnotations', { query })).total).to.equal(1);
    expect((await api.ok('listVersions', { query })).total).to.equal(1);
    const headers = { 'Idempotency-Key': 'export-once' };
    const body = { document_id, format: 'png' } as const;
    const jobs = await Promise.all(
      Array.from({ length: 5 }, () => api.ok('createExport', { headers, body })),
    );
    expect(new Set(jobs.map(({ id }) => id)).size).to.equal(1);
    await client.hearEnd(jobs[0]?.id ?? '');
    expect((await api.ok('createExport', { headers, body })).id).to.equal(jobs[0]?.id);
    expect((await api.ok('listExports', { query })).total).to.equal(1);
    expect(client.seqs).to.deep.equal([2, 3, 4, 5]);
  });

  it('[DOC-3] patches, deletes and reverts once', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const { id } = await createBox(server.now, document_id);
    const version = await api.ok('createVersion', { body: { document_id } });
    await repeat('updateAnnotation', { path: { id }, body: { content: 'Once', version: 1 } });
    expect((await api.ok('getAnnotation', { path: { id } })).version).to.equal(2);
    await repeat('updateDocument', { path: { id: document_id }, body: { name: 'Once', version: 1 } });
    await repeat('deleteAnnotation', { path: { id }, headers: { 'If-Match': '"2"' } });
    await repeat('revertVersion', { path: { id: version.id }, body: { version: 2 } });
    expect((await api.ok('getDocument', { path: { id: document_id } })).version).to.equal(3);
    await repeat('deleteDocument', { path: { id: document_id }, headers: { 'If-Match': '"3"' } });
  });

  it('[DOC-3] is refused where the key named another operation on the document', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const headers = { 'Idempotency-Key': 'one-key' };
    await api.ok('createVersion', { headers, body: { document_id } });
    const problem = await api.refused('createAnnotation', {
      headers,
      body: { document_id, type: 'comment', geometry: { x: 1, y: 1 } },
    });
    expect(problem).to.include({ status: 422, code: 'invalid' });
    expect((await api.ok('listAnnotations', { query: { document_id } })).total).to.equal(0);
  });

  it('[DOC-3] gets the first answer again, whatever else of the document it names and says', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const [one, two] = [await createBox(server.now, document_id), await createBox(server.now, document_id)];
    const headers = { 'Idempotency-Key': 'one-change' };
    const change = (id: string, content: string) =>
      api.ok('updateAnnotation', { path: { id }, headers, body: { content } });
    const first = await change(one.id, 'first');
    expect(await change(one.id, 'second')).to.deep.equal(first);
    expect(await change(two.id, 'third')).to.deep.equal(first);
    expect(await api.ok('getAnnotation', { path: { id: one.id } })).to.deep.equal(first);
    expect(await api.ok('getAnnotation', { path: { id: two.id } })).to.deep.equal(two);
  });

  it('[DOC-3] means the same key in another document anew', async () => {
    const headers = { 'Idempotency-Key': 'shared-key' };
    const { api } = server.now;
    const [one, two] = [await createDocument(server.now), await createDocument(server.now)];
    const first = await api.ok('createVersion', { headers, body: { document_id: one.id } });
    const second = await api.ok('createVersion', { headers, body: { document_id: two.id } });
    expect(second.id).not.to.equal(first.id);
  });
});
