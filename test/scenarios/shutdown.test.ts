import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { beginPost } from '../helpers/raw-request.ts';
import { RealtimeClient } from '../helpers/realtime-client.ts';
import { createDocument, realtimeUrl, startTestServer, type TestServer } from '../helpers/server.ts';

describe('a server that is shut down', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer({ SHUTDOWN_GRACE_SECONDS: '5' });
  });
  afterEach(() => server.stop());

  it('finishes the requests that are under way, and takes no new ones', async () => {
    const { id } = await createDocument(server);
    const request = await beginPost(server.port, '/v1/versions', { document_id: id, tag: 'last' });
    await server.api.ok('getHealth'); // what was sent before is with the server now
    const stopped = server.shutDown();
    const refused = await fetch(`${server.url}/healthz`).catch((error: Error) => error);
    expect(refused).to.be.an('error');
    const answer = await request.finish();
    expect(answer).to.match(/^HTTP\/1\.1 201 /);
    expect(answer).to.contain('"tag":"last"');
    await stopped;
  });

  it('closes its sockets 1001 and lets nobody join', async () => {
    const { id } = await createDocument(server);
    const clients = await Promise.all([server.join(id), server.join(id)]);
    const stopped = server.shutDown();
    for (const client of clients) expect(await client.closed).to.include({ code: 1001 });
    const late = new RealtimeClient(realtimeUrl(server.url, { document_id: id }));
    expect((await late.closed).code).to.equal(1006);
    await stopped;
  });

  it('hands back the exports that wait, and leaves no half of a file', async () => {
    const { id: document_id } = await createDocument(server);
    const jobs = await Promise.all(
      Array.from({ length: 30 }, () =>
        server.api.ok('createExport', { body: { document_id, format: 'png', scale: 4 } }),
      ),
    );
    await server.shutDown();
    const files = await readdir(server.exportsDir);
    expect(files.length).to.be.lessThan(jobs.length);
    const names = jobs.map(({ id }) => `${id}.png`);
    for (const file of files) expect(names).to.include(file);
  });

  it('stops once, however often it is told to', async () => {
    await Promise.all([server.shutDown(), server.shutDown()]);
    await server.shutDown();
  });
});
