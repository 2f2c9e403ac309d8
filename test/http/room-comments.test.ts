import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import request from 'supertest';
import type { AnnotationInput } from '../../protocol/annotation-messages.ts';
import type { Annotation, RoomComment } from '../../protocol/entities.ts';
import { ALICE } from '../helpers/runtime.ts';
import { testApp, UNKNOWN_ID } from './test-app.ts';

describe('the comments of a room over HTTP', () => {
  const { app, rooms } = testApp();
  let roomId: string;
  let path: string;
  beforeEach(async () => {
    rooms.runtime.time.ms += 1;
    roomId = (await request(app).post('/v1/rooms').expect(201)).body.id;
    path = `/v1/rooms/${roomId}/comments`;
  });

  /** As another door does it. Lists are by time. */
  const annotate = async (annotation: AnnotationInput): Promise<Annotation> => {
    rooms.runtime.time.ms += 1;
    const document = await rooms.documents.find(roomId);
    return document.execute({ type: 'annotation.create', annotation }, ALICE);
  };
  const box = (): Promise<Annotation> =>
    annotate({ type: 'box', geometry: { x: 10, y: 20, width: 30, height: 40 } });
  const comment = async (body: object): Promise<RoomComment> => {
    rooms.runtime.time.ms += 1;
    return (
      await request(app)
        .post(path)
        .send({ body: 'Why?', ...body })
        .expect(201)
    ).body;
  };
  const list = async (query = ''): Promise<RoomComment[]> =>
    (await request(app).get(`${path}${query}`).expect(200)).body;

  it('are at a point, on an annotation, or replies', async () => {
    const { body, headers } = await request(app)
      .post(path)
      .send({ anchor: { x: 1.5, y: -2 }, body: 'Here', author: 'ann' })
      .expect(201);
    expect(headers['location']).to.equal(`${path}/${body.id}`);
    expect(headers['etag']).to.equal('"1"');
    expect(body).to.deep.include({
      anchor: { x: 1.5, y: -2 },
      position: { x: 1.5, y: -2 },
      body: 'Here',
      author: 'ann',
      status: 'open',
      version: 1,
    });
    const { id } = await box();
    const on = await comment({ anchor: { annotationId: id } });
    expect(on).to.deep.include({ anchor: { annotationId: id }, position: { x: 10, y: 20 } });
    const reply = await comment({ parentId: on.id });
    expect(reply).to.deep.include({ parentId: on.id, anchor: on.anchor, position: on.position });
    const second = await comment({ parentId: reply.id });
    expect(second).to.deep.include({ parentId: reply.id, anchor: on.anchor });
    expect(await list()).to.deep.equal([body, on, reply, second]);
    for (const each of [body, on, reply, second]) {
      const found = await request(app).get(`${path}/${each.id}`).expect(200);
      expect(found.body).to.deep.equal(each);
      expect(found.headers['etag']).to.equal('"1"');
    }
  });

  it('have exactly one of anchor and parentId, which must be there', async () => {
    const { id } = await box();
    const { id: commentId } = await comment({ anchor: { x: 1, y: 1 } });
    const gone = await box();
    const document = await rooms.documents.find(roomId);
    await document.execute({ type: 'annotation.delete', id: gone.id as never }, ALICE);
    for (const [body, field] of [
      [{}, '/body/anchor'],
      [{ anchor: { x: 1, y: 1 }, parentId: commentId }, '/body/parentId'],
      [{ anchor: { annotationId: commentId } }, '/body/anchor/annotationId'],
      [{ anchor: { annotationId: UNKNOWN_ID } }, '/body/anchor/annotationId'],
      [{ anchor: { annotationId: gone.id } }, '/body/anchor/annotationId'],
      [{ anchor: { annotationId: 'none' } }, '/body/anchor/annotationId'],
      [{ anchor: { x: 1 } }, '/body/anchor/y'],
      [{ anchor: { x: 1, y: 2e6 } }, '/body/anchor/y'],
      [{ anchor: 'here' }, '/body/anchor'],
      [{ parentId: id }, '/body/parentId'],
      [{ parentId: UNKNOWN_ID }, '/body/parentId'],
      // Well formed, but no UUIDv4.
      [{ parentId: '00000000-0000-1000-8000-000000000000' }, '/body/parentId'],
      [{ anchor: { x: 1, y: 1 }, body: '' }, '/body/body'],
      [{ anchor: { x: 1, y: 1 }, body: 'x'.repeat(10_001) }, '/body/body'],
      [{ anchor: { x: 1, y: 1 }, author: '' }, '/body/author'],
    ] as const) {
      const { body: problem } = await request(app)
        .post(path)
        .send({ body: 'Why?', ...body })
        .expect(422);
      expect(problem.errors[0].path, JSON.stringify(body).slice(0, 100)).to.equal(field);
      expect(problem.detail).to.contain(field);
    }
    expect(await list()).to.have.length(1);
  });

  it('are resolved, reopened and edited, each time one version further', async () => {
    const { id } = await comment({ anchor: { x: 1, y: 1 } });
    const patch = (body: object): request.Test => request(app).patch(`${path}/${id}`).send(body);
    const resolved = await patch({ status: 'resolved' }).set('X-User-Id', 'bo').expect(200);
    expect(resolved.body).to.include({ status: 'resolved', version: 2, author: 'anonymous' });
    expect(resolved.headers['etag']).to.equal('"2"');
    expect(await list('?status=resolved')).to.deep.equal([resolved.body]);
    expect(await list('?status=open')).to.deep.equal([]);
    expect((await patch({ status: 'open', body: 'Or not' }).expect(200)).body).to.include({
      status: 'open',
      body: 'Or not',
      version: 3,
    });
    expect(await list('?status=open')).to.have.length(1);
    await patch({ status: 'closed' }).expect(422);
    await patch({ body: '' }).expect(422);
    await patch({}).expect(422);
    await request(app).get(`${path}?status=all`).expect(422);
  });

  it('[ANN-2] are not changed or deleted against an old version', async () => {
    const { id } = await comment({ anchor: { x: 1, y: 1 } });
    const change = { body: 'Or not' };
    await request(app).patch(`${path}/${id}`).set('If-Match', '"1"').send(change).expect(200);
    for (const test of [
      request(app).patch(`${path}/${id}`).set('If-Match', '"1"').send(change),
      request(app)
        .patch(`${path}/${id}`)
        .send({ ...change, version: 1 }),
      request(app).delete(`${path}/${id}`).set('If-Match', '"1"'),
    ]) {
      const { body } = await test.expect(409);
      expect(body).to.include({ code: 'version_conflict', current_version: 2 });
    }
    await request(app)
      .patch(`${path}/${id}`)
      .set('If-Match', '"2"')
      .send({ status: 'resolved', version: 1 })
      .expect(422);
    await request(app).delete(`${path}/${id}`).set('If-Match', '"2"').expect(200);
  });

  it('[ANN-3] are deleted softly, with their replies', async () => {
    const first = await comment({ anchor: { x: 1, y: 1 } });
    const reply = await comment({ parentId: first.id });
    const { body, headers } = await request(app).delete(`${path}/${first.id}`).expect(200);
    expect(body).to.deep.equal({ ...first, status: 'deleted', version: 2, updatedAt: body.updatedAt });
    expect(headers['etag']).to.equal('"2"');
    expect(await list()).to.deep.equal([]);
    for (const { id } of [first, reply]) {
      await request(app).get(`${path}/${id}`).expect(404);
      await request(app).patch(`${path}/${id}`).send({ status: 'resolved' }).expect(404);
      await request(app).delete(`${path}/${id}`).expect(404);
    }
    await request(app).post(path).send({ parentId: reply.id, body: 'Late' }).expect(422);
    const all = await list('?includeDeleted=true');
    expect(all.map(({ id, status }) => [id, status])).to.deep.equal([
      [first.id, 'deleted'],
      [reply.id, 'deleted'],
    ]);
    expect(all[0]).to.deep.equal(body);
    await request(app).get(`${path}/${first.id}?includeDeleted=true`).expect(200, body);
    const open = await comment({ anchor: { x: 2, y: 2 } });
    expect(await list('?includeDeleted=true&status=open')).to.deep.equal([open]);
  });

  it('are those of their room, and comments', async () => {
    const { id } = await comment({ anchor: { x: 1, y: 1 } });
    const other = (await request(app).post('/v1/rooms').expect(201)).body.id;
    const { id: boxId } = await box();
    for (const [room, one] of [
      [other, id],
      [roomId, boxId],
      [roomId, randomUUID()],
      [roomId, 'none'],
      [UNKNOWN_ID, id],
    ]) {
      const at = `/v1/rooms/${room}/comments/${one}`;
      await request(app).get(at).expect(404);
      await request(app).patch(at).send({ status: 'resolved' }).expect(404);
      await request(app).delete(at).expect(404);
    }
    await request(app)
      .post(`/v1/rooms/${UNKNOWN_ID}/comments`)
      .send({ anchor: { x: 1, y: 1 }, body: 'a' })
      .expect(404);
  });

  it('made at another door are among them', async () => {
    const { id } = await box();
    const pinned = await annotate({ type: 'comment', content: 'Pinned', geometry: { x: 3, y: 4 } });
    const hung = await annotate({ type: 'comment', parent_id: id, resolved: true });
    const reply = await annotate({ type: 'comment', parent_id: hung.id });
    const [first, second, third] = await list();
    expect(first).to.deep.include({ id: pinned.id, anchor: { x: 3, y: 4 }, body: 'Pinned', author: 'alice' });
    expect(second).to.deep.include({ id: hung.id, anchor: { annotationId: id }, status: 'resolved' });
    expect(second)
      .to.deep.include({ position: { x: 10, y: 20 } })
      .and.not.to.have.property('parentId');
    expect(third).to.deep.include({ id: reply.id, parentId: hung.id, status: 'open' });
    expect(third).to.deep.include({ position: { x: 10, y: 20 } });
  });

  it('[DOC-3] are made once with one Idempotency-Key, also where what they are on is gone by then', async () => {
    const { id } = await box();
    const send = (): request.Test =>
      request(app)
        .post(path)
        .set('Idempotency-Key', 'comment')
        .send({ anchor: { annotationId: id }, body: 'Why?' });
    const { body } = await send().expect(201);
    const document = await rooms.documents.find(roomId);
    await document.execute({ type: 'annotation.delete', id: id as never }, ALICE);
    expect((await send().expect(201)).body).to.include({ id: body.id, version: 1 });
    expect(await list()).to.have.length(1);
    const remove = (): request.Test =>
      request(app).delete(`${path}/${body.id}`).set('Idempotency-Key', 'delete');
    const gone = (await remove().expect(200)).body;
    expect((await remove().expect(200)).body).to.deep.equal(gone);
  });
});
