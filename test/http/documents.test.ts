import { expect } from 'chai';
import request from 'supertest';
import { testApp, UNKNOWN_ID } from './test-app.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UTC_MS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('HTTP /v1/documents', () => {
  const { app } = testApp();
  const create = async (name = 'Plan'): Promise<{ id: string }> =>
    (await request(app).post('/v1/documents').send({ name }).expect(201)).body;

  it('creates a document and says where it is', async () => {
    const { body, headers } = await request(app).post('/v1/documents').send({ name: 'Plan' }).expect(201);
    expect(body).to.include({ name: 'Plan', image_url: null, version: 1, status: 'active' });
    expect(body.id).to.match(UUID_V4);
    expect(body.created_at).to.match(UTC_MS);
    expect(headers['location']).to.equal(`/v1/documents/${body.id}`);
    expect(headers['etag']).to.equal('"1"');
    await request(app)
      .get(headers['location'] ?? '')
      .expect(200, body);
  });

  it('lists them in pages, with defaults', async () => {
    for (const name of ['a', 'b', 'c']) await create(name);
    const { body } = await request(app).get('/v1/documents').expect(200);
    expect(body).to.include({ page: 1, size: 20 });
    expect(body.total).to.be.at.least(3);
    const second = await request(app).get('/v1/documents?page=2&size=2').expect(200);
    expect(second.body).to.include({ page: 2, size: 2, total: body.total });
    expect(second.body.items[0].id).to.equal(body.items[2].id);
  });

  it('changes one and counts the change', async () => {
    const { id } = await create();
    const { body, headers } = await request(app)
      .patch(`/v1/documents/${id}`)
      .send({ name: 'New' })
      .expect(200);
    expect(body).to.include({ name: 'New', version: 2 });
    expect(headers['etag']).to.equal('"2"');
  });

  it('refuses a change made against an old version, given in the body or as If-Match', async () => {
    const { id } = await create();
    await request(app).patch(`/v1/documents/${id}`).send({ name: 'New', version: 1 }).expect(200);
    const stale = await request(app)
      .patch(`/v1/documents/${id}`)
      .send({ name: 'Old', version: 1 })
      .expect(409);
    expect(stale.body).to.include({ code: 'version_conflict', current_version: 2 });
    await request(app).patch(`/v1/documents/${id}`).set('If-Match', '"1"').send({ name: 'Old' }).expect(409);
    await request(app).delete(`/v1/documents/${id}`).set('If-Match', '"1"').expect(409);
    await request(app).patch(`/v1/documents/${id}`).set('If-Match', '*').send({ name: 'Any' }).expect(200);
    await request(app).delete(`/v1/documents/${id}`).set('If-Match', '"3"').expect(200);
  });

  it('refuses two versions that differ, and an If-Match that is none', async () => {
    const { id } = await create();
    const both = await request(app)
      .patch(`/v1/documents/${id}`)
      .set('If-Match', '"1"')
      .send({ name: 'x', version: 2 })
      .expect(422);
    expect(both.body.errors[0].path).to.equal('/body/version');
    const header = await request(app)
      .patch(`/v1/documents/${id}`)
      .set('If-Match', 'seven')
      .send({ name: 'x' })
      .expect(422);
    expect(header.body.errors[0].path).to.equal('/header/if-match');
  });

  it('deletes softly', async () => {
    const { id } = await create();
    const { body } = await request(app).delete(`/v1/documents/${id}`).expect(200);
    expect(body).to.include({ id, status: 'deleted' });
    await request(app).get(`/v1/documents/${id}`).expect(404);
    await request(app).get(`/v1/documents/${id}?include_deleted=true`).expect(200);
    await request(app).patch(`/v1/documents/${id}`).send({ name: 'x' }).expect(404);
  });

  it('does not send again what the caller has', async () => {
    const { id } = await create();
    const answer = await request(app).get(`/v1/documents/${id}`).set('If-None-Match', '"1"').expect(304);
    expect(answer.text).to.equal('');
    expect(answer.headers['etag']).to.equal('"1"');
    await request(app).get(`/v1/documents/${id}`).set('If-None-Match', '"2"').expect(200);
  });

  it('knows no document by an id that is none', async () => {
    for (const id of [UNKNOWN_ID, 'abc', '%00', 'a%2Fb', '1', '%F0%9F%91%A9', `${UNKNOWN_ID}x`]) {
      const { body } = await request(app).get(`/v1/documents/${id}`).expect(404);
      expect(body.code, id).to.equal('not_found');
    }
  });
});

describe('who acts over HTTP', () => {
  const { app, annotations } = testApp();
  const actorOf = async (headers: Record<string, string>, body: object): Promise<unknown> => {
    await request(app)
      .post('/v1/documents')
      .set(headers)
      .send({ name: 'x', ...body })
      .expect(201);
    return annotations.callers.at(-1);
  };

  it('is the body’s author, else X-User-Id, else anonymous', async () => {
    expect(await actorOf({ 'X-User-Id': 'hedda' }, { created_by: 'bo' })).to.deep.equal({ by: 'bo' });
    expect(await actorOf({ 'X-User-Id': 'hedda' }, {})).to.deep.equal({ by: 'hedda' });
    expect(await actorOf({}, {})).to.deep.equal({ by: 'anonymous' });
  });

  it('may have a name outside of Latin-1 in a header', async () => {
    const { body } = await request(app).post('/v1/documents').send({ name: 'x' });
    // Without a body: with one, Node's client would encode the header a second time.
    const utf8 = Buffer.from('Zoë 漢').toString('latin1');
    await request(app).delete(`/v1/documents/${body.id}`).set('X-User-Id', utf8).expect(200);
    expect(annotations.callers.at(-1)).to.deep.equal({ by: 'Zoë 漢' });
  });

  it('has a name of 1 to 128 characters', async () => {
    for (const name of ['', 'x'.repeat(129)]) {
      const { body } = await request(app)
        .post('/v1/documents')
        .set('X-User-Id', name)
        .send({ name: 'x' })
        .expect(422);
      expect(body.errors[0].path).to.equal('/header/x-user-id');
    }
    await request(app)
      .post('/v1/documents')
      .send({ name: 'x', created_by: '👩'.repeat(128) })
      .expect(201);
    await request(app)
      .post('/v1/documents')
      .send({ name: 'x', created_by: '👩'.repeat(129) })
      .expect(422);
  });

  it('names the operation by an Idempotency-Key', async () => {
    expect(await actorOf({ 'Idempotency-Key': 'op-1' }, {})).to.deep.equal({
      by: 'anonymous',
      operationId: 'op-1',
    });
    for (const key of ['', 'two words', 'x'.repeat(201)]) {
      await request(app).post('/v1/documents').set('Idempotency-Key', key).send({ name: 'x' }).expect(422);
    }
  });
});
