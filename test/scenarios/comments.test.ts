import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Annotation } from '../../protocol/entities.ts';
import { createBox, createDocument, exportTo, useServer } from '../helpers/server.ts';

describe('comments and replies', () => {
  const server = useServer();

  const comment = (document_id: string, parent_id?: string): Promise<Annotation> =>
    server.now.api.ok('createAnnotation', {
      body: {
        document_id,
        type: 'comment',
        content: 'Why?',
        ...(parent_id === undefined ? { geometry: { x: 5, y: 5 } } : { parent_id }),
      },
    });

  it('have a parent of their own document, and no other', async () => {
    const { api } = server.now;
    const [ours, theirs] = [await createDocument(server.now), await createDocument(server.now)];
    const box = await createBox(server.now, ours.id);
    const reply = await comment(ours.id, box.id);
    expect(reply).to.include({ parent_id: box.id, resolved: false });
    const foreign = await createBox(server.now, theirs.id);
    const gone = await createBox(server.now, ours.id);
    await api.ok('deleteAnnotation', { path: { id: gone.id } });
    for (const parent_id of [foreign.id, gone.id, randomUUID(), ours.id]) {
      const body = { document_id: ours.id, type: 'comment', parent_id } as const;
      const problem = await api.refused('createAnnotation', { body });
      expect(problem).to.include({ status: 422, code: 'invalid' });
      expect(problem.errors?.[0]?.path).to.equal('/body/parent_id');
    }
  });

  it('need a place, unless a parent gives them one', async () => {
    const { id: document_id } = await createDocument(server.now);
    const problem = await server.now.api.refused('createAnnotation', {
      body: { document_id, type: 'comment', content: 'Where?' },
    });
    expect(problem.status).to.equal(422);
  });

  it('never reply to themselves, not even in a circle', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const first = await comment(document_id);
    const second = await comment(document_id, first.id);
    const third = await comment(document_id, second.id);
    for (const { id } of [first, second, third]) {
      const problem = await api.refused('updateAnnotation', {
        path: { id: first.id },
        body: { parent_id: id },
      });
      expect(problem.status).to.equal(422);
    }
  });

  it('[ANN-3] go with what they are about, in one frame', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const client = await server.now.join(document_id);
    const box = await createBox(server.now, document_id);
    const reply = await comment(document_id, box.id);
    const deep = await comment(document_id, reply.id);
    const other = await comment(document_id);
    await api.ok('deleteAnnotation', { path: { id: box.id } });
    const frame = await client.hear('annotations.changed');
    const deleted = frame.deleted as Annotation[];
    expect(deleted.map(({ id }) => id).sort()).to.deep.equal([box.id, reply.id, deep.id].sort());
    expect(deleted.map(({ status }) => status)).to.deep.equal(['deleted', 'deleted', 'deleted']);
    expect([...frame.created, ...frame.updated]).to.be.empty;
    const { items } = await api.ok('listAnnotations', { query: { document_id } });
    expect(items.map(({ id }) => id)).to.deep.equal([other.id]);
    await createBox(server.now, document_id);
    await client.until(() => client.of('annotation.created').length === 5);
    expect(client.seqs).to.deep.equal([2, 3, 4, 5, 6, 7]);
  });

  it('[ANN-7] stay where their annotation stood last when it is deleted, and go with it again', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const client = await server.now.join(document_id);
    const box = await createBox(server.now, document_id);
    const pinned = await api.ok('createAnnotation', {
      body: { document_id, type: 'comment', parent_id: box.id, geometry: { x: 5, y: 5 }, content: 'Here' },
    });
    const reply = await comment(document_id, pinned.id);
    const { id: version } = await api.ok('createVersion', { body: { document_id } });
    const moved = { x: 100, y: 200, width: 80, height: 40, rotation: 180 };
    await api.ok('updateAnnotation', { path: { id: box.id }, body: { geometry: moved } });
    await api.ok('deleteAnnotation', { path: { id: box.id } });

    const frame = await client.hear('annotations.changed');
    expect([frame.created.length, frame.deleted.length]).to.deep.equal([0, 1]);
    const [orphan] = frame.updated as Annotation[];
    const left = {
      id: pinned.id,
      orphaned: true,
      geometry: { x: 180, y: 240 },
      parent_id: box.id,
      version: 2,
    };
    expect(orphan).to.deep.include(left);
    const seen = await api.ok('getAnnotation', { path: { id: pinned.id } });
    expect(seen).to.deep.equal(orphan);
    const { items } = await api.ok('listAnnotations', { query: { document_id } });
    expect(items.map(({ id }) => id)).to.deep.equal([pinned.id, reply.id]);
    const resolved = await api.ok('updateAnnotation', { path: { id: pinned.id }, body: { resolved: true } });
    expect(resolved).to.deep.include({ ...left, resolved: true, version: 3 });
    for (const include_comments of [true, false]) {
      const job = await exportTo(server.now, client, { document_id, format: 'png', include_comments });
      expect(job.status).to.equal('completed');
    }

    await api.ok('revertVersion', { path: { id: version } });
    const back = await client.hear('document.reverted');
    expect((back.created as Annotation[]).map(({ id }) => id)).to.deep.equal([box.id]);
    const [following] = back.updated as Annotation[];
    expect(following)
      .to.deep.include({ id: pinned.id, geometry: { x: 5, y: 5 }, resolved: false, version: 4 })
      .and.not.have.property('orphaned');
    expect(client.seqs).to.deep.equal(client.seqs.map((_, index) => 2 + index));
  });

  it('are resolved and opened again; nothing else can be', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const { id } = await comment(document_id);
    for (const resolved of [true, false]) {
      const changed = await api.ok('updateAnnotation', { path: { id }, body: { resolved } });
      expect(changed.resolved).to.equal(resolved);
    }
    const box = await createBox(server.now, document_id);
    const problem = await api.refused('updateAnnotation', { path: { id: box.id }, body: { resolved: true } });
    expect(problem.status).to.equal(422);
  });
});
