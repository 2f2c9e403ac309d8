import { expect } from 'chai';
import request from 'supertest';
import type { DocumentId } from '../../protocol/ids.ts';
import { Listener } from '../helpers/listener.ts';
import { createTexts } from '../helpers/texts.ts';
import { testApp, UNKNOWN_ID } from './test-app.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const PATH = '/api/v1/documents';

describe('HTTP /api/v1/documents', () => {
  const { texts, runtime } = createTexts();
  const { app } = testApp({ texts });
  const create = async (body: object = { title: 'Notes' }) =>
    (await request(app).post(PATH).send(body).expect(201)).body as { id: string };

  it('[TEXT-20] creates a document and says where it is', async () => {
    const { body, headers } = await request(app).post(PATH).send({ title: 'Notes' }).expect(201);
    expect(body.id).to.match(UUID_V4);
    expect(body).to.deep.equal({
      id: body.id,
      title: 'Notes',
      owner_id: null,
      crdt: 'opaque',
      created_at: new Date(runtime.time.ms).toISOString(),
      updated_at: new Date(runtime.time.ms).toISOString(),
      deleted_at: null,
    });
    expect(headers['location']).to.equal(`${PATH}/${body.id}`);
    await request(app)
      .get(headers['location'] ?? '')
      .expect(200, body);
  });

  it('[TEXT-20] belongs to whom the body names, else to who asks', async () => {
    expect(await create({ title: 'a', owner_id: 'ann', crdt: 'yjs' })).to.include({
      owner_id: 'ann',
      crdt: 'yjs',
    });
    const asked = request(app).post(PATH).set('X-User-Id', 'bob');
    expect((await asked.send({ title: 'b' })).body.owner_id).to.equal('bob');
    const nobody = request(app).post(PATH).set('X-User-Id', 'bob');
    expect((await nobody.send({ title: 'b', owner_id: null })).body.owner_id).to.equal(null);
  });

  it('[TEXT-20] answers 400 where the body or the query breaks the contract, and names the field', async () => {
    const { id } = await create();
    const wrong: [object, string][] = [
      [{}, '/body/title'],
      [{ title: '' }, '/body/title'],
      [{ title: 7 }, '/body/title'],
      [{ title: 'x'.repeat(257) }, '/body/title'],
      [{ title: 'half \ud800 a pair' }, '/body/title'],
      [{ title: 'a', crdt: 'automerge' }, '/body/crdt'],
      [{ title: 'a', owner_id: '' }, '/body/owner_id'],
      [{ title: 'a', text: 'b' }, '/body/text'],
    ];
    for (const [body, path] of wrong) {
      const answer = await request(app).post(PATH).send(body).expect(400);
      expect(answer.body.status, path).to.equal(400);
      expect(answer.body.errors[0].path, JSON.stringify(answer.body)).to.equal(path);
    }
    for (const body of [{}, { title: '' }, { deleted: 'yes' }, { deleted: null }, { crdt: 'yjs' }]) {
      await request(app).patch(`${PATH}/${id}`).send(body).expect(400);
    }
    for (const query of ['page=0', 'page_size=101', 'page_size=x', 'include_deleted=maybe', 'size=3']) {
      await request(app).get(`${PATH}?${query}`).expect(400);
    }
    await request(app).post(PATH).set('Content-Type', 'application/json').send('{').expect(400);
    await request(app).post(PATH).set('Content-Type', 'text/plain').send('x').expect(415);
  });

  it('counts a title in code points', async () => {
    const title = '😀'.repeat(256);
    expect(await create({ title })).to.include({ title });
    await request(app)
      .post(PATH)
      .send({ title: `${title}!` })
      .expect(400);
  });

  it('[TEXT-21] renames one and shows the new name everywhere', async () => {
    const { id } = await create();
    runtime.time.ms += 1_000;
    const { body } = await request(app).patch(`${PATH}/${id}`).send({ title: 'Minutes' }).expect(200);
    expect(body).to.include({ id, title: 'Minutes', updated_at: new Date(runtime.time.ms).toISOString() });
    await request(app).get(`${PATH}/${id}`).expect(200, body);
    const { body: list } = await request(app).get(`${PATH}?query=minutes`).expect(200);
    expect(list.items).to.deep.equal([{ ...body, connected_clients: 0 }]);
  });

  it('says in lists how many are there', async () => {
    const { id } = await create({ title: 'A meeting place' });
    const document = runtime.documents.open('text', id as DocumentId);
    const count = async (): Promise<number> =>
      (await request(app).get(`${PATH}?query=meeting`).expect(200)).body.items[0].connected_clients;
    const [ann, bob] = [new Listener('ann'), new Listener('bob')];
    document.join(ann);
    document.join(bob);
    await document.status();
    expect(await count()).to.equal(2);
    document.leave(ann.connectionId);
    expect(await count()).to.equal(1);
  });

  it('[TEXT-21] deletes softly and restores', async () => {
    const { id } = await create({ title: 'Gone' });
    await request(app).delete(`${PATH}/${id}`).expect(204, '');
    await request(app).get(`${PATH}/${id}`).expect(404);
    await request(app).delete(`${PATH}/${id}`).expect(404);
    await request(app).patch(`${PATH}/${id}`).send({ title: 'x' }).expect(404);
    await request(app).patch(`${PATH}/${id}`).send({ deleted: true }).expect(404);
    const { body } = await request(app).get(`${PATH}/${id}?include_deleted=true`).expect(200);
    expect(body.deleted_at).to.equal(new Date(runtime.time.ms).toISOString());
    const count = async (query: string) =>
      (await request(app).get(`${PATH}?query=gone${query}`).expect(200)).body.total;
    expect(await count('')).to.equal(0);
    expect(await count('&include_deleted=true')).to.equal(1);
    const back = await request(app)
      .patch(`${PATH}/${id}`)
      .send({ deleted: false, title: 'Back' })
      .expect(200);
    expect(back.body).to.include({ deleted_at: null, title: 'Back' });
    await request(app).get(`${PATH}/${id}`).expect(200, back.body);
    await request(app).patch(`${PATH}/${id}`).send({ deleted: false }).expect(200, back.body);
    const gone = await request(app).patch(`${PATH}/${id}`).send({ deleted: true }).expect(200);
    expect(gone.body.deleted_at).to.be.a('string');
  });

  it('answers 404 for what there is not, in whatever form', async () => {
    for (const id of [UNKNOWN_ID, 'nonsense', '%20']) {
      await request(app).get(`${PATH}/${id}`).expect(404);
      await request(app).patch(`${PATH}/${id}`).send({ title: 'x' }).expect(404);
      await request(app).delete(`${PATH}/${id}`).expect(404);
    }
    await request(app).put(`${PATH}/${UNKNOWN_ID}`).send({}).expect(405).expect('Allow', /PATCH/);
  });

  it('[TEXT-20] takes a query literally, whatever its case', async () => {
    for (const title of ['50% of_it', '50 percent', 'fifty OF_IT', 'Größe']) {
      runtime.time.ms += 1;
      await create({ title });
    }
    const titles = async (query: string) =>
      (await request(app).get(PATH).query({ query }).expect(200)).body.items.map(
        ({ title }: { title: string }) => title,
      );
    expect(await titles('50%')).to.deep.equal(['50% of_it']);
    expect(await titles('of_it')).to.deep.equal(['50% of_it', 'fifty OF_IT']);
    expect(await titles('GRÖSSE')).to.deep.equal([]);
    expect(await titles('GRÖ')).to.deep.equal(['Größe']);
    expect(await titles('.*')).to.deep.equal([]);
    expect((await titles('')).length).to.be.greaterThan(4);
  });

  it('[TEXT-20] lists in pages, oldest first', async () => {
    const made: string[] = [];
    for (const n of [1, 2, 3, 4, 5]) {
      runtime.time.ms += 1;
      made.push((await create({ title: `paged ${n}` })).id);
    }
    const page = async (n: number) =>
      (await request(app).get(`${PATH}?query=paged&page=${n}&page_size=2`).expect(200)).body;
    const pages = [await page(1), await page(2), await page(3), await page(4)];
    expect(pages.flatMap(({ items }) => items.map(({ id }: { id: string }) => id))).to.deep.equal(made);
    expect(pages[1]).to.include({ page: 2, page_size: 2, total: 5 });
    expect((await request(app).get(PATH).expect(200)).body).to.include({ page: 1, page_size: 20 });
  });

  it('[DOC-3] does a change with the same Idempotency-Key once', async () => {
    const keyed = (key: string) => request(app).post(PATH).set('Idempotency-Key', key);
    const first = await keyed('k1').send({ title: 'Once' }).expect(201);
    const second = await keyed('k1').send({ title: 'Once' }).expect(201);
    expect(second.body).to.deep.equal(first.body);
    expect((await request(app).get(`${PATH}?query=once`).expect(200)).body.total).to.equal(1);
    const path = `${PATH}/${first.body.id}`;
    const renamed = await request(app).patch(path).set('Idempotency-Key', 'k2').send({ title: 'Two' });
    await request(app).patch(path).send({ title: 'Three' }).expect(200);
    const again = await request(app).patch(path).set('Idempotency-Key', 'k2').send({ title: 'Two' });
    expect(again.body).to.deep.equal(renamed.body);
    await request(app).get(path).expect(200, /Three/);
    await request(app).delete(path).set('Idempotency-Key', 'k3').expect(204);
    await request(app).delete(path).set('Idempotency-Key', 'k3').expect(204);
    await request(app).delete(path).set('Idempotency-Key', 'k2').expect(400);
  });

  it('notes edits of the text in its time of change, every ten seconds', async () => {
    const { id } = await create({ title: 'Edited' });
    const document = await runtime.documents.find('text', id);
    const edit = async (delta: string) => {
      const command = { type: 'update', actorId: 'a', delta: Buffer.from(delta) } as { type: string };
      await document.execute(command, { by: 'ann' as never });
      const { body } = await request(app).get(`${PATH}/${id}`).expect(200);
      const { body: list } = await request(app).get(`${PATH}?query=edited`).expect(200);
      expect(list.items).to.deep.equal([{ ...body, connected_clients: 0 }]);
      return body.updated_at;
    };
    const created = runtime.time.ms;
    runtime.time.ms += 9_999;
    expect(await edit('a')).to.equal(new Date(created).toISOString());
    runtime.time.ms += 1;
    expect(await edit('b')).to.equal(new Date(created + 10_000).toISOString());
  });
});
