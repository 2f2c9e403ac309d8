import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startTestServer, type TestServer, useServer } from '../helpers/server.ts';
import { CanvasClient, type CanvasClientOptions } from '../sockets/canvas-client.ts';

const KEY = 'the key of moderators';
const path = { id: 'main' };

const bearer = (token: string): { headers: { Authorization: string } } => ({
  headers: { Authorization: `Bearer ${token}` },
});

const tokenOf = async ({ api }: TestServer, name: string, moderatorKey?: string): Promise<string> =>
  (await api.ok('createSession', { body: { name, ...(moderatorKey === undefined ? {} : { moderatorKey }) } }))
    .token;

async function bitmapOf({ api }: TestServer): Promise<{ seq: number; colors: Uint8Array }> {
  const response = await api.send('getCanvasBitmap', { path });
  return {
    seq: Number(response.headers.get('x-canvas-seq')),
    colors: new Uint8Array(await response.arrayBuffer()),
  };
}

/** As a client does: the canvas first, then its bitmap where that is asked for. */
async function joinCanvas(
  server: TestServer,
  query: Readonly<Record<string, string>> = {},
  options: CanvasClientOptions = {},
): Promise<CanvasClient> {
  const address = `${server.url.replace(/^http/, 'ws')}/v1/ws/canvases/main?${new URLSearchParams(query)}`;
  const client = new CanvasClient(address, options);
  const { bitmap } = await client.hear('canvas:state');
  if (bitmap !== undefined) client.load((await bitmapOf(server)).colors);
  return client;
}

async function samePicture(server: TestServer, ...clients: CanvasClient[]): Promise<void> {
  const { seq, colors } = await bitmapOf(server);
  for (const client of clients) {
    await client.reach(seq);
    expect(Buffer.compare(client.colors ?? Buffer.alloc(0), colors)).to.equal(0);
  }
}

describe('painters at the main canvas', () => {
  const server = useServer({ MODERATOR_KEY: KEY });

  it('[CANVAS-31] see the same picture as REST gives, whatever they and a moderator do', async () => {
    const { now } = server;
    const moderator = bearer(await tokenOf(now, 'Mo', KEY));
    const [ann, bob, watcher] = await Promise.all([
      joinCanvas(now, { token: await tokenOf(now, 'Ann') }),
      joinCanvas(now, { token: await tokenOf(now, 'Bob'), encoding: 'json' }),
      joinCanvas(now),
    ]);
    const before = ann.lastSeq;
    ann.paint('art', [10, 10, 6], [11, 10, '#ff4500']);
    await ann.acked('art');
    const lock = { x: 100, y: 100, width: 50, height: 50, reason: 'logo' };
    const made = await now.api.ok('createCanvasLock', { path, ...moderator, body: lock });
    bob.paint('into-the-logo', [120, 120, 5]);
    expect(await bob.hear('pixel:reject')).to.include({ reason: 'locked' });
    expect((await watcher.hear('moderation:lock')).lock).to.deep.equal(made);
    bob.paint('over', [10, 10, 9], [899, 899, 9]);
    await bob.acked('over');
    await samePicture(now, ann, bob, watcher);
    const { pixels } = await now.api.ok('rewindCanvas', {
      path,
      ...moderator,
      body: { seq: before, reason: 'vandals' },
    });
    expect(pixels).to.equal(3);
    expect(await watcher.hear('moderation:rewind')).to.include({ to: before, pixels: 3, reason: 'vandals' });
    await now.api.send('deleteCanvasLock', {
      path: { ...path, lockId: made.id },
      query: { reason: 'over' },
      ...moderator,
    });
    expect(await watcher.hear('moderation:unlock')).to.include({ lockId: made.id, reason: 'over' });
    bob.paint('into-the-logo', [120, 120, 5]);
    await bob.acked('into-the-logo');
    await samePicture(now, ann, bob, watcher);
    for (const client of [ann, bob, watcher]) {
      expect(client.seqs).to.deep.equal([...client.seqs].sort((a, b) => a - b));
      client.drop();
    }
  });

  it('[CANVAS-33] are held to the limits that a moderator sets, from then on, and it is counted', async () => {
    const { now } = server;
    const moderator = bearer(await tokenOf(now, 'Mo', KEY));
    const ann = await joinCanvas(now, { token: await tokenOf(now, 'Ann') });
    const rateLimits = {
      perUser: { pixelsPerSecond: 1, burst: 3 },
      perAddress: { pixelsPerSecond: 1_000, burst: 10_000 },
      connectionsPerAddress: 50,
    };
    const rejectedBefore = (await now.api.ok('getCanvasStats', { path })).rejected.rate_limited;
    await now.api.ok('updateCanvas', { path, ...moderator, body: { rateLimits } });
    expect((await ann.hear('canvas:updated')).rateLimits).to.deep.equal(rateLimits);
    ann.paint('much', [0, 0, 1], [1, 0, 1], [2, 0, 1], [3, 0, 1]);
    ann.paint('little', [0, 0, 1], [1, 0, 1], [2, 0, 1]);
    await ann.acked('little');
    expect(ann.rejected).to.deep.equal(['much rate_limited']);
    expect((await now.api.ok('getCanvasStats', { path })).rejected.rate_limited).to.equal(rejectedBefore + 1);
    const metrics = (await (await fetch(`${now.url}/metrics`)).json()) as Record<string, number>;
    expect(metrics['canvas_pixels_rejected_total{reason="rate_limited"}']).to.be.at.least(4);
    expect(metrics['canvas_pixels_painted_total']).to.be.at.least(3);
    ann.drop();
  });

  it('[CANVAS-35] are refused with 429 beyond the sockets that their address may have', async () => {
    const { now } = server;
    const moderator = bearer(await tokenOf(now, 'Mo', KEY));
    const { rateLimits } = await now.api.ok('getCanvas', { path });
    await now.api.ok('updateCanvas', {
      path,
      ...moderator,
      body: { rateLimits: { ...rateLimits, connectionsPerAddress: 2 } },
    });
    const [ann, bob] = [await joinCanvas(now), await joinCanvas(now)];
    const address = `${now.url.replace(/^http/, 'ws')}/v1/ws/canvases/main`;
    expect((await new CanvasClient(address).refused).status).to.equal(429);
    await now.api.ok('updateCanvas', { path, ...moderator, body: { rateLimits } });
    const third = await joinCanvas(now);
    for (const client of [ann, bob, third]) client.drop();
  });
});

describe('painters of a server that goes away', function () {
  this.timeout(120_000); // a server is started twice
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-canvas-socket-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('[CANVAS-37] come back with the same token and their last seq, and repeat what was not answered', async () => {
    const env = { DATABASE_URL: `sqlite:///${folder}/canvas.db` };
    const first = await startTestServer(env);
    const token = await tokenOf(first, 'Ann');
    const ann = await joinCanvas(first, { token });
    for (let n = 0; n < 20; n += 1) ann.paint(`p${n}`, [n, n, n]);
    await ann.acked('p19');
    const acked = ann.of('pixel:ack').at(-1);
    await ann.reach(acked?.seq ?? 0);
    const [had, lastSeq] = [ann.colors?.slice(), ann.lastSeq];
    ann.paint('late', [500, 500, 7]);
    await ann.acked('late');
    expect((await Promise.all([ann.closed, first.stop()]))[0].code).to.equal(1001);

    const second = await startTestServer(env);
    const back = await joinCanvas(
      second,
      { token, lastSeq: String(lastSeq) },
      had === undefined ? {} : { colors: had },
    );
    const state = await back.hear('canvas:state');
    expect(state).to.not.have.property('bitmap');
    expect(state.you?.name).to.equal('Ann');
    await samePicture(second, back);
    expect(back.of('bulk').flatMap(({ pixels }) => pixels)).to.deep.equal([[500 * 900 + 500, 7]]);
    back.paint('late', [500, 500, 7]);
    expect((await back.hear('pixel:ack')).seq).to.equal(lastSeq + 1);
    back.drop();
    await second.stop();
  });
});
