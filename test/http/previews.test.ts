import { expect } from 'chai';
import request from 'supertest';
import { createRooms } from '../helpers/rooms.ts';
import { ALICE } from '../helpers/runtime.ts';
import { testApp } from './test-app.ts';

describe('HTTP /v1/documents/{id}/preview', () => {
  const { app, rooms } = testApp();
  const { renderer } = rooms;
  const create = async (): Promise<{ id: string; path: string }> => {
    const { id } = (await request(app).post('/v1/rooms').expect(201)).body;
    return { id, path: `/v1/documents/${id}/preview` };
  };
  const draw = async (id: string): Promise<void> => {
    const annotation = { type: 'text', geometry: { x: 1, y: 2 } } as const;
    await (await rooms.documents.find(id)).execute({ type: 'annotation.create', annotation }, ALICE);
  };
  const textOf = async (test: request.Test): Promise<string> => {
    const { body } = await test.expect(200).expect('Content-Type', 'image/png');
    return Buffer.from(body).toString();
  };

  it('is a picture of now or of then, at the scale that is asked for', async () => {
    const { id, path } = await create();
    await request(app).post(`/v1/rooms/${id}/versions`).send({ tag: 'empty' }).expect(201);
    await draw(id);
    expect(await textOf(request(app).get(path))).to.equal('1 at 0.25');
    expect(await textOf(request(app).get(`${path}?scale=2&seq=1`))).to.equal('0 at 2');
    expect(await textOf(request(app).get(`${path}?tag=empty`))).to.equal('0 at 0.25');
    expect(renderer.asked.at(-1)).to.deep.include({
      format: 'png',
      background: 'white',
      includeComments: false,
    });
    for (const [query, field] of [
      ['scale=0', '/query/scale'],
      ['scale=4.01', '/query/scale'],
      ['seq=99', '/query/seq'],
      ['seq=0', '/query/seq'],
      ['tag=unknown', '/query/tag'],
      ['tag=empty&seq=1', '/query/tag'],
    ] as const) {
      const { body } = await request(app).get(`${path}?${query}`).expect(422);
      expect(body.errors[0].path, query).to.equal(field);
    }
  });

  it('is not drawn for who has it, and drawn once for all others', async () => {
    const { id, path } = await create();
    const { headers } = await request(app).get(path).expect(200);
    const tag = headers['etag'] ?? '';
    const drawn = renderer.asked.length;
    const answer = await request(app).get(path).set('If-None-Match', tag).expect(304);
    expect(answer.headers['etag']).to.equal(tag);
    await request(app).get(`${path}?seq=1`).set('If-None-Match', tag).expect(304);
    await Promise.all(Array.from({ length: 5 }, () => request(app).get(path).expect(200)));
    expect(renderer.asked).to.have.length(drawn);
    await draw(id);
    await Promise.all(
      Array.from({ length: 5 }, () => request(app).get(path).set('If-None-Match', tag).expect(200)),
    );
    expect(renderer.asked).to.have.length(drawn + 1);
    expect((await request(app).get(`${path}?scale=1`).expect(200)).headers['etag']).not.to.equal(tag);
  });
});

describe('previews', () => {
  const drawing = () => {
    let finish: () => void = () => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    return { done, finish };
  };
  const { signal } = new AbortController();

  it('[HTTP-2] wait in a line of limited length; who waits no more costs no drawing', async () => {
    const rooms = createRooms({ previews: { cacheBytes: 1000, pending: 2 } });
    const { id } = await rooms.rooms.createRoom({ name: 'Attic' }, ALICE);
    const { done, finish } = drawing();
    rooms.renderer.draw = async ({ scale }) => {
      await done;
      return Buffer.from(String(scale));
    };
    const at = (scale: number) => rooms.previews.find(id, { scale });
    const first = (await at(1)).png(signal);
    const impatient = new AbortController();
    const second = (await at(2)).png(impatient.signal).then(
      () => 'drawn',
      (error) => error.code,
    );
    const refused = await (await at(3)).png(signal).catch((error) => error.code);
    expect(refused).to.equal('overloaded');
    const also = (await at(1)).png(signal);
    impatient.abort();
    finish();
    expect(String(await first)).to.equal('1');
    expect(await also).to.equal(await first);
    expect(await second).to.equal('unavailable');
    expect(rooms.renderer.asked.map(({ scale }) => scale)).to.deep.equal([1]);
    expect(String(await (await at(3)).png(signal))).to.equal('3');
  });

  it('fail for all who asked together, and are tried again for the next', async () => {
    const rooms = createRooms();
    const { id } = await rooms.rooms.createRoom(
      { name: 'Attic', imageUrl: 'https://a.example/b.png' },
      ALICE,
    );
    const preview = await rooms.previews.find(id, { scale: 1 });
    const codes = await Promise.all(
      [1, 2].map(() => preview.png(signal).catch((error: { code: string }) => error.code)),
    );
    expect(codes).to.deep.equal(['image_fetch_failed', 'image_fetch_failed']);
    expect(rooms.fetched).to.have.length(1);
    await preview.png(signal).catch(() => undefined);
    expect(rooms.fetched).to.have.length(2);
  });
});
