import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CANVAS_KIND, canvasIdOfSlug } from '../../actors/canvas-documents.ts';
import { canvasKind } from '../../documents/canvas/canvas-kind.ts';
import { DEFAULT_PALETTE } from '../../documents/canvas/palette.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import type { UserId } from '../../protocol/ids.ts';
import { decodePng } from '../../render/png-decode.ts';
import { readPngHeader } from '../../render/png-header.ts';
import { openStore } from '../../storage/open-store.ts';
import { createRuntime } from '../helpers/runtime.ts';
import { startTestServer, type TestServer, useServer } from '../helpers/server.ts';

const KEY = 'the key of moderators';
const SIDE = 900;

const bearer = (token: string): { headers: { Authorization: string } } => ({
  headers: { Authorization: `Bearer ${token}` },
});
const moderatorOf = async ({ api }: TestServer, moderatorKey = KEY) =>
  bearer((await api.ok('createSession', { body: { name: 'Mo', moderatorKey } })).token);

describe('the main canvas', () => {
  const server = useServer({ MODERATOR_KEY: KEY });
  const path = { id: 'main' };

  it('[CANVAS-23] is there from the first start on: 900 × 900, 32 colours, all white', async () => {
    const { api } = server.now;
    const main = await api.ok('getCanvas', { path });
    expect(main).to.deep.include({
      slug: 'main',
      width: SIDE,
      height: SIDE,
      background: 0,
      createdBy: 'system',
    });
    expect(main.palette).to.deep.equal([...DEFAULT_PALETTE]);
    expect((await api.ok('listCanvases')).items).to.deep.equal([main]);
    const response = await api.send('getCanvasBitmap', { path, headers: { 'Accept-Encoding': 'br' } });
    expect(response.headers.get('x-canvas-seq')).to.equal('1');
    expect(response.headers.get('content-encoding')).to.equal('br');
    const pixels = new Uint8Array(await response.arrayBuffer());
    expect(pixels).to.have.length(SIDE * SIDE);
    expect(pixels.every((color) => color === 0)).to.equal(true);
  });

  it('is drawn as PNG and JPEG by the workers', async () => {
    const { api } = server.now;
    const png = await api.bytes('getCanvasSnapshot', { path, query: { scale: 2 } });
    expect(readPngHeader(png)).to.include({ width: 2 * SIDE, height: 2 * SIDE, color: 3 });
    expect(png.length).to.be.below(10_000);
    const jpg = await api.send('getCanvasSnapshot', { path, query: { format: 'jpg', scale: 0.1 } });
    expect(jpg.headers.get('content-type')).to.equal('image/jpeg');
    expect((await jpg.arrayBuffer()).byteLength).to.be.greaterThan(100);
  });

  it('takes nothing from one who is no moderator', async () => {
    const { api } = server.now;
    const painter = bearer((await api.ok('createSession', { body: { name: 'Ann' } })).token);
    const lock = { x: 0, y: 0, width: 9, height: 9 };
    expect((await api.refused('createCanvasLock', { path, body: lock })).status).to.equal(401);
    expect((await api.refused('createCanvasLock', { path, ...painter, body: lock })).status).to.equal(403);
    expect((await api.ok('listCanvasLocks', { path })).items).to.deep.equal([]);
    expect((await api.refused('createSession', { body: { moderatorKey: 'wrong' } })).status).to.equal(403);
  });
});

describe('a canvas that is kept', function () {
  this.timeout(120_000); // each test starts a server twice
  let folder: string;
  let url: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-canvas-'));
    url = `sqlite:///${folder}/canvas.db`;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function serving<T>(
    use: (server: TestServer) => Promise<T>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const server = await startTestServer({ DATABASE_URL: url, LOG_LEVEL: 'info', ...env });
    try {
      return await use(server);
    } finally {
      await server.stop();
    }
  }

  /** Paints on the main canvas while no server has it: `[user, x, y, color]`. */
  async function paint(strokes: readonly (readonly [string, number, number, number])[]): Promise<void> {
    const runtime = createRuntime({ store: await openStore(url), kinds: [canvasKind] });
    runtime.time.ms = Date.now();
    const canvas = runtime.documents.open(CANVAS_KIND, canvasIdOfSlug('main'));
    for (const [user, x, y, color] of strokes) {
      const command = { type: 'canvas.paint', name: user, pixels: packPixels([[y * SIDE + x, color]]) };
      await canvas.execute(command, { by: user as UserId });
    }
    await runtime.documents.stop();
    await runtime.store.close();
  }

  const madeKeys = ({ lines }: TestServer): unknown[] =>
    lines.map((line) => line['moderator_key']).filter((key) => key !== undefined);

  it('[CANVAS-6] outlives a restart with its sessions; the moderator key is logged once in its life', async () => {
    const { key, token, lock } = await serving(async (server) => {
      const [made] = madeKeys(server);
      const moderator = await moderatorOf(server, String(made));
      const session = await server.api.ok('createSession', moderator);
      const body = { x: 1, y: 2, width: 3, height: 4, reason: 'Stays' };
      const locked = await server.api.ok('createCanvasLock', { path: { id: 'main' }, ...moderator, body });
      return { key: String(made), token: session.token, lock: locked };
    });
    await serving(async (server) => {
      const { api } = server;
      expect(madeKeys(server)).to.deep.equal([]);
      expect((await api.ok('listCanvases')).total).to.equal(1);
      expect((await api.ok('listCanvasLocks', { path: { id: 'main' } })).items).to.deep.equal([lock]);
      const audit = await api.ok('listCanvasAudit', { path: { id: 'main' }, ...bearer(token) });
      expect(audit.items.map(({ action, reason }) => [action, reason])).to.deep.equal([
        ['lock', 'Stays'],
        ['create', undefined],
      ]);
      await moderatorOf(server, key);
    });
  });

  it('[CANVAS-20] can be looked into and rewound after a restart, by seq, region and user', async () => {
    await serving(async () => {});
    await paint([
      ['ann', 10, 20, 5],
      ['bob', 10, 20, 7],
      ['bob', 11, 20, 8],
      ['cid', 899, 899, 31],
    ]);
    await serving(
      async (server) => {
        const { api } = server;
        const path = { id: 'main' };
        const moderator = await moderatorOf(server);
        const pixel = await api.ok('getCanvasPixel', { path: { ...path, x: '10', y: '20' } });
        expect(pixel).to.include({ color: 7, userId: 'bob', name: 'bob', seq: 3, complete: true });
        expect(pixel.history.map(({ userId, color }) => [userId, color])).to.deep.equal([
          ['bob', 7],
          ['ann', 5],
        ]);
        const history = await api.ok('getCanvasHistory', { path, query: { from: 2, to: 3 } });
        expect(history.items.map(({ pixels }) => pixels)).to.deep.equal([[[10, 20, 5]], [[10, 20, 7]]]);
        const png = await api.bytes('getCanvasSnapshot', { path });
        const { data } = decodePng(png);
        const at = (20 * SIDE + 10) * 4;
        const shown = [...data.subarray(at, at + 3)].map((v) => v.toString(16).padStart(2, '0')).join('');
        expect(`#${shown}`).to.equal(DEFAULT_PALETTE[7]);

        const dry = await api.ok('rewindCanvas', {
          path,
          ...moderator,
          query: { dryRun: true },
          body: { seq: 1, userId: 'bob' },
        });
        expect(dry).to.deep.equal({ seq: 5, pixels: 2 });
        const rewound = await api.ok('rewindCanvas', {
          path,
          ...moderator,
          body: { seq: 1, userId: 'bob', region: { x: 10, y: 20, width: 1, height: 1 }, reason: 'Scribble' },
        });
        expect(rewound).to.deep.equal({ seq: 6, pixels: 1 });
        const now = await api.bytes('getCanvasBitmap', { path });
        expect([now[20 * SIDE + 10], now[20 * SIDE + 11], now[SIDE * SIDE - 1]]).to.deep.equal([5, 8, 31]);
        const back = await api.ok('rewindCanvas', { path, ...moderator, body: { seq: 5 } });
        expect(back).to.deep.equal({ seq: 7, pixels: 1 });
        const ahead = await api.refused('rewindCanvas', { path, ...moderator, body: { seq: 100 } });
        expect(ahead.status).to.equal(422);
        const stats = await api.ok('getCanvasStats', { path });
        expect(stats).to.include({ painted: 4, covered: 3, online: 0 });
      },
      { MODERATOR_KEY: KEY },
    );
  });
});
