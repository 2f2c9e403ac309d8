import { expect } from 'chai';
import request from 'supertest';
import { loadContract } from '../../http/contract.ts';
import type { RunningServer } from '../../server.ts';
import { realServer } from './real-server.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What the requirements' plan asks for, on the whole server. */
describe('the annotation service over HTTP', () => {
  let server: RunningServer;
  before(async () => {
    server = await realServer();
  });
  after(() => server.stop());

  const post = (path: string, body: object): request.Test => request(server.url).post(path).send(body);
  const idOf = async (test: request.Test): Promise<string> => (await test.expect(201)).body.id;
  const newDocument = (): Promise<string> => idOf(post('/v1/documents', { name: 'Plan' }));
  const box = { type: 'box', geometry: { x: 10, y: 10, width: 100, height: 50 } };

  /** Asks again until the job is over; the time of the test is the limit. */
  async function finished(
    id: string,
  ): Promise<{ status: string; result_url: string; mime: string; size: number }> {
    for (;;) {
      const { body } = await request(server.url).get(`/v1/exports/${id}`).expect(200);
      if (body.status === 'completed' || body.status === 'failed') return body;
    }
  }

  it('has its documentation at /docs', async () => {
    await request(server.url).get('/docs').expect(200).expect('Content-Type', /html/);
  });

  it('creates a document with a UUIDv4, and reads it back', async () => {
    const { body } = await post('/v1/documents', { name: 'Plan', created_by: 'hedda' }).expect(201);
    expect(body.id).to.match(UUID_V4);
    expect(body).to.include({
      name: 'Plan',
      version: 1,
      status: 'active',
      created_by: 'hedda',
      updated_by: 'hedda',
    });
    expect((await request(server.url).get(`/v1/documents/${body.id}`).expect(200)).body).to.deep.equal(body);
  });

  it('lists documents in pages, each once', async () => {
    for (let i = 0; i < 5; i++) await newDocument();
    const first = await request(server.url).get('/v1/documents?page=1&size=3').expect(200);
    const second = await request(server.url).get('/v1/documents?page=2&size=3').expect(200);
    const ids = [...first.body.items, ...second.body.items].map((item: { id: string }) => item.id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(first.body).to.include({ page: 1, size: 3, total: second.body.total });
  });

  it('counts the changes of a document and refuses one made against an old version', async () => {
    const id = await newDocument();
    const changed = await request(server.url)
      .patch(`/v1/documents/${id}`)
      .send({ name: 'New', version: 1 })
      .expect(200);
    expect(changed.body).to.include({ name: 'New', version: 2 });
    const stale = await request(server.url)
      .patch(`/v1/documents/${id}`)
      .set('If-Match', '"1"')
      .send({ name: 'Old' });
    expect(stale.status).to.equal(409);
    expect(stale.body).to.include({ code: 'version_conflict', current_version: 2 });
  });

  it('creates an annotation, and refuses an update made against an old version', async () => {
    const document_id = await newDocument();
    const { body } = await post('/v1/annotations', { document_id, ...box, content: 'here' }).expect(201);
    expect(body).to.include({ document_id, type: 'box', content: 'here', version: 1, parent_id: null });
    const path = `/v1/annotations/${body.id}`;
    await request(server.url).patch(path).send({ content: 'there', version: 1 }).expect(200);
    const { body: problem } = await request(server.url)
      .patch(path)
      .send({ content: 'no', version: 1 })
      .expect(409);
    expect(problem.current_version).to.equal(2);
    expect((await request(server.url).get(path).expect(200)).body.content).to.equal('there');
  });

  it('leaves deleted annotations out of lists, unless they are asked for', async () => {
    const document_id = await newDocument();
    const id = await idOf(post('/v1/annotations', { document_id, ...box }));
    await request(server.url).delete(`/v1/annotations/${id}`).expect(200);
    const list = `/v1/annotations?document_id=${document_id}`;
    expect((await request(server.url).get(list).expect(200)).body.items).to.deep.equal([]);
    const all = await request(server.url).get(`${list}&include_deleted=true`).expect(200);
    expect(all.body.items[0]).to.include({ id, status: 'deleted' });
  });

  it('captures a version and brings it back', async () => {
    const document_id = await newDocument();
    const kept = await idOf(post('/v1/annotations', { document_id, ...box, content: 'kept' }));
    const version = await post('/v1/versions', { document_id, change_summary: 'first', tag: 'v1' }).expect(
      201,
    );
    expect(version.body).to.include({ number: 1, tag: 'v1', change_summary: 'first' });
    const captured = await request(server.url).get(`/v1/versions/${version.body.id}`).expect(200);
    expect(captured.body.snapshot.annotations.map((a: { id: string }) => a.id)).to.deep.equal([kept]);
    await post('/v1/versions', { document_id, tag: 'v1' }).expect(409);

    await request(server.url).patch(`/v1/annotations/${kept}`).send({ content: 'changed' }).expect(200);
    const added = await idOf(post('/v1/annotations', { document_id, ...box }));
    const reverted = await request(server.url).post(`/v1/versions/${version.body.id}/revert`).expect(200);
    expect(reverted.body.version).to.equal(2);
    const { body } = await request(server.url).get(`/v1/annotations/${kept}`).expect(200);
    expect(body.content).to.equal('kept');
    expect(body.version).to.equal(3);
    await request(server.url).get(`/v1/annotations/${added}`).expect(404);
  });

  it('does a repeated change once, by its Idempotency-Key', async () => {
    const document_id = await newDocument();
    const send = (): request.Test =>
      post('/v1/annotations', { document_id, ...box }).set('Idempotency-Key', 'once');
    const first = await send().expect(201);
    const again = await send().expect(201);
    expect(again.body.id).to.equal(first.body.id);
    const list = await request(server.url).get(`/v1/annotations?document_id=${document_id}`).expect(200);
    expect(list.body.total).to.equal(1);
  });

  it('exports a picture and gives it out in both ways', async () => {
    const document_id = await newDocument();
    await idOf(post('/v1/annotations', { document_id, ...box }));
    const queued = await post('/v1/exports', { document_id, format: 'png', scale: 0.25 }).expect(202);
    const job = await finished(queued.body.id);
    expect(job).to.include({
      status: 'completed',
      mime: 'image/png',
      result_url: `/exports/${queued.body.id}.png`,
    });
    const download = await request(server.url).get(`/v1/exports/${queued.body.id}/download`).expect(200);
    expect(download.body.length).to.equal(job.size);
    expect(download.body.subarray(1, 4).toString()).to.equal('PNG');
    const file = await request(server.url).get(job.result_url).expect(200);
    expect(file.body.equals(download.body)).to.equal(true);
  });

  // Those of other doors are in test/scenarios/smoke.test.ts.
  it('answers every operation with success', async () => {
    const document_id = await newDocument();
    const annotation = await idOf(post('/v1/annotations', { document_id, ...box }));
    const version = await idOf(post('/v1/versions', { document_id }));
    const job = (await post('/v1/exports', { document_id, format: 'jpg', scale: 0.1 }).expect(202)).body.id;
    await finished(job);
    const bodies: Record<string, object> = {
      createDocument: { name: 'x' },
      updateDocument: { name: 'y' },
      createAnnotation: { document_id, ...box },
      updateAnnotation: { content: 'z' },
      createVersion: { document_id },
      createExport: { document_id, format: 'png', scale: 0.1 },
    };
    const ids: Record<string, string> = {
      documents: document_id,
      annotations: annotation,
      versions: version,
    };
    const order = (name: string): number =>
      name.startsWith('delete') ? (name === 'deleteDocument' ? 2 : 1) : 0;
    const tags = ['documents', 'annotations', 'versions', 'exports', 'operations'];
    const operations = loadContract().operations.filter(({ tag }) => tags.includes(tag));
    for (const { name, method, template } of operations.sort((a, b) => order(a.name) - order(b.name))) {
      const path = template
        .replace('{file}', `${job}.jpg`)
        .replace('{document_id}', document_id)
        .replace('{id}', ids[template.split('/')[2] ?? ''] ?? job);
      const test = request(server.url)[method](path);
      const { status, text: answer } = await (bodies[name] ? test.send(bodies[name]) : test);
      expect(status, `${name}: ${answer}`).to.be.within(200, 204);
    }
  });
});
