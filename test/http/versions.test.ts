import { expect } from 'chai';
import request from 'supertest';
import { testApp, UNKNOWN_ID } from './test-app.ts';

describe('HTTP /v1/versions', () => {
  const { app, annotations } = testApp();
  let documentId: string;
  before(async () => {
    documentId = (await request(app).post('/v1/documents').send({ name: 'Plan' }).expect(201)).body.id;
  });
  const create = (body: object = {}): request.Test =>
    request(app)
      .post('/v1/versions')
      .send({ document_id: documentId, ...body });

  it('makes one, with or without a summary and a tag', async () => {
    const { body, headers } = await create({ change_summary: 'first', tag: 'v1.0' }).expect(201);
    expect(body).to.include({ document_id: documentId, change_summary: 'first', tag: 'v1.0' });
    expect(headers['location']).to.equal(`/v1/versions/${body.id}`);
    const plain = await create().expect(201);
    expect(plain.body.change_summary).to.equal('');
    expect(plain.body).not.to.have.property('tag');
  });

  it('gives one with the state that it captured', async () => {
    const made = await create();
    const { body } = await request(app).get(`/v1/versions/${made.body.id}`).expect(200);
    expect(body.snapshot.document.id).to.equal(documentId);
    expect(body.snapshot.annotations).to.be.an('array');
  });

  it('lists those of a document', async () => {
    const { body } = await request(app).get(`/v1/versions?document_id=${documentId}&size=1`).expect(200);
    expect(body.items).to.have.length(1);
    expect(body.total).to.be.at.least(3);
  });

  it('goes back to one, with a body or without', async () => {
    const made = await create();
    const path = `/v1/versions/${made.body.id}/revert`;
    const { body, headers } = await request(app).post(path).expect(200);
    expect(body.id).to.equal(documentId);
    expect(headers['etag']).to.equal(`"${body.version}"`);
    await request(app).post(path).send({ version: body.version, updated_by: 'bo' }).expect(200);
    expect(annotations.callers.at(-1)?.by).to.equal('bo');
    await request(app).post(path).set('If-Match', '"1"').expect(409);
    await request(app).post(path).send({ unknown: 1 }).expect(422);
    await request(app).post(`/v1/versions/${UNKNOWN_ID}/revert`).expect(404);
  });

  it('refuses a tag of another form', async () => {
    for (const tag of ['', ' x', 'x ', '\t', 'a\u0000b', 'a\u2028b', '👩'.repeat(65)]) {
      const { body } = await create({ tag }).expect(422);
      expect(body.errors[0].path).to.equal('/body/tag');
    }
  });
});
