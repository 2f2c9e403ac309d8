import { once } from 'node:events';
import { expect } from 'chai';
import {
  Client,
  clientFrame,
  DOCUMENT_ID,
  type Harness,
  handshakeText,
  OTHER_ID,
  readToEnd,
  readUntil,
  settle,
  startHarness,
  until,
} from './harness.ts';

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly problem: { readonly code: string; readonly status: number; readonly detail: string };
}

async function ask(harness: Harness, text: string): Promise<Answer> {
  const socket = await harness.dial();
  socket.write(text);
  const [head = '', body = ''] = String(await readToEnd(socket)).split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Map(lines.map((line) => [line.split(': ')[0] ?? '', line.split(': ')[1] ?? '']));
  return { status: Number(statusLine.split(' ')[1]), headers, problem: JSON.parse(body) };
}

const PATH = `/v1/realtime?document_id=${DOCUMENT_ID}`;

describe('a handshake', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness({ corsOrigins: ['https://app.example.com'], limits: { sockets: 2 } });
    harness.documents.add(DOCUMENT_ID);
  });
  afterEach(async () => {
    await harness.close();
  });

  const refusals: readonly [string, string, number, string][] = [
    ['an unknown path', handshakeText('/v1/nothing'), 404, 'not_found'],
    ['an unknown document', handshakeText(`/v1/realtime?document_id=${OTHER_ID}`), 404, 'not_found'],
    ['no document', handshakeText('/v1/realtime'), 422, 'invalid'],
    ['a broken escape', handshakeText(`${PATH}&user_id=%`), 400, 'malformed_request'],
    ['a foreign origin', handshakeText(PATH, { Origin: 'http://evil.example' }), 403, 'forbidden'],
    ['no key', handshakeText(PATH, { 'Sec-WebSocket-Key': '' }), 400, 'malformed_request'],
    ['a short key', handshakeText(PATH, { 'Sec-WebSocket-Key': 'abc=' }), 400, 'malformed_request'],
    ['no version', handshakeText(PATH, { 'Sec-WebSocket-Version': '' }), 400, 'malformed_request'],
    ['an old version', handshakeText(PATH, { 'Sec-WebSocket-Version': '8' }), 426, 'upgrade_required'],
    [
      'a broken subprotocol',
      handshakeText(PATH, { 'Sec-WebSocket-Protocol': ',,' }),
      400,
      'malformed_request',
    ],
    ['a POST', handshakeText(PATH).replace('GET', 'POST'), 405, 'method_not_allowed'],
  ];
  for (const [what, text, status, code] of refusals) {
    it(`with ${what} is answered ${status} before the upgrade`, async () => {
      const answer = await ask(harness, text);
      expect(answer.status).to.equal(status);
      expect(answer.problem).to.include({ code, status });
      expect(answer.headers.get('Content-Type')).to.equal('application/problem+json');
      expect(answer.headers.get('Connection')).to.equal('close');
      expect(answer.headers.get('X-Request-Id')).to.be.a('string');
      expect(harness.sockets.count()).to.equal(0);
      expect(harness.rejected).to.deep.equal([code]);
    });
  }

  it('of a wrong version is told the right one', async () => {
    const answer = await ask(harness, handshakeText(PATH, { 'Sec-WebSocket-Version': '25' }));
    expect(answer.headers.get('Sec-WebSocket-Version')).to.equal('13');
  });

  it('from a page of this server or of a listed origin is accepted', async () => {
    for (const origin of [`http://127.0.0.1:${harness.port}`, 'https://app.example.com']) {
      const client = new Client(harness.url(), { origin });
      await client.hearType('welcome');
      client.ws.close();
      await client.closed;
    }
  });

  it('is answered 503 with Retry-After while the server stops', async () => {
    harness.stopping = true;
    const answer = await ask(harness, handshakeText(PATH));
    expect(answer.status).to.equal(503);
    expect(Number(answer.headers.get('Retry-After'))).to.be.greaterThan(0);
  });

  it('is answered 503 where the server begins to stop during the lookup', async () => {
    harness.documents.beforeFind = async () => {
      harness.stopping = true;
    };
    expect((await ask(harness, handshakeText(PATH))).status).to.equal(503);
  });

  it('is answered 503 where there are too many sockets, and accepted when one has left', async () => {
    const [first] = [await harness.join(), await harness.join()];
    const answer = await ask(harness, handshakeText(PATH));
    expect(answer.status).to.equal(503);
    expect(answer.problem.code).to.equal('overloaded');
    expect(answer.headers.has('Retry-After')).to.equal(true);
    first.ws.close();
    await first.closed;
    await until(harness, () => harness.sockets.count() === 1);
    await harness.join();
  });

  it('counts handshakes under way as sockets', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let lookups = 0;
    harness.documents.beforeFind = () => {
      lookups += 1;
      return held;
    };
    const clients = [new Client(harness.url()), new Client(harness.url())];
    await until(harness, () => lookups === 2);
    expect((await ask(harness, handshakeText(PATH))).status).to.equal(503);
    release();
    for (const client of clients) await client.hearType('welcome');
  });

  it('is answered 500 without a detail where the lookup fails, and the defect is logged', async () => {
    harness.documents.beforeFind = () => Promise.reject(new Error('disk on fire'));
    const answer = await ask(harness, handshakeText(PATH));
    expect(answer.status).to.equal(500);
    expect(answer.problem.detail).to.not.contain('fire');
    expect(harness.logged.some(({ msg }) => msg === 'handshake failed')).to.equal(true);
  });

  it('loses no frame that was sent along with it', async () => {
    const socket = await harness.dial();
    harness.documents.beforeFind = () => settle(harness);
    socket.write(
      Buffer.concat([
        Buffer.from(handshakeText(PATH)),
        clientFrame(1, '{"type":"ping","ts":1}'),
        clientFrame(1, '{"type":"ping","ts":2}'),
      ]),
    );
    const text = await readUntil(socket, '"ts":2}');
    expect(text).to.contain('101 Switching Protocols').and.contain('"ts":1');
  });

  it('that is reset during the lookup leaves nothing behind', async () => {
    let looked = (): void => undefined;
    const lookedUp = new Promise<void>((resolve) => {
      looked = resolve;
    });
    const socket = await harness.dial();
    const gone = once(harness.server, 'connection').then(() => undefined);
    harness.documents.beforeFind = async () => {
      socket.resetAndDestroy();
      await settle(harness);
      looked();
    };
    socket.write(handshakeText(PATH));
    await lookedUp;
    await gone;
    await until(harness, () => harness.sockets.count() === 0);
    await harness.join();
    await harness.join();
  });

  it('that is half closed during the lookup leaves nothing behind', async () => {
    const socket = await harness.dial();
    harness.documents.beforeFind = async () => {
      socket.end();
      await settle(harness);
    };
    socket.write(handshakeText(PATH));
    await readToEnd(socket);
    await until(harness, () => harness.sockets.count() === 0);
  });
});
