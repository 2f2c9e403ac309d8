import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import request from 'supertest';
import { testApp } from './test-app.ts';

const MIB = 1024 * 1024;

describe('a JSON body', () => {
  const { app } = testApp();
  const post = (body: string | Buffer, headers: Record<string, string> = {}): request.Test =>
    request(app)
      .post('/v1/documents')
      .set({ 'Content-Type': 'application/json', ...headers })
      .serialize((data: unknown) => data as string)
      .send(body as string);
  const document = JSON.stringify({ name: 'Plan' });

  it('is refused as malformed where it is no JSON', async () => {
    for (const body of [
      '{',
      '{"name":}',
      "{'name':'x'}",
      'undefined',
      '{"name":"x"} trailing',
      '{"name":NaN}',
      ' ',
    ]) {
      const answer = await post(body).expect(400);
      expect(answer.body.code, body).to.equal('malformed_request');
    }
  });

  it('is refused as malformed where it is no UTF-8', async () => {
    await post(Buffer.from('{"name":"\xe9"}', 'latin1')).expect(400);
    await post(Buffer.from([0x7b, 0xff, 0x7d])).expect(400);
  });

  it('may begin with a byte order mark', async () => {
    await post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(document)])).expect(201);
  });

  it('may say its charset, which must be UTF-8', async () => {
    for (const type of [
      'application/json; charset=utf-8',
      'Application/JSON;charset="UTF-8"',
      'application/json;a=b',
    ]) {
      await post(document, { 'Content-Type': type }).expect(201);
    }
    for (const charset of ['latin1', 'utf-16', 'utf-7', 'nonsense', '']) {
      await post(document, { 'Content-Type': `application/json; charset=${charset}` }).expect(415);
    }
  });

  it('is refused under any other media type', async () => {
    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data',
      'application/jsonx',
      'json',
      '*/*',
    ]) {
      const answer = await post(document, { 'Content-Type': type }).expect(415);
      expect(answer.body.code, type).to.equal('unsupported_media_type');
    }
  });

  it('may be compressed', async () => {
    await post(gzipSync(document), { 'Content-Encoding': 'gzip' }).expect(201);
    await post(deflateSync(document), { 'Content-Encoding': 'deflate' }).expect(201);
    await post(brotliCompressSync(document), { 'Content-Encoding': 'br' }).expect(201);
    await post(gzipSync(document), { 'Content-Encoding': 'GZIP' }).expect(201);
  });

  it('must be compressed in the way that it says', async () => {
    await post('not gzip', { 'Content-Encoding': 'gzip' }).expect(400);
    await post(gzipSync(document).subarray(0, 12), { 'Content-Encoding': 'gzip' }).expect(400);
    await post('not brotli', { 'Content-Encoding': 'br' }).expect(400);
    await post(document, { 'Content-Encoding': 'lzma' }).expect(415);
    await post(gzipSync(gzipSync(document)), { 'Content-Encoding': 'gzip, gzip' }).expect(415);
  });

  it('is refused over 1 MB, over 30 MB where it may carry an image', async () => {
    const annotation = Buffer.from(JSON.stringify({ content: 'x'.repeat(MIB) }));
    await request(app)
      .post('/v1/annotations')
      .set('Content-Type', 'application/json')
      .send(annotation.toString())
      .expect(413);
    const name = 'x'.repeat(2 * MIB);
    await post(JSON.stringify({ name })).expect(422);
    const answer = await post(JSON.stringify({ name: 'x'.repeat(30 * MIB) })).expect(413);
    expect(answer.body.code).to.equal('too_large');
  });

  it('is measured after decompression: a bomb is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * MIB, ' '));
    expect(bomb.length).to.be.lessThan(MIB);
    await post(bomb, { 'Content-Encoding': 'gzip' }).expect(413);
  });

  it('may carry an image of many megabytes', async () => {
    const image_url = `data:image/png;base64,${'A'.repeat(28 * MIB)}`;
    await post(JSON.stringify({ name: 'large', image_url })).expect(201);
  });

  it('is refused at once where it is nested without end', async () => {
    const deep = 250_000;
    const nested = `{"name":${'['.repeat(deep)}${']'.repeat(deep)}}`;
    const { body } = await post(nested).expect(422);
    expect(body.errors[0].message).to.contain('nested deeper');
    await post('['.repeat(deep)).expect(400);
  });

  it('must not hold a lone surrogate, whether escaped or not', async () => {
    const escaped = await post('{"name":"a\\ud800b"}').expect(422);
    expect(escaped.body.errors).to.deep.equal([{ path: '/body/name', message: 'has a lone surrogate' }]);
    await post('{"name":"a\\uD83D\\uDC69b"}').expect(201);
    await post(Buffer.from([...Buffer.from('{"name":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')])).expect(
      400,
    );
  });

  it('must not name __proto__', async () => {
    const { body } = await post('{"name":"x","__proto__":{"admin":true}}').expect(422);
    expect(body.errors[0].path).to.equal('/body/__proto__');
    expect(({} as { admin?: boolean }).admin).to.equal(undefined);
  });

  it('is not read by an operation that has none', async () => {
    const get = request(app).get('/v1/documents').set('Content-Type', 'application/nonsense');
    await get.send('{').expect(200);
  });
});

describe('a Content-Type', () => {
  const { app } = testApp();
  const NativeFunction = globalThis.Function;
  let compiled = 0;
  // Ajv compiles by `new Function`: nothing else of the server does.
  before(() => {
    globalThis.Function = new Proxy(NativeFunction, {
      construct(target, parts: string[]) {
        compiled += 1;
        return Reflect.construct(target, parts);
      },
    });
  });
  after(() => {
    globalThis.Function = NativeFunction;
  });

  it('costs no memory by being different every time', async () => {
    const send = async (i: number): Promise<void> => {
      const type = `application/json; charset=utf-8; x-${i}=${i}`;
      await request(app).post('/v1/documents').set('Content-Type', type).send('{"name":"x"}').expect(201);
      await request(app)
        .post('/v1/documents')
        .set('Content-Type', `application/x-${i}`)
        .send('{}')
        .expect(415);
      await request(app).post('/v1/documents').set('Content-Type', type).send('{}').expect(422);
      await request(app).get('/v1/versions').set('Content-Type', `a/b-${i}`).expect(200);
    };
    await send(0);
    expect(compiled).to.be.greaterThan(0);
    const once = compiled;
    for (let i = 1; i < 20; i++) await send(i);
    expect(compiled).to.equal(once);
  });
});
