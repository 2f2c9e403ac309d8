import { expect } from 'chai';
import type { Annotation } from '../../protocol/entities.ts';
import { createBox, createDocument, useServer } from '../helpers/server.ts';

const MIB = 1024 * 1024;
/** Beyond what the kernel takes off a server's hands on the loopback, plus the budget of a socket. */
const FLOOD_BYTES = 24 * MIB;
/** The longest of its kind: about 300 KB in a frame. */
const long = Array.from({ length: 10_000 }, (_, i): [number, number, number] => [
  i + 0.123456789012,
  123_456.123456,
  0.5,
]);

describe('odd clients', () => {
  const server = useServer();

  it('[WS-4] that stop reading slow nobody down, are sent away, and catch up later', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const [stalled, lively] = [await server.now.join(document_id), await server.now.join(document_id)];
    stalled.ws.pause();
    const scribble = await api.ok('createAnnotation', {
      body: { document_id, type: 'freehand', geometry: { points: long } },
    });
    const path = { id: scribble.id };
    let sent = 0;
    for (let i = 0; sent < FLOOD_BYTES; i++) {
      const changed = await api.ok('updateAnnotation', { path, body: { content: `change ${i}` } });
      sent += JSON.stringify(changed).length;
      await lively.until(() => lively.seqs.length === i + 2);
    }
    const head = lively.seqs.at(-1) ?? 0;
    stalled.ws.resume();
    expect(await stalled.closed).to.include({ code: 1013 });
    const last = stalled.seqs.at(-1) ?? 1;
    expect(last).to.be.lessThan(head);
    const back = await server.now.join(document_id, { last_seq: last });
    await back.until(() => back.seqs.at(-1) === head);
    expect([...stalled.seqs, ...back.seqs]).to.deep.equal(lively.seqs);
  });

  it('[WS-3] that talk rubbish are told so, and may stay until it is too much', async () => {
    const { id } = await createDocument(server.now);
    const client = await server.now.join(id);
    client.say('{"type":');
    expect(await client.hear('error')).to.include({ code: 'bad_json' });
    for (const message of [null, 5, [], {}, { type: 'nope' }, { type: 'presence', cursor: 'here' }]) {
      client.say(JSON.stringify(message));
    }
    await client.until(() => client.of('error').length === 7);
    expect(
      client
        .of('error')
        .slice(1)
        .map(({ code }) => code),
    ).to.deep.equal(Array(6).fill('bad_message'));
    client.say({ type: 'ping', ts: 7 });
    expect(await client.hear('pong')).to.deep.equal({ type: 'pong', ts: 7 });
    await createBox(server.now, id);
    await client.hear('annotation.created');
    for (let i = 0; i < 20; i++) client.say('rubbish');
    expect(await client.closed).to.include({ code: 1008 });
  });

  it('[WS-3] that send bytes are told so; those that send far too much are closed, and nobody else', async () => {
    const { id } = await createDocument(server.now);
    const [client, huge] = [await server.now.join(id), await server.now.join(id)];
    client.say(Buffer.from([1, 2, 3]));
    expect(await client.hear('error')).to.include({ code: 'bad_message' });
    huge.say(' '.repeat(64 * 1024 + 1));
    expect(await huge.closed).to.include({ code: 1009 });
    client.say({ type: 'ping' });
    await client.hear('pong');
  });

  it('[HTTP-1] that ask with HEAD and OPTIONS are answered without a body', async () => {
    const { id } = await createDocument(server.now);
    const url = `${server.now.url}/v1/documents/${id}`;
    const [get, head] = [await fetch(url), await fetch(url, { method: 'HEAD' })];
    expect(head.status).to.equal(200);
    for (const name of ['etag', 'content-type', 'content-length']) {
      expect(head.headers.get(name), name).to.equal(get.headers.get(name));
    }
    expect(await head.text()).to.equal('');
    await get.arrayBuffer();
    const options = await fetch(url, { method: 'OPTIONS' });
    expect(options.status).to.equal(204);
    const allowed = options.headers.get('allow')?.split(', ').sort();
    expect(allowed).to.deep.equal(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH']);
    const put = await fetch(url, { method: 'PUT', body: '{}' });
    expect(put.status).to.equal(405);
    expect(put.headers.get('allow')).to.equal(options.headers.get('allow'));
    expect(await put.json()).to.include({ code: 'method_not_allowed' });
  });

  const post = (path: string, body: string): Promise<Response> =>
    fetch(`${server.now.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
  const padded = (body: object, bytes: number): string => JSON.stringify(body).padEnd(bytes, ' ');

  for (const [what, path, limit] of [
    ['1 MiB', '/v1/annotations', MIB],
    ['30 MiB where a picture may be in it', '/v1/documents', 30 * MIB],
  ] as const) {
    it(`[HTTP-2] that send a body of over ${what} are refused`, async () => {
      const { id: document_id } = await createDocument(server.now);
      const body =
        path === '/v1/documents'
          ? { name: 'Plan' }
          : { document_id, type: 'comment', geometry: { x: 1, y: 1 } };
      const fits = await post(path, padded(body, limit));
      expect(fits.status).to.equal(201);
      expect((await fits.json()) as Annotation).to.have.property('id');
      const over = await post(path, padded(body, limit + 1));
      expect(over.status).to.equal(413);
      expect(await over.json()).to.include({ code: 'too_large' });
    });
  }

  it('[IMG-2] that send a picture of over 20 MiB are refused', async () => {
    const bytes = Buffer.alloc(20 * MIB + 1);
    Buffer.from('89504e470d0a1a0a', 'hex').copy(bytes);
    const image_url = `data:image/png;base64,${bytes.toString('base64')}`;
    const response = await post('/v1/documents', JSON.stringify({ name: 'Plan', image_url }));
    expect(response.status).to.equal(422);
    expect(await response.json()).to.include({ code: 'image_too_large' });
  });
});
