import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import { closeSilentConnections, createHttpServer } from '../../http/server.ts';
import { testApp } from './test-app.ts';

interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

describe('the HTTP server', () => {
  const { app, lines } = testApp();
  let server: Server;
  before(async () => {
    server = createHttpServer(app, pino({ level: 'silent' }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Sends bytes as they are and reads until the server closes. */
  async function raw(bytes: string | Buffer): Promise<RawAnswer> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await once(socket, 'close');
    const text = Buffer.concat(chunks).toString('latin1');
    const at = text.indexOf('\r\n\r\n');
    return { status: Number(text.slice(9, 12)), head: text.slice(0, at), body: text.slice(at + 4) };
  }

  const get = (path: string, ...headers: string[]): string =>
    [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');

  function expectProblem(answer: RawAnswer, status: number, code: string): void {
    expect(answer.status).to.equal(status);
    expect(answer.head)
      .to.match(/content-type: application\/problem\+json/i)
      .and.to.match(/connection: close/i);
    expect(JSON.parse(answer.body)).to.include({ status, code });
  }

  it('lets go of connections on which nothing was ever said, and of no other', async () => {
    const { port } = server.address() as AddressInfo;
    const [silent, slow] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await Promise.all([once(silent, 'connect'), once(slow, 'connect')]);
    const answer = once(slow, 'data');
    slow.write(get('/healthz').slice(0, 20));
    // A whole request behind it: what the server reads, it reads in order of arrival.
    await raw(get('/healthz'));
    closeSilentConnections(server);
    await once(silent, 'close');
    slow.write(get('/healthz').slice(20));
    expect(String(await answer)).to.match(/^HTTP\/1\.1 200 /);
    slow.destroy();
  });

  it('answers what is no HTTP by a problem and closes', async () => {
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n',
    ]) {
      expectProblem(await raw(bytes), 400, 'malformed_request');
    }
    expectProblem(await raw(get('/healthz', 'X-User-Id: a\0b')), 400, 'malformed_request');
    const smuggled =
      'POST /v1/documents HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expectProblem(await raw(smuggled), 400, 'malformed_request');
  });

  it('answers headers and addresses that are too long by 431', async () => {
    expectProblem(await raw(get('/healthz', `X-Long: ${'x'.repeat(20_000)}`)), 431, 'headers_too_large');
    expectProblem(await raw(get(`/${'x'.repeat(20_000)}`)), 431, 'headers_too_large');
    expect((await raw(get(`/v1/documents/${'x'.repeat(10_000)}`))).status).to.equal(404);
  });

  it('is no proxy', async () => {
    expectProblem(
      await raw('CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n'),
      405,
      'method_not_allowed',
    );
    expect((await raw(get('http://x/healthz'))).status).to.equal(200);
  });

  it('takes a body in chunks, and with an expectation', async () => {
    const head =
      'POST /v1/documents HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"nam\r\n7\r\ne":"x"}\r\n0\r\n\r\n`;
    expect((await raw(chunked)).status).to.equal(201);
    const expecting = await raw(`${head}Content-Length: 12\r\nExpect: 100-continue\r\n\r\n{"name":"x"}`);
    expect(expecting.status).to.equal(100);
    expect(expecting.body).to.contain('HTTP/1.1 201');
    expect((await raw(`${head}Content-Length: 12\r\nExpect: a-miracle\r\n\r\n{"name":"x"}`)).status).to.equal(
      201,
    );
  });

  it('reads no further than Content-Length', async () => {
    const head =
      'POST /v1/documents HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';
    expectProblem(await raw(`${head}Content-Length: 6\r\n\r\n{"name":"x"}`), 400, 'malformed_request');
    expectProblem(await raw(`${head}Content-Length: nonsense\r\n\r\n{}`), 400, 'malformed_request');
    expectProblem(await raw(`${head}Content-Length: -1\r\n\r\n{}`), 400, 'malformed_request');
  });

  it('survives a caller that hangs up in the middle of a body', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      'POST /v1/documents HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\nX-Request-Id: gone\r\n\r\n{"na',
    );
    await once(server, 'request');
    socket.destroy();
    while (!lines.some((line) => line.request_id === 'gone'))
      await new Promise((resolve) => setImmediate(resolve));
    const logged = lines.filter((line) => line.request_id === 'gone');
    expect(logged).to.have.length(1);
    expect(logged[0]).to.include({ msg: 'request', aborted: true, level: 30 });
    expect((await raw(get('/healthz'))).status).to.equal(200);
  });

  it('has limits of time, longer for an idle connection than a load balancer has', () => {
    expect(server.keepAliveTimeout).to.be.greaterThan(60_000);
    expect(server.headersTimeout).to.be.within(5_000, 60_000);
    expect(server.requestTimeout).to.be.within(server.headersTimeout, 300_000);
  });
});
