import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { CanvasHistory } from '../../client/canvases-api.ts';
import { Random } from '../../tools/soak/random.ts';
import { type TestServer, useServer } from '../helpers/server.ts';
import { CanvasClient } from '../sockets/canvas-client.ts';

const KEY = 'the key of moderators';
const FORGED =
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwIiwicm9sZSI6Im1vZGVyYXRvciIsImV4cCI6OTk5OTk5OTk5OX0.c2lnbmVkLWJ5LW1lLWFuZC1ub2JvZHktZWxzZS1hdC1hbGw';
const SIZE = { width: 60, height: 40 };
const PAINTERS = 100;
const PAINTINGS = 10;
const MAX_PIXELS = 12;
const COLORS = 32;
const CROWDED = {
  perUser: { pixelsPerSecond: 1_000_000, burst: 1_000_000 },
  perAddress: { pixelsPerSecond: 1_000_000, burst: 1_000_000 },
  connectionsPerAddress: 1_000,
};
/** What every canvas has from the start, but for the sockets of an address. */
const ORDINARY = {
  // So slow that nothing comes back while a test runs, on whatever machine.
  perUser: { pixelsPerSecond: 1, burst: 200 },
  perAddress: { pixelsPerSecond: 100, burst: 1_000 },
  connectionsPerAddress: 10,
};

type Pixel = readonly [x: number, y: number, color: number];

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const bearer = (token: string): { headers: { Authorization: string } } => ({
  headers: { Authorization: `Bearer ${token}` },
});

const tokenOf = async ({ api }: TestServer, name: string, moderatorKey?: string): Promise<string> =>
  (await api.ok('createSession', { body: { name, ...(moderatorKey === undefined ? {} : { moderatorKey }) } }))
    .token;

async function newCanvas(server: TestServer, rateLimits: typeof CROWDED): Promise<string> {
  const moderator = bearer(await tokenOf(server, 'Mo', KEY));
  return (await server.api.ok('createCanvas', { ...moderator, body: { name: 'Crowd', ...SIZE, rateLimits } }))
    .id;
}

const addressOf = (server: TestServer, id: string, token?: string): string =>
  `${server.url.replace(/^http/, 'ws')}/v1/ws/canvases/${id}${token === undefined ? '' : `?token=${token}`}`;

const from = (address: string): { headers: { 'X-Forwarded-For': string } } => ({
  headers: { 'X-Forwarded-For': address },
});

/** Those who come before anybody has painted: the canvas is as it was made. */
async function joinAll(server: TestServer, id: string, count: number): Promise<CanvasClient[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const token = await tokenOf(server, `Painter ${n}`);
      const client = new CanvasClient(addressOf(server, id, token), from(`10.0.0.${n}`));
      await client.hear('canvas:state');
      return client;
    }),
  );
}

/** Each has the picture of the server, and that is what all events of the log give. */
async function expectOnePicture(
  server: TestServer,
  id: string,
  clients: readonly CanvasClient[],
): Promise<void> {
  const path = { id };
  const response = await server.api.send('getCanvasBitmap', { path });
  const seq = Number(response.headers.get('x-canvas-seq'));
  const bitmap = new Uint8Array(await response.arrayBuffer());
  const replayed = new Uint8Array(SIZE.width * SIZE.height);
  for (let next: number | null = 1; next !== null; ) {
    const query = { from: next, to: seq, limit: 10_000 };
    const history: CanvasHistory = await server.api.ok('getCanvasHistory', { path, query });
    for (const { pixels = [] } of history.items) {
      for (const [x = 0, y = 0, color = 0] of pixels) replayed[y * SIZE.width + x] = color;
    }
    next = history.next;
  }
  expect(hashOf(replayed), 'what the log gives').to.equal(hashOf(bitmap));
  await Promise.all(clients.map((client) => client.reach(seq)));
  const pictures = new Set(clients.map(({ colors }) => hashOf(colors ?? new Uint8Array(0))));
  expect([...pictures], 'what the clients have').to.deep.equal([hashOf(bitmap)]);
}

function randomPixels(random: Random): Pixel[] {
  return Array.from(
    { length: 1 + random.below(MAX_PIXELS) },
    (): Pixel => [random.below(SIZE.width), random.below(SIZE.height), random.below(COLORS)],
  );
}

describe('a crowd at one canvas', () => {
  const server = useServer({ MODERATOR_KEY: KEY, TRUST_PROXY: '1' });

  it(`of ${PAINTERS} that paints over each other loses nothing and ends with one picture`, async () => {
    const { now } = server;
    const id = await newCanvas(now, CROWDED);
    const clients = await joinAll(now, id, PAINTERS);
    const random = new Random(6);
    const ids = Array.from({ length: PAINTINGS }, (_, n) => `p${n}`);
    for (const painting of ids) for (const client of clients) client.paint(painting, ...randomPixels(random));
    await Promise.all(clients.map((client) => client.acked(...ids)));
    for (const client of clients) {
      expect(client.ackedIds).to.have.members(ids);
      expect([...client.rejected, ...client.errors]).to.deep.equal([]);
      expect(client.seqs).to.deep.equal([...client.seqs].sort((a, b) => a - b));
    }
    const { seq } = await now.api.ok('getCanvasHistory', { path: { id }, query: { limit: 1 } });
    expect(seq, 'the creation and each painting').to.equal(1 + PAINTERS * PAINTINGS);
    await expectOnePicture(now, id, clients);
    for (const client of clients) client.drop();
  }).timeout(120_000);

  it('[CANVAS-41] paints undisturbed among floods of every kind, each of which is refused for what it is', async () => {
    const { now } = server;
    const id = await newCanvas(now, ORDINARY);
    const painters = await joinAll(now, id, 10);
    const eve = await tokenOf(now, 'Eve');
    const flooder = new CanvasClient(addressOf(now, id, eve), from('10.1.0.1'));
    const babbler = new CanvasClient(addressOf(now, id, eve), from('10.1.0.2'));
    await Promise.all([flooder.hear('canvas:state'), babbler.hear('canvas:state')]);

    const floods = Array.from({ length: 60 }, (_, n) => `f${n}`);
    for (const flood of floods) flooder.paint(flood, ...Array.from({ length: 50 }, (): Pixel => [0, 0, 31]));
    flooder.paint('outside', [SIZE.width, 0, 1]);
    flooder.paint('colour', [0, 0, COLORS]);
    for (let n = 0; n < 20; n += 1) babbler.say(n % 2 === 0 ? '{' : { type: 'pixel:erase' });
    const forged = Array.from(
      { length: 20 },
      () => new CanvasClient(addressOf(now, id, FORGED), from('10.1.0.3')),
    );
    // An address may have ten: who comes with fifty at once gets in with ten.
    const rush = Array.from({ length: 50 }, () => new CanvasClient(addressOf(now, id), from('10.1.0.4')));
    const asModerator = bearer(eve);
    const path = { id };
    const usurped = await Promise.all([
      now.api.send('createCanvasLock', {
        path,
        ...asModerator,
        body: { x: 0, y: 0, ...SIZE, reason: 'mine' },
      }),
      now.api.send('rewindCanvas', { path, ...asModerator, body: { seq: 1 } }),
      now.api.send('updateCanvas', { path, ...asModerator, body: { name: 'Mine' } }),
      now.api.send('listCanvasAudit', { path, ...asModerator }),
    ]);
    for (const [n, painter] of painters.entries()) {
      for (let of = 0; of < 5; of += 1) painter.paint(`g${of}`, [n, 1 + of, 1 + of]);
    }

    await Promise.all(painters.map((painter) => painter.acked('g0', 'g1', 'g2', 'g3', 'g4')));
    for (const painter of painters) expect([...painter.rejected, ...painter.errors]).to.deep.equal([]);
    await flooder.until(({ ackedIds, rejected }) => ackedIds.length + rejected.length === floods.length + 2);
    expect(flooder.rejected).to.include.members([
      'outside out_of_bounds',
      'colour bad_color',
      'f59 rate_limited',
    ]);
    // The burst of a user, and no more.
    expect(flooder.ackedIds).to.deep.equal(floods.slice(0, 4));
    expect((await babbler.closed).code).to.equal(1008);
    expect(babbler.errors).to.include.members(['bad_json', 'bad_message']);
    for (const { status, body } of await Promise.all(forged.map(({ refused }) => refused))) {
      expect([status, (body as { code: string }).code]).to.deep.equal([401, 'unauthorized']);
    }
    const outcomes = await Promise.all(
      rush.map((client) =>
        Promise.race([
          client.hear('canvas:state').then(() => 101),
          client.refused.then(({ status }) => status),
        ]),
      ),
    );
    expect(outcomes.filter((status) => status === 101)).to.have.length(ORDINARY.connectionsPerAddress);
    expect(outcomes.filter((status) => status === 429)).to.have.length(50 - ORDINARY.connectionsPerAddress);
    expect(usurped.map(({ status }) => status)).to.deep.equal([403, 403, 403, 403]);
    await expectOnePicture(now, id, painters);
    for (const client of [...painters, flooder, ...rush]) client.drop();
  });
});
