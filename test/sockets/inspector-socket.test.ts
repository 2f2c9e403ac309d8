import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import { Inspection } from '../../actors/inspection.ts';
import { attachSockets, type SocketServer } from '../../http/sockets/server.ts';
import { exchange } from '../helpers/raw-request.ts';
import { ALICE, createRuntime, newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { Client, handshakeText } from './harness.ts';

const ADD = { type: 'add', by: 1 } as const;

interface Started {
  readonly port: number;
  readonly runtime: Runtime;
  readonly lines: string[];
  stop(): Promise<void>;
}

/** The inspector's door on a free port, in front of a real runtime. */
async function start(debugToken?: string, corsOrigins: readonly string[] = []): Promise<Started> {
  const runtime = createRuntime();
  const server: Server = createServer((_request, response) => response.writeHead(404).end());
  const lines: string[] = [];
  const sockets: SocketServer = attachSockets(server, {
    documents: runtime.documents,
    inspector: { inspection: new Inspection(runtime.documents), debugToken },
    logger: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }),
    metrics: { connectedClients: () => undefined, rejected: () => undefined },
    corsOrigins,
    stopping: () => false,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    runtime,
    lines,
    async stop() {
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await runtime.documents.stop();
    },
  };
}

describe('/debug/actors/stream', () => {
  let started: Started;
  afterEach(() => started.stop());

  const url = (query = '') => `ws://127.0.0.1:${started.port}/debug/actors/stream${query}`;
  const refusal = async (query: string, headers: Readonly<Record<string, string>> = {}) => {
    const text = handshakeText(`/debug/actors/stream${query}`, headers);
    const [head = '', body = ''] = (await exchange(started.port, text)).split('\r\n\r\n');
    return { status: Number(head.split(' ')[1]), code: JSON.parse(body).code };
  };

  it('[INS-5] is open to this machine, and to nobody through a proxy or by a foreign name', async () => {
    started = await start();
    const client = new Client(url());
    await client.hearType('welcome');
    expect(await refusal('', { 'X-Forwarded-For': '127.0.0.1' })).to.deep.equal({
      status: 403,
      code: 'forbidden',
    });
    expect(await refusal('', { Host: 'evil.example' })).to.deep.equal({ status: 403, code: 'forbidden' });
    client.ws.terminate();
  });

  it('[INS-5] is open to whoever has the debug token, where one is set; it is in no log', async () => {
    started = await start('s3cret');
    expect(await refusal('')).to.deep.equal({ status: 401, code: 'unauthorized' });
    expect(await refusal('?token=wrong')).to.deep.equal({ status: 401, code: 'unauthorized' });
    const client = new Client(url('?token=s3cret'));
    await client.hearType('welcome');
    client.ws.terminate();
    expect(started.lines.join('')).not.to.contain('s3cret');
  });

  it('[INS-5] is closed to pages of other origins, and to what it does not know', async () => {
    started = await start();
    const origin = { Origin: 'http://evil.example' };
    expect(await refusal('', origin)).to.deep.equal({ status: 403, code: 'forbidden' });
    expect(await refusal('?tokn=1')).to.deep.equal({ status: 422, code: 'invalid' });
    const own = new Client(url(), { origin: `http://127.0.0.1:${started.port}` });
    await own.hearType('welcome');
    own.ws.terminate();
  });

  it('[INS-5] is closed to pages of all origins where all may use the other doors, but not to those that are named', async () => {
    started = await start(undefined, ['*', 'http://dev.example']);
    const origin = { Origin: 'http://evil.example' };
    expect(await refusal('', origin)).to.deep.equal({ status: 403, code: 'forbidden' });
    const named = new Client(url(), { origin: 'http://dev.example' });
    await named.hearType('welcome');
    named.ws.terminate();
  });

  it('[INS-5] takes sixteen at the same time, and another when one has gone', async () => {
    started = await start();
    const clients = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const client = new Client(url());
        await client.hearType('welcome');
        return client;
      }),
    );
    expect(await refusal('')).to.deep.equal({ status: 503, code: 'overloaded' });
    const [first] = clients;
    first?.ws.close();
    await first?.closed;
    const next = new Client(url());
    await next.hearType('welcome');
    for (const { ws } of [...clients, next]) ws.terminate();
  });

  it('[INS-1] shows a change of a document while it happens', async () => {
    started = await start();
    const counter = started.runtime.documents.open('counter', newDocumentId());
    await counter.execute(ADD, ALICE);
    const client = new Client(url());
    await client.hearType('welcome');
    client.say({ type: 'watch', id: counter.id });
    await client.hearType('actor');
    await counter.execute(ADD, ALICE);
    const { records } = await client.hear(
      ({ type, records }) => type === 'records' && JSON.stringify(records).includes('"execute"'),
    );
    expect(records).to.be.an('array').that.is.not.empty;
    client.ws.terminate();
  });
});
