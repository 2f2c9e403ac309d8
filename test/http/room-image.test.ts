import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { pino } from 'pino';
import request from 'supertest';
import { IMAGE_BYTES_LIMIT } from '../../actors/image-library.ts';
import { createHttpServer } from '../../http/server.ts';
import { quarteredJpeg } from '../render/jpeg-fixture.ts';
import { makePng, PNG_MAGIC, pngHeader } from '../render/png-fixture.ts';
import { type TestApp, testApp, UNKNOWN_ID } from './test-app.ts';

const png = makePng({ width: 6, height: 4, depth: 8, color: 0, sample: (x) => [x * 40] });
/** 45 bytes that claim 3.6 gigapixels. */
const bomb = Buffer.concat([PNG_MAGIC, pngHeader({ width: 60_000, height: 60_000, depth: 8, color: 6 })]);
/** The header is all that is looked at. */
const padded = (bytes: number): Buffer => Buffer.concat([png, Buffer.alloc(bytes - png.length)]);

const BOUNDARY = '----troupe';
const FORM = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };
const part = (disposition: string, content: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
const form = (...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
const FILE = 'name="image"; filename="a.png"';

/** The app behind a server of its own. */
async function serving<T>({ app }: TestApp, use: (port: number) => Promise<T>): Promise<T> {
  const server = createHttpServer(app, pino({ level: 'silent' }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const newRoom = async ({ app }: TestApp): Promise<string> =>
  `/v1/rooms/${(await request(app).post('/v1/rooms').expect(201)).body.id}`;

describe('the image of a room over HTTP', () => {
  const test = testApp();
  const { app, rooms } = test;
  let room: string;
  beforeEach(async () => {
    room = await newRoom(test);
  });

  const upload = (body: Buffer, headers: Record<string, string>): request.Test =>
    request(app)
      .post(`${room}/image`)
      .set(headers)
      .serialize((data: unknown) => data as string)
      .send(body as unknown as string);
  const asPng = { 'Content-Type': 'image/png' };

  it('comes as it is, and goes as it came', async () => {
    const jpeg = await quarteredJpeg();
    for (const [bytes, mime, width, height] of [
      [png, 'image/png', 6, 4],
      [Buffer.from(jpeg), 'image/jpeg', 48, 32],
    ] as const) {
      const { body } = await upload(bytes, { 'Content-Type': mime }).expect(200);
      expect(body).to.include({ hasImage: true, width, height });
      const { headers, body: served } = await request(app).get(`${room}/image`).expect(200);
      expect(bytes.equals(served)).to.equal(true);
      expect(headers).to.include({
        'content-type': mime,
        'content-length': String(bytes.length),
        'cross-origin-resource-policy': 'cross-origin',
      });
      const tag = headers['etag'] ?? '';
      await request(app).get(`${room}/image`).set('If-None-Match', tag).expect(304).expect('ETag', tag);
    }
  });

  it('comes as a file of a form, whatever its name and type say', async () => {
    const answer = await request(app)
      .post(`${room}/image`)
      .attach('image', png, { filename: 'a.gif', contentType: 'application/pdf' })
      .expect(200);
    expect(answer.body).to.include({ hasImage: true, width: 6 });
    const quoted = { 'Content-Type': `Multipart/Form-Data; charset=utf-8; boundary="${BOUNDARY}"` };
    await upload(form(part(FILE, png)), quoted).expect(200);
    await upload(png, { 'Content-Type': 'image/jpeg' }).expect(200);
    expect((await request(app).get(`${room}/image`)).headers['content-type']).to.equal('image/png');
  });

  it('may come compressed', async () => {
    await upload(gzipSync(png), { ...asPng, 'Content-Encoding': 'gzip' }).expect(200);
    await upload(gzipSync(form(part(FILE, png))), { ...FORM, 'Content-Encoding': 'gzip' }).expect(200);
    await upload(png, { ...asPng, 'Content-Encoding': 'gzip' }).expect(400);
    await upload(png, { ...asPng, 'Content-Encoding': 'zip' }).expect(415);
    const bomb = gzipSync(padded(IMAGE_BYTES_LIMIT + 1));
    await upload(bomb, { ...asPng, 'Content-Encoding': 'gzip' }).expect(413);
  });

  it('is a PNG or a JPEG, or a form with one: anything else is 415', async () => {
    for (const type of [
      'image/gif',
      'image/webp',
      'image/svg+xml',
      'application/octet-stream',
      'text/plain',
    ]) {
      await upload(png, { 'Content-Type': type }).expect(415);
    }
    await upload(Buffer.from('{"imageUrl":null}'), { 'Content-Type': 'application/json' }).expect(415);
    const { body } = await request(app).post(`${room}/image`).expect(422);
    expect(body.errors[0]).to.deep.equal({ path: '/body', message: 'is required' });
  });

  it('[IMG-2] is judged by its content, and refused with the field that has it', async () => {
    for (const [bytes, code] of [
      [Buffer.from('GIF89a, no doubt'), 'image_unsupported'],
      [Buffer.alloc(0), 'image_unsupported'],
      [bomb, 'image_too_large'],
      [png.subarray(0, 20), 'image_corrupt'],
    ] as const) {
      const inForm = await upload(form(part(FILE, bytes)), FORM).expect(422);
      expect(inForm.body, code).to.include({ code });
      expect(inForm.body.errors[0].path).to.equal('/body/image');
      if (bytes.length === 0) continue;
      const raw = await upload(bytes, asPng).expect(422);
      expect(raw.body, code).to.include({ code });
      expect(raw.body.errors[0].path).to.equal('/body');
    }
    expect((await request(app).get(room)).body).to.include({ hasImage: false, seq: 1 });
  });

  it('has at most 20 MB, as a body, in a form, in chunks', async () => {
    await upload(padded(IMAGE_BYTES_LIMIT), asPng).expect(200);
    await upload(form(part(FILE, padded(IMAGE_BYTES_LIMIT))), FORM).expect(200);
    const large = padded(IMAGE_BYTES_LIMIT + 1);
    for (const [answer, path] of [
      [await upload(large, asPng).expect(413), '/body'],
      [await upload(form(part(FILE, large)), FORM).expect(413), '/body/image'],
      [await upload(form(part(FILE, padded(2 * IMAGE_BYTES_LIMIT))), FORM).expect(413), '/body/image'],
    ] as const) {
      expect(answer.body.code).to.equal('too_large');
      expect(answer.body.errors[0].path).to.equal(path);
    }
    await serving(test, async (port) => {
      const body = new Blob([new Uint8Array(large)]).stream();
      const chunked = { method: 'POST', headers: asPng, body, duplex: 'half' } as RequestInit;
      const answer = await fetch(`http://127.0.0.1:${port}${room}/image`, chunked);
      expect(answer.status).to.equal(413);
    });
  });

  it('is the one file of its form: what else is in it is named', async () => {
    for (const [parts, path, message] of [
      [[], '/body/image', 'is required'],
      [[part('name="image"', 'text')], '/body/image', 'must be a file'],
      [[part(FILE, png), part(FILE, png)], '/body/image', 'must be given once'],
      [[part('name="picture"; filename="a.png"', png)], '/body/picture', 'is unknown here'],
      [[part(FILE, png), part('name="a/b"', 'x')], '/body/a~1b', 'is unknown here'],
      [[part(FILE, png), part('name="caf\u00e9"', 'x')], '/body/caf\u00e9', 'is unknown here'],
      [[part('filename="a.png"', png)], '/body/', 'is unknown here'],
    ] as const) {
      const { body } = await upload(form(...parts), FORM).expect(422);
      expect(body.errors, path).to.deep.equal([{ path, message }]);
    }
    expect((await request(app).get(room)).body.seq).to.equal(1);
  });

  it('is refused as malformed where the form is broken', async () => {
    const whole = form(part(FILE, png));
    for (const body of [
      whole.subarray(0, whole.length - 6),
      whole.subarray(0, 30),
      Buffer.from('no form at all'),
      Buffer.from(`--${BOUNDARY}\r\nNo header at all\r\n\r\n--${BOUNDARY}--\r\n`),
    ]) {
      const { body: problem } = await upload(body, FORM).expect(400);
      expect(problem.code).to.equal('malformed_request');
    }
    await upload(whole, { 'Content-Type': 'multipart/form-data' }).expect(400);
    await upload(whole, { 'Content-Type': 'multipart/form-data; boundary=' }).expect(400);
    await request(app).get(room).expect(200);
  });

  it('[DOC-3] is set once with one Idempotency-Key, by whom the header names', async () => {
    const headers = { ...asPng, 'Idempotency-Key': 'picture', 'X-User-Id': 'ann' };
    const { body } = await upload(png, headers).expect(200);
    expect((await upload(png, headers).expect(200)).body).to.deep.equal(body);
    const { body: events } = await request(app).get(`${room}/events`).expect(200);
    expect(events.items).to.have.length(2);
    expect(events.items[1]).to.include({ user: 'ann', operationId: 'picture' });
  });

  it('is not stored twice where two rooms have the same', async () => {
    const { blobs } = rooms.runtime.store;
    await upload(png, asPng).expect(200);
    const first = (await request(app).get(`${room}/image`)).headers['etag'];
    room = await newRoom(test);
    await upload(png, asPng).expect(200);
    expect((await request(app).get(`${room}/image`)).headers['etag']).to.equal(first);
    expect(await blobs.get(first?.replaceAll('"', '') ?? '')).to.have.length(png.length);
  });
});

describe('an upload that does not end well', () => {
  const KIB = 1024;
  const SILENCE_MS = 60;
  const test = testApp({ uploadLimits: { bytesAtOnce: 100 * KIB, silenceMs: SILENCE_MS } });
  const patient = testApp({ uploadLimits: { bytesAtOnce: 100 * KIB, silenceMs: 60_000 } });

  /** Head of an upload, then some of its bytes. The rest never comes. */
  async function begin(port: number, path: string, bytes: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const head = [`POST ${path}/image HTTP/1.1`, 'Host: x', 'Content-Type: image/png'];
    socket.write(`${head.join('\r\n')}\r\nContent-Length: ${90 * KIB}\r\n\r\n`);
    if (bytes > 0) await new Promise((resolve) => socket.write(padded(bytes), resolve));
    return socket;
  }
  /** All that is answered until the connection ends. */
  async function answerOf(socket: Socket): Promise<string> {
    let text = '';
    socket.setEncoding('utf8').on('data', (some: string) => {
      text += some;
    });
    await once(socket, 'close');
    return text;
  }
  const send = (port: number, room: string, bytes: number): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${room}/image`, {
      method: 'POST',
      headers: { 'Content-Type': 'image/png' },
      body: new Uint8Array(padded(bytes)),
    });

  it('[HTTP-2] because it stalls is answered 408, and its connection closed', async () => {
    const room = await newRoom(test);
    await serving(test, async (port) => {
      const answer = await answerOf(await begin(port, room, 80 * KIB));
      expect(answer)
        .to.match(/^HTTP\/1\.1 408 /)
        .and.contain('"code":"request_timeout"');
      expect(answer).to.match(/^connection: close/im);
      expect((await send(port, room, 90 * KIB)).status).to.equal(200);
    });
  });

  it('[HTTP-2] because too many come at once is answered 503, until others are done or gone', async () => {
    const room = await newRoom(patient);
    await serving(patient, async (port) => {
      const stalled = await begin(port, room, 80 * KIB);
      // It shares the way to the server with the other: wait until its bytes have arrived.
      let refused = await send(port, room, 90 * KIB);
      while (refused.status === 200) refused = await send(port, room, 90 * KIB);
      expect(refused.status).to.equal(503);
      expect(refused.headers.get('retry-after')).to.match(/^\d+$/);
      expect(((await refused.json()) as { code: string }).code).to.equal('overloaded');
      stalled.destroy();
      let next = await send(port, room, 90 * KIB);
      while (next.status === 503) next = await send(port, room, 90 * KIB);
      expect(next.status).to.equal(200);
    });
  });

  it('[ROOM-21] because its caller hangs up leaves nothing', async () => {
    const room = await newRoom(patient);
    await serving(patient, async (port) => {
      for (let i = 0; i < 20; i++) (await begin(port, room, i * KIB)).destroy();
      let next = await send(port, room, 90 * KIB);
      while (next.status === 503) next = await send(port, room, 90 * KIB);
      expect(next.status).to.equal(200);
    });
    const { body } = await request(patient.app).get(`${room}/events`).expect(200);
    expect(body.items.map(({ kind }: { kind: string }) => kind)).to.deep.equal([
      'document.created',
      'document.updated',
    ]);
  });

  it('because there is no such room is answered before it is sent', async () => {
    await serving(patient, async (port) => {
      const socket = await begin(port, `/v1/rooms/${UNKNOWN_ID}`, 0);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).to.match(/^HTTP\/1\.1 404 /);
      socket.destroy();
    });
  });
});
