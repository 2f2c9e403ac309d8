import { expect } from 'chai';
import { exchange } from '../helpers/raw-request.ts';
import { createDocument, exportTo, useServer } from '../helpers/server.ts';

describe('odd requests', () => {
  const server = useServer();

  it('[HTTP-1] that offer another protocol are answered as if they did not, with their body', async () => {
    const body = JSON.stringify({ name: 'From a client that offers h2c' });
    const answer = await exchange(
      server.now.port,
      [
        'POST /v1/documents HTTP/1.1',
        'Host: troupe',
        'Connection: Upgrade, HTTP2-Settings, close',
        'Upgrade: h2c',
        'HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
    expect(answer).to.match(/^HTTP\/1\.1 201 /);
    expect(answer).to.include('From a client that offers h2c');
  });

  it('[HTTP-1] with a target that is no address get a problem, those with one in absolute form an answer', async () => {
    const get = (target: string) =>
      exchange(server.now.port, `GET ${target} HTTP/1.1\r\nHost: troupe\r\nConnection: close\r\n\r\n`);
    const broken = await get('http://[/healthz');
    expect(broken).to.match(/^HTTP\/1\.1 400 /);
    expect(broken).to.include('application/problem+json');
    expect(await get('http://troupe/healthz')).to.match(/^HTTP\/1\.1 200 /);
  });

  it('for the picture of a deleted document find nothing, as for everything else that it held', async () => {
    const document = await createDocument(server.now);
    const client = await server.now.join(document.id);
    const job = await exportTo(server.now, client, { document_id: document.id, format: 'png' });
    const file = `${server.now.url}${job.result_url}`;
    expect((await fetch(file)).status).to.equal(200);
    await server.now.api.ok('deleteDocument', { path: { id: document.id } });
    expect((await fetch(file)).status).to.equal(404);
  });
});
