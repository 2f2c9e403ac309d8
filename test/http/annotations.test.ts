import { expect } from 'chai';
import request from 'supertest';
import { testApp, UNKNOWN_ID } from './test-app.ts';

describe('HTTP /v1/annotations', () => {
  const { app } = testApp();
  let documentId: string;
  before(async () => {
    documentId = (await request(app).post('/v1/documents').send({ name: 'Plan' }).expect(201)).body.id;
  });
  const create = (body: object): request.Test =>
    request(app)
      .post('/v1/annotations')
      .send({ document_id: documentId, ...body });

  it('creates each type with its geometry', async () => {
    const bodies = [
      { type: 'text', geometry: { x: 1, y: 2 }, content: 'hello' },
      { type: 'box', geometry: { x: 1.5, y: -2, width: 0, height: 10, rotation: 45 } },
      { type: 'ellipse', geometry: { x: 1, y: 2, width: 3, height: 4 } },
      { type: 'arrow', geometry: { x1: 0, y1: 0, x2: 5, y2: 5 } },
      {
        type: 'line',
        geometry: {
          points: [
            [0, 0],
            [1, 1],
            [2, 0],
          ],
        },
      },
      {
        type: 'polygon',
        geometry: {
          points: [
            [0, 0],
            [1, 1],
            [2, 0],
          ],
        },
      },
      {
        type: 'freehand',
        geometry: {
          points: [
            [0, 0],
            [1, 1, 0.5],
          ],
        },
      },
      { type: 'comment', geometry: { x: 4, y: 4 }, resolved: false },
      { type: 'comment', geometry: {}, content: 'anchored by its parent' },
    ];
    for (const body of bodies) {
      const { body: made, headers } = await create(body).expect(201);
      expect(made).to.include({ type: body.type, document_id: documentId, version: 1, status: 'active' });
      expect(headers['location']).to.equal(`/v1/annotations/${made.id}`);
      await request(app).get(`/v1/annotations/${made.id}`).expect(200, made);
    }
  });

  it('keeps style keys that it does not know', async () => {
    const { body } = await create({
      type: 'box',
      geometry: { x: 0, y: 0, width: 1, height: 1 },
      style: { mine: [1] },
    });
    expect(body.style).to.deep.equal({ mine: [1] });
  });

  it('lists those of one document, and none of an unknown one', async () => {
    const other = await request(app).post('/v1/documents').send({ name: 'Other' });
    await create({ type: 'text', geometry: { x: 0, y: 0 }, document_id: other.body.id }).expect(201);
    const { body } = await request(app).get(`/v1/annotations?document_id=${other.body.id}`).expect(200);
    expect(body).to.include({ page: 1, size: 20, total: 1 });
    const none = await request(app).get(`/v1/annotations?document_id=${UNKNOWN_ID}`).expect(200);
    expect(none.body).to.deep.equal({ items: [], page: 1, size: 20, total: 0 });
  });

  it('refuses one for a document that is not there', async () => {
    await create({ type: 'text', geometry: { x: 0, y: 0 }, document_id: UNKNOWN_ID }).expect(404);
  });

  it('merges a style key by key and removes a key by null', async () => {
    const style = { stroke: 'red', fill: 'blue' };
    const made = await create({ type: 'box', geometry: { x: 0, y: 0, width: 1, height: 1 }, style });
    const { body } = await request(app)
      .patch(`/v1/annotations/${made.body.id}`)
      .send({ style: { fill: null, opacity: 0.5 } })
      .expect(200);
    expect(body.style).to.deep.equal({ stroke: 'red', opacity: 0.5 });
    expect(body.version).to.equal(2);
  });

  it('refuses an update made against an old version', async () => {
    const made = await create({ type: 'text', geometry: { x: 0, y: 0 } });
    const path = `/v1/annotations/${made.body.id}`;
    await request(app).patch(path).send({ content: 'one', version: 1 }).expect(200);
    const { body } = await request(app).patch(path).send({ content: 'two', version: 1 }).expect(409);
    expect(body).to.include({ code: 'version_conflict', status: 409, current_version: 2 });
    await request(app).patch(path).set('If-Match', '"2"').send({ content: 'two' }).expect(200);
  });

  it('deletes softly', async () => {
    const made = await create({ type: 'text', geometry: { x: 0, y: 0 } });
    const path = `/v1/annotations/${made.body.id}`;
    const { body, headers } = await request(app).delete(path).expect(200);
    expect(body.status).to.equal('deleted');
    expect(headers['etag']).to.equal('"2"');
    await request(app).get(path).expect(404);
    await request(app).get(`${path}?include_deleted=true`).expect(200);
  });

  it('does not send again what the caller has', async () => {
    const made = await create({ type: 'text', geometry: { x: 0, y: 0 } });
    await request(app).get(`/v1/annotations/${made.body.id}`).set('If-None-Match', 'W/"1"').expect(304);
  });
});
