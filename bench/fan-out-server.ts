import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createControlServer } from 'node:net';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import { Publisher } from '../actors/publisher.ts';
import { attachSockets } from '../http/sockets/server.ts';
import { silentMetrics } from '../test/helpers/silent-metrics.ts';
import { DOCUMENT_ID, type Measured, type Ports, type ToServer, type Way } from './fan-out-orders.ts';

/** Messages under way to each socket; far below the budget of a slow reader. */
const UNDER_WAY = 256;
const AT = '2026-11-21T07:00:00.000Z';

const annotation = {
  id: '11111111-2222-4333-8444-555555555555',
  document_id: DOCUMENT_ID,
  type: 'box',
  geometry: { x: 10.5, y: 20.25, width: 300, height: 200 },
  style: { stroke: '#e03131', stroke_width: 2 },
  content: '',
  parent_id: null,
  group_id: null,
  version: 1,
  status: 'active',
  created_at: AT,
  updated_at: AT,
  created_by: 'ann',
  updated_by: 'ann',
};

let seq = 0;
/** Frames that the clients have, of all that were ever sent to them. */
let received = 0;
let onProgress = (): void => undefined;

const progress = (): Promise<void> =>
  new Promise((resolve) => {
    onProgress = resolve;
  });

/** The product's own path from a fact to the sockets: publisher, door, connections. */
function createTroupe(): { server: Server; publish: (messages: number) => void } {
  let flush = (): void => undefined;
  const turnEnd = {
    schedule(publisher: { flush(): void }) {
      flush = () => publisher.flush();
    },
  };
  const gatherTimer = { start: () => undefined };
  const publisher = new Publisher(DOCUMENT_ID, { turnEnd, gatherTimer, metrics: silentMetrics });
  const server = createServer();
  attachSockets(server, {
    documents: {
      find: async () => ({
        join: (subscriber) =>
          publisher.join(subscriber, { seq, snapshotSeq: 0, missed: [], opening: undefined }),
        leave: (id) => publisher.leave(id),
        setPresence: () => undefined,
        touchPresence: () => undefined,
      }),
    },
    metrics: silentMetrics,
    logger: pino({ level: 'silent' }),
    corsOrigins: [],
    stopping: () => false,
  });
  const publish = (messages: number): void => {
    for (let count = 0; count < messages; count += 1) {
      seq += 1;
      publisher.fact(seq, { type: 'annotation.updated', annotation });
    }
    flush();
  };
  return { server, publish };
}

/** What one writes first: stringify once, send to each. */
function createRelay(): { server: Server; publish: (messages: number) => void } {
  const server = createServer();
  const relay = new WebSocketServer({ server, perMessageDeflate: false });
  const publish = (messages: number): void => {
    for (let count = 0; count < messages; count += 1) {
      seq += 1;
      const text = JSON.stringify({ type: 'annotation.updated', seq, document_id: DOCUMENT_ID, annotation });
      for (const client of relay.clients) client.send(text);
    }
  };
  return { server, publish };
}

async function measure(order: ToServer, publish: (messages: number) => void): Promise<Measured> {
  const { sockets, turn, ms } = order;
  const base = received;
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  let published = 0;
  while (performance.now() - startedAt < ms) {
    if (published * sockets - (received - base) > UNDER_WAY * sockets) {
      await progress();
      continue;
    }
    publish(turn);
    published += turn;
    await new Promise((resolve) => setImmediate(resolve));
  }
  while (received - base < published * sockets) await progress();
  const used = process.cpuUsage(cpu);
  return {
    deliveries: published * sockets,
    seconds: (performance.now() - startedAt) / 1_000,
    cpuSeconds: (used.user + used.system) / 1e6,
  };
}

async function listen(server: Pick<Server, 'listen' | 'address' | 'once'>): Promise<number> {
  const listening = new Promise<void>((resolve) => {
    server.once('listening', () => resolve());
  });
  server.listen(0, '127.0.0.1');
  await listening;
  return (server.address() as AddressInfo).port;
}

const ways = { troupe: createTroupe(), relay: createRelay() } satisfies Record<Way, unknown>;
const control = createControlServer((socket) => {
  socket.on('data', (chunk) => {
    received = Number(chunk.toString().trimEnd().split('\n').at(-1));
    onProgress();
  });
});
control.listen(0, '127.0.0.1');
await once(control, 'listening');
process.on('message', (order: ToServer) => {
  void measure(order, ways[order.way].publish).then((measured) => process.send?.(measured));
});
const ports: Ports = {
  troupe: await listen(ways.troupe.server),
  relay: await listen(ways.relay.server),
  control: (control.address() as AddressInfo).port,
};
process.send?.(ports);
