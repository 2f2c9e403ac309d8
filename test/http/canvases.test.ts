import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import request from 'supertest';
import { request as send } from 'undici';
import { DEFAULT_PALETTE } from '../../documents/canvas/palette.ts';
import type { CanvasInfo } from '../../protocol/canvas-messages.ts';
import { testApp, UNKNOWN_ID } from './test-app.ts';

describe('canvases over HTTP', () => {
  const { app, canvases: world } = testApp();
  let canvas: CanvasInfo;
  let path: string;
  beforeEach(async () => {
    canvas = await world.create();
    path = `/v1/canvases/${canvas.id}`;
  });

  const get = (rest = '', headers: Record<string, string> = {}): request.Test =>
    request(app).get(`${path}${rest}`).set(headers);
  let server: Server;
  before((done) => {
    server = app.listen(0, '127.0.0.1', () => done());
  });
  after((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
  /** The bitmap as it is on the wire. */
  async function bitmap(accepted: string) {
    const { port } = server.address() as AddressInfo;
    const { statusCode, headers, body } = await send(`http://127.0.0.1:${port}${path}/bitmap`, {
      headers: { 'accept-encoding': accepted },
    });
    expect(statusCode).to.equal(200);
    return { headers, bytes: Buffer.from(await body.arrayBuffer()) };
  }

  it('[CANVAS-9] shows a canvas to anybody, by its id or its slug', async () => {
    const { body } = await get().expect(200);
    expect(body).to.deep.equal({ ...canvas, palette: [...DEFAULT_PALETTE] });
    const named = await world.create('wall-1');
    const bySlug = await request(app).get('/v1/canvases/wall-1').expect(200);
    expect(bySlug.body.id).to.equal(named.id);
    const byId = await request(app).get(`/v1/canvases/${named.id.toUpperCase()}`).expect(200);
    expect(byId.body).to.deep.equal(bySlug.body);
  });

  it('answers 404 to what is no canvas, at every path', async () => {
    const rests = ['', '/bitmap', '/snapshot', '/palette', '/pixels/0/0', '/locks', '/history', '/stats'];
    for (const id of [UNKNOWN_ID, 'unknown', 'Wall', 'x'.repeat(100)]) {
      for (const rest of rests) {
        const { body } = await request(app).get(`/v1/canvases/${id}${rest}`).expect(404);
        expect(body.detail).to.equal(`There is no canvas ${id.slice(0, 64)}.`);
      }
    }
  });

  it('lists canvases by pages, oldest first', async () => {
    world.runtime.time.ms += 1;
    const last = await world.create();
    const { body } = await request(app).get('/v1/canvases?size=100').expect(200);
    expect(body.items.at(-1)).to.deep.equal({ ...last, palette: [...DEFAULT_PALETTE] });
    expect(body.items).to.have.length(body.total);
    const page = await request(app).get(`/v1/canvases?size=1&page=${body.total}`).expect(200);
    expect(page.body.items[0].id).to.equal(last.id);
    await request(app).get('/v1/canvases?size=0').expect(422);
  });

  it('has the palette', async () => {
    const { body } = await get('/palette').expect(200);
    expect(body).to.deep.equal({ palette: [...DEFAULT_PALETTE], background: 0 });
  });

  it('[CANVAS-10] gives the bitmap, a byte a pixel, with its seq and a hash of it as ETag', async () => {
    const seq = await world.paint(canvas, 'ann', [0, 0, 5], [7, 5, 31]);
    const { bytes, headers } = await bitmap('identity');
    expect(bytes).to.have.length(48);
    expect([bytes[0], bytes[1], bytes[47]]).to.deep.equal([5, 0, 31]);
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(headers).to.include({
      'content-type': 'application/octet-stream',
      'content-length': '48',
      'x-canvas-seq': String(seq),
      etag: `W/"${hash}"`,
      'cache-control': 'no-cache',
    });
    expect(headers['vary']).to.include('Accept-Encoding');
    expect(headers).not.to.have.property('content-encoding');
  });

  it('[CANVAS-10] compresses the bitmap as the caller takes it', async () => {
    await world.paint(canvas, 'ann', [3, 3, 9]);
    const plain = (await bitmap('identity')).bytes;
    const wanted = [
      ['br', 'br'],
      ['gzip, deflate, br, zstd', 'br'],
      ['br;q=0, gzip', 'gzip'],
      ['gzip', 'gzip'],
      ['*', 'br'],
      ['zstd', undefined],
    ] as const;
    for (const [accepted, coding] of wanted) {
      const { bytes, headers } = await bitmap(accepted);
      expect(headers['content-encoding'], accepted).to.equal(coding);
      const unpacked =
        coding === 'br' ? brotliDecompressSync(bytes) : coding === 'gzip' ? gunzipSync(bytes) : bytes;
      expect(unpacked.equals(plain), accepted).to.equal(true);
    }
  });

  it('[CANVAS-11] answers 304 to one who has these pixels, with the seq they are of now', async () => {
    await world.paint(canvas, 'ann', [1, 1, 3]);
    const { etag } = (await get('/bitmap').expect(200)).headers;
    const tag = { 'If-None-Match': String(etag) };
    await get('/bitmap', tag).expect(304);
    const seq = await world.paint(canvas, 'bob', [1, 1, 3]);
    const same = await get('/bitmap', tag).expect(304);
    expect(same.headers).to.include({ etag, 'x-canvas-seq': String(seq), 'cache-control': 'no-cache' });
    await world.paint(canvas, 'bob', [1, 1, 4]);
    await get('/bitmap', tag).expect(200);
  });

  it('[CANVAS-12] draws a picture in the format and scale that is asked for, by the same rule', async () => {
    const seq = await world.paint(canvas, 'ann', [1, 1, 3]);
    const { headers, body } = await get('/snapshot').expect(200);
    expect(headers).to.include({
      'content-type': 'image/png',
      'x-canvas-seq': String(seq),
      'cache-control': 'no-cache',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(String(body)).to.equal('png at 1');
    const tags = [String(headers['etag'])];
    for (const query of ['scale=2', 'scale=0.5', 'format=jpg', 'format=jpg&scale=16', 'scale=0.1']) {
      const answer = await get(`/snapshot?${query}`).expect(200);
      tags.push(String(answer.headers['etag']));
      await get(`/snapshot?${query}`, { 'If-None-Match': tags.at(-1) ?? '' }).expect(304);
    }
    expect(new Set(tags)).to.have.length(6);
    await world.paint(canvas, 'ann', [1, 1, 4]);
    await get('/snapshot', { 'If-None-Match': tags[0] ?? '' }).expect(200);
  });

  it('[CANVAS-12] answers 422 to a scale or format that there is not', async () => {
    for (const query of [
      'scale=0',
      'scale=1.5',
      'scale=17',
      'scale=0.09',
      'scale=1e1',
      'format=gif',
      'x=1',
    ]) {
      await get(`/snapshot?${query}`).expect(422);
    }
  });

  it('[CANVAS-13] tells who painted a pixel, and its history newest first', async () => {
    const first = await world.paint(canvas, 'ann', [2, 1, 5], [3, 1, 6]);
    world.runtime.time.ms += 1000;
    const second = await world.paint(canvas, 'bob', [2, 1, 7]);
    const { body } = await get('/pixels/2/1').expect(200);
    const paintedAt = new Date(world.runtime.time.ms).toISOString();
    expect(body).to.deep.equal({
      x: 2,
      y: 1,
      color: 7,
      userId: 'bob',
      name: 'bob',
      paintedAt,
      seq: second,
      history: [
        { seq: second, at: paintedAt, userId: 'bob', kind: 'painted', color: 7 },
        {
          seq: first,
          at: new Date(world.runtime.time.ms - 1000).toISOString(),
          userId: 'ann',
          kind: 'painted',
          color: 5,
        },
      ],
      complete: true,
      scannedTo: 1,
    });
    const newest = (await get('/pixels/2/1?limit=1').expect(200)).body;
    expect(newest).to.deep.include({ complete: false, scannedTo: second });
    const rest = (await get(`/pixels/2/1?before=${newest.scannedTo}`).expect(200)).body;
    expect(rest.history).to.deep.equal([body.history[1]]);
  });

  it('says of a pixel that nobody painted that nobody did', async () => {
    const { body } = await get('/pixels/0/5').expect(200);
    expect(body).to.deep.include({ color: 0, userId: null, name: null, paintedAt: null, seq: null });
    expect(body).to.deep.include({ history: [], complete: true });
  });

  it('answers 404 to a pixel that is not on the canvas, and 422 to a strange limit', async () => {
    for (const place of ['8/0', '0/6', '-1/0', 'a/0', '0/1.0', '0x1/0', '00000/0']) {
      const { body } = await get(`/pixels/${place}`).expect(404);
      const asked = decodeURIComponent(place).split('/').join(', ');
      expect(body.detail).to.equal(`There is no pixel (${asked}).`);
    }
    await get('/pixels/0/0?limit=101').expect(422);
    await get('/pixels/0/0?before=0').expect(422);
  });

  it('[CANVAS-14] tells the whole history, from which the canvas can be painted again', async () => {
    await world.paint(canvas, 'ann', [0, 0, 1], [1, 0, 2]);
    await world.paint(canvas, 'bob', [1, 0, 3]);
    const { body } = await get('/history').expect(200);
    expect(body).to.deep.include({ next: null, seq: 3 });
    const [made, painted, over] = body.items;
    expect(made).to.include({ seq: 1, userId: 'mo', kind: 'canvas.created' });
    expect(made).not.to.have.property('pixels');
    expect(painted).to.deep.include({
      seq: 2,
      userId: 'ann',
      kind: 'painted',
      pixels: [
        [0, 0, 1],
        [1, 0, 2],
      ],
    });
    expect(over.pixels).to.deep.equal([[1, 0, 3]]);
    expect(Date.parse(over.at)).to.equal(world.runtime.time.ms);
  });

  it('[CANVAS-14] tells the history in parts that follow each other, packed where that is asked for', async () => {
    for (let i = 0; i < 5; i += 1) await world.paint(canvas, 'ann', [i, 0, i]);
    const first = (await get('/history?limit=4').expect(200)).body;
    expect(first.items.map(({ seq }: { seq: number }) => seq)).to.deep.equal([1, 2, 3, 4]);
    expect(first.next).to.equal(5);
    const rest = (await get(`/history?from=${first.next}&to=6&encoding=packed`).expect(200)).body;
    expect(rest).to.deep.include({ next: null, seq: 6 });
    expect(
      rest.items.map(({ packed }: { packed: string }) => [...Buffer.from(packed, 'base64')]),
    ).to.deep.equal([
      [0, 0, 3, 3],
      [0, 0, 4, 4],
    ]);
    expect((await get('/history?from=7').expect(200)).body).to.deep.equal({ items: [], next: null, seq: 6 });
    expect((await get('/history?from=2&to=900').expect(200)).body.items).to.have.length(5);
    for (const query of ['from=0', 'from=3&to=2', 'limit=0', 'encoding=xml']) {
      await get(`/history?${query}`).expect(422);
    }
  });

  it('[CANVAS-15] has figures: who paints, how much, what was refused and why', async () => {
    await world.paint(canvas, 'ann', [0, 0, 1], [1, 0, 2]);
    await world.paint(canvas, 'bob', [1, 0, 3]);
    const id = canvas.id as Parameters<typeof world.rejections.count>[0];
    world.rejections.count(id, 'locked');
    world.rejections.count(id, 'locked');
    world.rejections.count(id, 'bad_color');
    const { body } = await get('/stats').expect(200);
    expect(body).to.deep.equal({
      painters: 2,
      painted: 3,
      covered: 2,
      rejected: { locked: 2, rate_limited: 0, out_of_bounds: 0, bad_color: 1, read_only: 0 },
      online: 0,
    });
  });

  it('answers HEAD like GET, and 405 to what a path does not have', async () => {
    const { headers, body } = await request(app).head(`${path}/bitmap`).expect(200);
    expect(headers).to.have.property('etag');
    expect(body).to.deep.equal({});
    const { headers: refused } = await request(app).delete(path).expect(405);
    expect(refused['allow']).to.include('PATCH');
  });
});
