import { expect } from 'chai';
import request from 'supertest';
import { makePng } from '../render/png-fixture.ts';
import { testApp, UNKNOWN_ID } from './test-app.ts';

const UTC_MS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const picture = makePng({ width: 6, height: 4, depth: 8, color: 0, sample: () => [9] });
const dataUrl = `data:image/png;base64,${picture.toString('base64')}`;

describe('HTTP /v1/rooms', () => {
  const { app, rooms } = testApp();
  const create = async (body: object = {}): Promise<{ id: string }> =>
    (await request(app).post('/v1/rooms').send(body).expect(201)).body;

  it('creates a room, with nothing said or everything', async () => {
    const plain = await request(app).post('/v1/rooms').expect(201);
    expect(plain.headers['location']).to.equal(`/v1/rooms/${plain.body.id}`);
    expect(plain.body).to.include({
      name: 'Untitled room',
      status: 'active',
      seq: 1,
      snapshotSeq: 0,
      width: 1280,
      height: 720,
      hasImage: false,
      connectedClients: 0,
    });
    expect(plain.body.createdAt).to.match(UTC_MS).and.equal(plain.body.updatedAt);
    const sized = await create({ name: 'Attic', width: 640, height: 480 });
    expect(sized).to.include({ name: 'Attic', width: 640, height: 480 });
    expect(await create({ width: 100 })).to.include({ width: 100, height: 720 });
    expect(await create({ imageUrl: dataUrl, width: 100 })).to.include({
      hasImage: true,
      width: 6,
      height: 4,
    });
  });

  it('does not know the size of an image before it has fetched it', async () => {
    const { id, ...room } = await create({ imageUrl: 'https://example.com/wide.png' });
    expect(room).to.include({ hasImage: true, width: null, height: null });
    rooms.pictures.set('https://example.com/wide.png', picture);
    const { headers, body } = await request(app).get(`/v1/rooms/${id}/image`).expect(200);
    expect(headers['content-type']).to.equal('image/png');
    expect(picture.equals(body)).to.equal(true);
    expect((await request(app).get(`/v1/rooms/${id}`)).body).to.include({ width: 6, height: 4, seq: 2 });
    await request(app).get(`/v1/rooms/${id}/image`).expect(200);
    expect(rooms.fetched.filter((url) => url === 'https://example.com/wide.png')).to.have.length(1);
    const missing = await create({ imageUrl: 'https://example.com/missing.png' });
    const { body: problem } = await request(app).get(`/v1/rooms/${missing.id}/image`).expect(502);
    expect(problem.code).to.equal('image_fetch_failed');
  });

  it('names the field that is wrong', async () => {
    for (const [body, path] of [
      [{ name: '' }, '/body/name'],
      [{ width: 0 }, '/body/width'],
      [{ width: 10_001 }, '/body/width'],
      [{ imageUrl: 'data:image/png;base64,AAAA' }, '/body/imageUrl'],
      [{ imageUrl: 'https://user@example.com/' }, '/body/imageUrl'],
      [{ image_url: null }, '/body/image_url'],
    ] as const) {
      const { body: problem } = await request(app).post('/v1/rooms').send(body).expect(422);
      expect(problem.errors[0].path, JSON.stringify(body)).to.equal(path);
    }
    const { id } = await create();
    await request(app).patch(`/v1/rooms/${id}`).send({}).expect(422);
    const { body: problem } = await request(app)
      .patch(`/v1/rooms/${id}`)
      .send({ imageUrl: 'data:image/png;base64,AAAA' })
      .expect(422);
    expect(problem.errors[0].path).to.equal('/body/imageUrl');
  });

  it('lists rooms as they are', async () => {
    const { id } = await create({ name: 'Listed' });
    await request(app).patch(`/v1/rooms/${id}`).send({ name: 'Listed anew' }).expect(200);
    await request(app).post(`/v1/rooms/${id}/snapshots`).expect(201);
    const { body } = await request(app).get('/v1/rooms?size=100').expect(200);
    const room = (await request(app).get(`/v1/rooms/${id}`).expect(200)).body;
    expect(room).to.include({ name: 'Listed anew', seq: 2, snapshotSeq: 2 });
    expect(body.items.find((item: { id: string }) => item.id === id)).to.deep.equal(room);
    const page = await request(app).get('/v1/rooms?page=2&size=1').expect(200);
    expect(page.body).to.deep.equal({ items: [body.items[1]], page: 2, size: 1, total: body.total });
  });

  it('renames a room, and gives and takes its image', async () => {
    const { id } = await create();
    const patch = async (body: object) => (await request(app).patch(`/v1/rooms/${id}`).send(body)).body;
    expect(await patch({ name: 'Attic' })).to.include({ name: 'Attic', seq: 2 });
    expect(await patch({ imageUrl: dataUrl })).to.include({ name: 'Attic', hasImage: true, width: 6 });
    expect(await patch({ imageUrl: null })).to.include({ hasImage: false, width: 1280 });
  });

  it('does not send a room again that is as it was', async () => {
    const { id } = await create();
    const { headers } = await request(app).get(`/v1/rooms/${id}`).expect(200);
    const tag = headers['etag'] ?? '';
    const again = await request(app).get(`/v1/rooms/${id}`).set('If-None-Match', tag).expect(304);
    expect(again.headers['etag']).to.equal(tag);
    await request(app).post(`/v1/rooms/${id}/snapshots`).expect(201, { seq: 1 });
    const changed = await request(app).get(`/v1/rooms/${id}`).set('If-None-Match', tag).expect(200);
    expect(changed.body.snapshotSeq).to.equal(1);
  });

  it('deletes a room softly: it is out of lists, and unknown to everything', async () => {
    const { id } = await create();
    const { body } = await request(app).delete(`/v1/rooms/${id}`).expect(200);
    expect(body).to.include({ id, status: 'deleted', seq: 2 });
    const list = await request(app).get('/v1/rooms?size=100').expect(200);
    expect(list.body.items.map((item: { id: string }) => item.id)).not.to.include(id);
    await request(app).delete(`/v1/rooms/${id}`).expect(404);
    for (const path of ['', '/image', '/versions', '/comments', '/events']) {
      await request(app).get(`/v1/rooms/${id}${path}`).expect(404);
      await request(app).get(`/v1/rooms/${UNKNOWN_ID}${path}`).expect(404);
      await request(app).get(`/v1/rooms/none${path}`).expect(404);
    }
    await request(app).patch(`/v1/rooms/${id}`).send({ name: 'x' }).expect(404);
    await request(app).post(`/v1/rooms/${id}/snapshots`).expect(404);
    await request(app).post(`/v1/rooms/${id}/versions`).send({ tag: 'a' }).expect(404);
    await request(app).post(`/v1/rooms/${id}/versions/a:revert`).expect(404);
    await request(app).get(`/v1/documents/${id}/preview`).expect(404);
  });

  it('[ROOM-20] shows what is deleted to those who ask for it', async () => {
    const { id } = await create({ name: 'Gone' });
    const path = `/v1/rooms/${id}`;
    const { body: comment } = await request(app)
      .post(`${path}/comments`)
      .send({ anchor: { x: 1, y: 2 }, body: 'Why?' })
      .expect(201);
    await request(app).delete(path).expect(200);
    await request(app).get(`${path}?includeDeleted=false`).expect(404);
    await request(app).get(`${path}/comments`).expect(404);
    const { body: room } = await request(app).get(`${path}?includeDeleted=true`).expect(200);
    expect(room).to.include({ id, name: 'Gone', status: 'deleted', seq: 3 });
    const total = async (query = ''): Promise<number> =>
      (await request(app).get(`/v1/rooms${query}`).expect(200)).body.total;
    expect(await total('?includeDeleted=true')).to.be.above(await total());
    const { body: page } = await request(app).get('/v1/rooms?includeDeleted=true&size=100').expect(200);
    expect(page.items).to.deep.include(room);
    const listed = await request(app).get(`${path}/comments?includeDeleted=true`).expect(200);
    expect(listed.body).to.deep.equal([comment]);
    await request(app).get(`${path}/comments/${comment.id}?includeDeleted=true`).expect(200, comment);
    await request(app).get(`${path}?includeDeleted=maybe`).expect(422);
    await request(app).patch(path).send({ name: 'Back' }).expect(404);
  });

  it('[DOC-3] makes, renames, names and reverts once, however often it is asked with one Idempotency-Key', async () => {
    const twice = async (ask: () => request.Test, key: string) => {
      const first = (await ask().set('Idempotency-Key', key)).body;
      return [first, (await ask().set('Idempotency-Key', key)).body];
    };
    const [made, again] = await twice(() => request(app).post('/v1/rooms').send({ name: 'Once' }), 'make');
    expect(again).to.deep.equal(made);
    const path = `/v1/rooms/${made.id}`;
    const renamed = await twice(() => request(app).patch(path).send({ name: 'Anew' }), 'rename');
    const versions = await twice(() => request(app).post(`${path}/versions`).send({ tag: 'v1' }), 'tag');
    const reverts = await twice(() => request(app).post(`${path}/versions/v1:revert`), 'revert');
    const deleted = await twice(() => request(app).delete(path), 'delete');
    for (const [first, second] of [renamed, versions, reverts, deleted]) {
      expect(second).to.deep.equal(first);
    }
    expect(reverts[0]).to.deep.equal({ seq: 4 });
    expect(deleted[0]).to.include({ seq: 5, status: 'deleted' });
  });
});

describe('the versions of a room over HTTP', () => {
  const { app, rooms } = testApp();
  const newRoom = async (): Promise<string> =>
    `/v1/rooms/${(await request(app).post('/v1/rooms').expect(201)).body.id}`;

  it('are listed with their tags, those without one too', async () => {
    const room = await newRoom();
    expect((await request(app).get(`${room}/versions`).expect(200)).body).to.deep.equal([]);
    const { body, headers } = await request(app).post(`${room}/versions`).send({ tag: 'v1' }).expect(201);
    expect(headers['location']).to.equal(`/v1/versions/${body.id}`);
    expect(body).to.include({ tag: 'v1', seq: 1 });
    expect(body.createdAt).to.match(UTC_MS);
    for (let i = 0; i < 25; i++) {
      rooms.runtime.time.ms += 1;
      await request(app)
        .post(`${room}/versions`)
        .send({ tag: `more ${i}` })
        .expect(201);
    }
    const list = await request(app).get(`${room}/versions`).expect(200);
    expect(list.body).to.have.length(26);
    expect(list.body[0]).to.deep.equal(body);
  });

  it('have tags of their own in any writing, and are brought back by them', async () => {
    const room = await newRoom();
    for (const tag of [
      'v1.0',
      'a:b',
      'a/b',
      'revert',
      ':revert',
      'a:revert',
      'Größe 漢字 👩',
      '100%',
      '..',
      '?#&',
      '%2F',
    ]) {
      const { body } = await request(app).post(`${room}/versions`).send({ tag }).expect(201);
      const again = await request(app).post(`${room}/versions`).send({ tag }).expect(409);
      expect(again.body.code, tag).to.equal('tag_taken');
      const path = `${room}/versions/${encodeURIComponent(tag)}:revert`;
      const reverted = await request(app).post(path).expect(200);
      expect(reverted.body, tag).to.deep.equal({ seq: body.seq + 2 });
    }
    // The whole last step as some clients encode it; and a tag as others do, where RFC 3986 lets it stand.
    await request(app)
      .post(`${room}/versions/${encodeURIComponent('a:b:revert')}`)
      .expect(200);
    await request(app).post(`${room}/versions/a:b:revert`).expect(200);
  });

  it('are unknown by any other tag', async () => {
    const room = await newRoom();
    await request(app).post(`${room}/versions`).send({ tag: 'v1' }).expect(201);
    for (const tag of ['V1', 'v', 'v1:revert', 'x'.repeat(65), '%00', '%20v1', 'v1%2F']) {
      await request(app).post(`${room}/versions/${tag}:revert`).expect(404);
    }
    await request(app).post(`${room}/versions/:revert`).expect(404);
    await request(app).post(`${room}/versions/v1`).expect(404);
    await request(app).post(`${room}/versions/%ff:revert`).expect(400);
    await request(app).get(`${room}/versions/v1:revert`).expect(405).expect('Allow', 'POST, OPTIONS');
  });

  it('may be of a past state; not of one that is to come', async () => {
    const room = await newRoom();
    await request(app).patch(room).send({ name: 'Second' }).expect(200);
    const { body } = await request(app).post(`${room}/versions`).send({ tag: 'old', seq: 1 }).expect(201);
    expect(body).to.include({ tag: 'old', seq: 1 });
    await request(app).post(`${room}/versions`).send({ tag: 'new', seq: 3 }).expect(201);
    const { body: problem } = await request(app)
      .post(`${room}/versions`)
      .send({ tag: 'later', seq: 99 })
      .expect(422);
    expect(problem.errors[0].path).to.equal('/body/seq');
    await request(app).post(`${room}/versions`).send({ tag: 'none', seq: 0 }).expect(422);
    await request(app).post(`${room}/versions`).send({ seq: 1 }).expect(422);
    await request(app).post(`${room}/versions/old:revert`).expect(200);
    expect((await request(app).get(room)).body.name).to.equal('Untitled room');
  });
});

describe('the events of a room over HTTP', () => {
  const { app } = testApp();

  it('are listed without their content, a part at a time', async () => {
    const { id } = (await request(app).post('/v1/rooms').set('X-User-Id', 'ann').expect(201)).body;
    const path = `/v1/rooms/${id}`;
    for (let i = 2; i <= 6; i++) {
      await request(app)
        .patch(path)
        .set({ 'X-User-Id': 'bo', 'Idempotency-Key': `op-${i}` })
        .send({ name: `Room ${i}` })
        .expect(200);
    }
    const { body } = await request(app).get(`${path}/events`).expect(200);
    expect(body).to.include({ firstSeq: 1, seq: 6 });
    expect(body.items.map(({ seq }: { seq: number }) => seq)).to.deep.equal([1, 2, 3, 4, 5, 6]);
    const [made, renamed] = body.items;
    expect(made)
      .to.include({ user: 'ann', kind: 'document.created' })
      .and.not.to.have.property('operationId');
    expect(renamed).to.include({ user: 'bo', kind: 'document.updated', operationId: 'op-2' });
    expect(renamed.ts).to.match(UTC_MS);
    expect(renamed.size).to.be.greaterThan(0);
    const part = await request(app).get(`${path}/events?after=2&limit=2`).expect(200);
    expect(part.body).to.deep.equal({ ...body, items: body.items.slice(2, 4) });
    const none = await request(app).get(`${path}/events?after=99`).expect(200);
    expect(none.body).to.deep.equal({ items: [], firstSeq: 1, seq: 6 });
    for (const query of ['limit=0', 'limit=1001', 'after=-1', 'after=x', 'limit=1.5']) {
      await request(app).get(`${path}/events?${query}`).expect(422);
    }
  });
});
