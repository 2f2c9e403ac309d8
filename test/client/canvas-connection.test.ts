import { expect } from 'chai';
import type { CanvasError } from '../../client/canvas-error.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import { encodeBulkFrame } from '../../protocol/canvas-socket.ts';
import type { Seq } from '../../protocol/ids.ts';
import { type CanvasScene, createCanvasScene, createLiveScene, turn } from './canvas-scene.ts';
import { ANN, BITMAP, CANVAS_ID, PALETTE, WIDTH } from './canvas-server-model.ts';

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'painted',
    (error: CanvasError) => error.code,
  );

const bulk = (seq: number, ...pixels: readonly (readonly [index: number, color: number])[]): Uint8Array =>
  encodeBulkFrame({ seq: seq as Seq, pixels: packPixels(pixels) });

const shownAt = ({ connection }: CanvasScene, x: number, y: number): number | undefined =>
  connection.pixels[y * WIDTH + x];

describe('a connection to a canvas', () => {
  describe('joining', () => {
    it('says nothing in the address but its token and where it was', async () => {
      const scene = await createLiveScene();
      expect(scene.latest().url.href).to.equal('wss://example.com/troupe/v1/ws/canvases/main?token=secret');
      scene.server.paint([[0, 5]]);
      scene.server.tick();
      scene.deliverAll();
      scene.latest().ends(1001);
      scene.timers.pass(1_000);
      expect(scene.latest().url.searchParams.get('lastSeq')).to.equal('1');
    });

    it('loads the bitmap where it is told to, below the path of the server', async () => {
      const { requests } = await createLiveScene();
      expect(requests.map(({ url }) => url)).to.deep.equal([`https://example.com/troupe${BITMAP}`]);
    });

    it('is synced once the bitmap is here, with what came meanwhile', async () => {
      const scene = createCanvasScene();
      const { connection, server } = scene;
      connection.join();
      scene.latest().opens();
      server.paint([[0, 5]]);
      server.welcome(undefined, true);
      scene.deliverAll();
      expect([connection.synced, connection.pixels[0]]).to.deep.equal([false, 0]);
      server.paint([[1, 6]]);
      server.tick();
      scene.deliverAll();
      await scene.load(true);
      expect([connection.synced, connection.lastSeq]).to.deep.equal([true, 2]);
      expect([...connection.pixels.slice(0, 2)]).to.deep.equal([5, 6]);
    });

    it('does not go back to what a bitmap has already', async () => {
      const scene = createCanvasScene();
      scene.connection.join();
      scene.server.welcome(undefined, true);
      scene.server.paint([[0, 5]]);
      scene.server.tick();
      scene.server.paint([[0, 6]]);
      scene.deliverAll();
      await scene.load();
      expect([scene.connection.lastSeq, scene.connection.pixels[0]]).to.deep.equal([2, 6]);
    });

    it('does not cover what a bitmap brings, however much came before and after it was asked for', async () => {
      const scene = createCanvasScene();
      scene.connection.join();
      scene.says(scene.server.state());
      const many = Array.from({ length: 11 }, (_, index) => [index, 1] as const);
      for (const seq of [1, 2]) scene.says(bulk(seq, ...many));
      scene.says({ type: 'canvas:reload', seq: 3, bitmap: BITMAP });
      for (const seq of [4, 5, 6, 7]) scene.says(bulk(seq, ...many.slice(0, 8)));
      scene.requests.at(-1)?.answer(200, 3, new Uint8Array(12).fill(2));
      await turn();
      expect([...scene.connection.pixels]).to.deep.equal([1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
    });

    it('comes back where the bitmap cannot be loaded, or is of another canvas', async () => {
      for (const [status, seq, size] of [
        [503, 0, 12],
        [200, 0, 11],
        [200, -1, 12],
      ] as const) {
        const scene = createCanvasScene();
        scene.connection.join();
        scene.server.welcome(undefined, true);
        scene.deliverAll();
        scene.requests[0]?.answer(status, seq, new Uint8Array(size));
        await turn();
        expect([scene.told, scene.connection.status.name]).to.deep.equal([['error bitmap'], 'waiting']);
      }
    });

    it('is synced at once where nothing changed while it was away', async () => {
      const scene = await createLiveScene();
      scene.latest().ends(1006);
      scene.timers.pass(1_000);
      scene.server.welcome(0, false);
      scene.deliverAll();
      expect(scene.connection.synced).to.equal(true);
    });

    it('does not say that it is synced before it knows whether there is a difference', async () => {
      const scene = await createLiveScene();
      scene.latest().ends(1006);
      scene.timers.pass(1_000);
      // Something happened that is no pixel: then there is none.
      scene.server.lock({ x: 0, y: 0, width: 1, height: 1 });
      scene.server.welcome(0, false);
      scene.deliverAll();
      expect(scene.connection.synced).to.equal(false);
      const [beat] = scene.latest().sentOf('heartbeat');
      scene.latest().says({ type: 'heartbeat', ts: Number(beat?.['ts']), serverTs: 0 });
      expect(scene.connection.synced).to.equal(true);
    });

    it('asks for no bitmap any more whose socket is gone', async () => {
      const scene = createCanvasScene();
      scene.connection.join();
      scene.server.welcome(undefined, true);
      scene.deliverAll();
      scene.latest().ends(1006);
      expect(scene.requests[0]?.isAborted()).to.equal(true);
    });
  });

  describe('painting', () => {
    it('shows what is painted at once, and says which part to draw', async () => {
      const scene = await createLiveScene();
      const changes: unknown[] = [];
      scene.connection.on('change', ({ regions }) => changes.push(regions));
      void scene.connection.paint(2, 1, 7);
      expect(shownAt(scene, 2, 1)).to.equal(7);
      expect(changes).to.deep.equal([[{ x: 2, y: 1, width: 1, height: 1 }]]);
    });

    it('says one pixel as such, many as a list, and colours by their index', async () => {
      const scene = await createLiveScene();
      void scene.connection.paint(2, 1, PALETTE[9] ?? '');
      void scene.connection.paintMany([
        [1, 1, 3],
        [0, 0, 4],
        [1, 1, 5],
      ]);
      void scene.connection.erase([3, 2]);
      const said = scene.painted().map(({ clientTimestamp: _, ...message }) => message);
      expect(said).to.deep.equal([
        { type: 'pixel:update', id: 'op1', x: 2, y: 1, color: 9, tool: 'brush' },
        {
          type: 'pixel:update',
          id: 'op2',
          pixels: [
            [0, 0, 4],
            [1, 1, 5],
          ],
          tool: 'brush',
        },
        { type: 'pixel:update', id: 'op3', x: 3, y: 2, color: 0, tool: 'eraser' },
      ]);
    });

    it('keeps an acknowledged pixel until the update is here that has it', async () => {
      const scene = await createLiveScene();
      const acked = scene.connection.paint(0, 0, 7);
      scene.says({ type: 'pixel:ack', ids: ['op1'], seq: 1 });
      expect([shownAt(scene, 0, 0), scene.connection.confirmedPixels[0]]).to.deep.equal([7, 0]);
      expect([scene.connection.saved, scene.connection.overlaySize]).to.deep.equal([true, 1]);
      scene.says(bulk(2, [0, 9]));
      expect([shownAt(scene, 0, 0), scene.connection.overlaySize]).to.deep.equal([9, 0]);
      expect(await acked).to.deep.equal({ ids: ['op1'], seq: 1 });
    });

    it('takes back what is refused, and tells the caller where and why', async () => {
      const scene = await createLiveScene();
      const rejects: CanvasError[] = [];
      scene.connection.on('reject', (error) => rejects.push(error));
      const painted = scene.connection.paint(1, 1, 7);
      scene.says({ type: 'pixel:reject', id: 'op1', reason: 'locked', at: [1, 1] });
      expect([shownAt(scene, 1, 1), scene.connection.saved]).to.deep.equal([0, true]);
      expect(await codeOf(painted)).to.equal('locked');
      expect(rejects.map(({ id, code, at }) => ({ id, code, at }))).to.deep.equal([
        { id: 'op1', code: 'locked', at: [1, 1] },
      ]);
    });

    it('shows what is below a pixel that is taken back: an older own one, or what others painted since', async () => {
      const scene = await createLiveScene();
      void scene.connection.paint(0, 0, 7);
      void scene.connection.paint(0, 0, 8);
      scene.says(bulk(1, [0, 9]));
      expect(shownAt(scene, 0, 0)).to.equal(8);
      scene.says({ type: 'pixel:reject', id: 'op2', reason: 'locked' });
      expect(shownAt(scene, 0, 0)).to.equal(7);
      scene.says({ type: 'pixel:reject', id: 'op1', reason: 'locked' });
      expect(shownAt(scene, 0, 0)).to.equal(9);
    });

    it('refuses at once what the server would refuse', async () => {
      const scene = await createLiveScene();
      const { connection } = scene;
      scene.server.lock({ x: 3, y: 2, width: 1, height: 1 });
      scene.server.tick();
      scene.deliverAll();
      const codes = [
        connection.paint(WIDTH, 0, 1),
        connection.paint(0.5, 0, 1),
        connection.paint(0, 0, PALETTE.length),
        connection.paint(0, 0, '#ffffff'),
        connection.paint(3, 2, 1),
      ].map(codeOf);
      expect(await Promise.all(codes)).to.deep.equal([
        'out_of_bounds',
        'out_of_bounds',
        'bad_color',
        'bad_color',
        'locked',
      ]);
      expect(scene.painted()).to.deep.equal([]);
      expect(scene.told[0]).to.equal('reject op1 out_of_bounds');
    });

    it('knows that one without a session, or at an archived canvas, can only watch', async () => {
      const watching = createCanvasScene();
      watching.connection.join();
      watching.says({ ...watching.server.state(), you: null });
      expect(await codeOf(watching.connection.paint(0, 0, 1))).to.equal('read_only');
      const scene = await createLiveScene();
      const { canvas, rateLimits } = scene.server.state();
      const archived = { ...canvas, status: 'archived' } as const;
      scene.says({ type: 'canvas:updated', seq: 1, canvas: archived, rateLimits });
      expect(await codeOf(scene.connection.paint(0, 0, 1))).to.equal('read_only');
    });

    it('cannot paint on a canvas of which nothing is known, nor once it has left', async () => {
      const scene = createCanvasScene();
      expect(await codeOf(scene.connection.paint(0, 0, 1))).to.equal('not_ready');
      const live = await createLiveScene();
      const [underWay] = [live.connection.paint(0, 0, 1)];
      live.connection.leave();
      expect(await codeOf(underWay ?? Promise.resolve())).to.equal('left');
      expect(shownAt(live, 0, 0)).to.equal(0);
      expect(await codeOf(live.connection.paint(0, 0, 1))).to.equal('left');
    });

    it('sends no more pixels in a message than the burst, and settles when all are there', async () => {
      const scene = createCanvasScene();
      scene.connection.join();
      const state = scene.server.state();
      const rateLimits = { ...state.rateLimits, perUser: { pixelsPerSecond: 1, burst: 2 } };
      scene.says({ ...state, rateLimits });
      await scene.load();
      const points = [0, 1, 2, 3].map((x) => [x, 0, 5] as const);
      const acked = scene.connection.paintMany([...points, [0, 1, 5]]);
      expect(scene.painted().map(({ pixels }) => pixels?.length ?? 1)).to.deep.equal([2, 2, 1]);
      scene.says({ type: 'pixel:ack', ids: ['op1', 'op2'], seq: 2 });
      scene.says({ type: 'pixel:ack', ids: ['op3'], seq: 3 });
      expect(await acked).to.deep.equal({ ids: ['op1', 'op2', 'op3'], seq: 3 });
    });

    it('bounds what waits for the server', async () => {
      const scene = await createLiveScene({ maxPendingPixels: 2 });
      scene.latest().ends(1006);
      void scene.connection.paint(0, 0, 1);
      void scene.connection.paint(1, 0, 1);
      expect(await codeOf(scene.connection.paint(2, 0, 1))).to.equal('queue_full');
      expect(scene.connection.pendingPixels).to.equal(2);
    });
  });

  describe('after a break', () => {
    it('sends what was painted meanwhile, and again what was not answered, with the same ids and in order', async () => {
      const scene = await createLiveScene({ window: 2 });
      for (const color of [1, 2, 3]) void scene.connection.paint(0, 0, color);
      for (let round = 0; round < 2; round += 1) {
        scene.latest().ends(1006);
        scene.timers.pass(1_000);
        scene.server.welcome(0, false);
        scene.deliverAll();
        expect(scene.painted().map(({ id }) => id)).to.deep.equal(['op1', 'op2']);
      }
      void scene.connection.paint(0, 0, 4);
      // What was under way on this socket is older than what still waited to be sent again.
      scene.says({ type: 'error', code: 'overloaded', message: 'later', id: 'op2' });
      scene.says({ type: 'pixel:ack', ids: ['op1'], seq: 1 });
      scene.latest().ends(1006);
      scene.timers.pass(1_000);
      scene.server.welcome(0, false);
      scene.deliverAll();
      for (const id of ['op2', 'op3', 'op4']) scene.says({ type: 'pixel:ack', ids: [id], seq: 1 });
      expect(scene.painted().map(({ id }) => id)).to.deep.equal(['op2', 'op3', 'op4']);
    });

    it('does not say that something is refused which may be painted', async () => {
      const scene = await createLiveScene();
      void scene.connection.paint(0, 0, 1);
      scene.says({ type: 'error', code: 'unavailable', message: 'who knows', id: 'op1' });
      scene.timers.pass(1_000);
      scene.says({ type: 'pixel:reject', id: 'op1', reason: 'rate_limited', retryAfterMs: 50 });
      scene.timers.pass(50);
      expect(scene.painted().map(({ id }) => id)).to.deep.equal(['op1', 'op1', 'op1']);
      expect(scene.told).to.deep.equal(['error unavailable']);
    });

    it('drops what was acknowledged where the server has lost it', async () => {
      const scene = await createLiveScene();
      void scene.connection.paint(0, 0, 7);
      scene.says({ type: 'pixel:ack', ids: ['op1'], seq: 5 });
      scene.latest().ends(1006);
      scene.timers.pass(1_000);
      scene.says(scene.server.state());
      await scene.load();
      expect([shownAt(scene, 0, 0), scene.connection.overlaySize]).to.deep.equal([0, 0]);
    });

    it('comes back after 4408, for a computer that slept may wake up', async () => {
      const scene = await createLiveScene();
      scene.latest().ends(4408, 'heartbeat_missed');
      expect(scene.connection.status.name).to.equal('waiting');
    });
  });

  describe('what came too fast', () => {
    it('is taken back, and the caller told when there is room again', async () => {
      const scene = await createLiveScene();
      const rejects: CanvasError[] = [];
      scene.connection.on('reject', (error) => rejects.push(error));
      void scene.connection.paint(0, 0, 7);
      scene.says({ type: 'pixel:reject', id: 'op1', reason: 'rate_limited', retryAfterMs: 300 });
      expect(rejects.map(({ code, retryAfterMs }) => [code, retryAfterMs])).to.deep.equal([
        ['rate_limited', 300],
      ]);
      expect(shownAt(scene, 0, 0)).to.equal(0);
    });

    it('is sent again when there is room, where that is wished, and nothing before it', async () => {
      const scene = await createLiveScene({ retryRateLimited: true });
      void scene.connection.paint(0, 0, 7);
      scene.says({ type: 'pixel:reject', id: 'op1', reason: 'rate_limited', retryAfterMs: 300 });
      void scene.connection.paint(1, 0, 8);
      scene.timers.pass(299);
      expect([scene.painted().length, shownAt(scene, 0, 0)]).to.deep.equal([1, 7]);
      scene.timers.pass(1);
      expect(scene.painted().map(({ id }) => id)).to.deep.equal(['op1', 'op1', 'op2']);
    });

    it('does not cover what was painted after it and taken before it', async () => {
      const scene = await createLiveScene({ retryRateLimited: true });
      void scene.connection.paint(0, 0, 7);
      void scene.connection.paint(0, 0, 8);
      scene.says({ type: 'pixel:reject', id: 'op1', reason: 'rate_limited', retryAfterMs: 300 });
      scene.says({ type: 'pixel:ack', ids: ['op2'], seq: 1 });
      scene.says(bulk(1, [0, 8]));
      scene.timers.pass(300);
      expect([scene.painted().at(-1)?.color, shownAt(scene, 0, 0)]).to.deep.equal([8, 8]);
    });

    it('is given up where there will never be room', async () => {
      const scene = await createLiveScene({ retryRateLimited: true });
      void scene.connection.paint(0, 0, 7);
      scene.says({ type: 'pixel:reject', id: 'op1', reason: 'rate_limited' });
      expect(scene.told).to.deep.equal(['reject op1 rate_limited']);
    });
  });

  describe('what moderators do', () => {
    it('is told, and known from then on', async () => {
      const { connection, says, server } = await createLiveScene();
      const told: unknown[] = [];
      connection.on('lock', ({ id }) => told.push(`lock ${id}`));
      connection.on('unlock', ({ lockId }) => told.push(`unlock ${lockId}`));
      connection.on('palette', (palette) => told.push(palette));
      connection.on('rewind', ({ pixels, by }) => told.push(`${by} put back ${pixels}`));
      connection.on('online', (online) => told.push(online));
      server.lock({ x: 0, y: 0, width: 1, height: 1 });
      const [lock] = server.locks;
      if (lock === undefined) throw new Error('no lock');
      says({ type: 'moderation:lock', seq: 1, lock });
      expect(connection.canvas?.locks).to.deep.equal([lock]);
      says({ type: 'moderation:unlock', seq: 2, lockId: lock.id });
      says({ type: 'moderation:palette', seq: 3, palette: ['#000000', '#ffffff'] });
      says(bulk(4, [0, 1]));
      says({ type: 'moderation:rewind', seq: 4, by: 'mo', to: 0, pixels: 1 });
      says({ type: 'presence', online: 12 });
      expect(told).to.deep.equal([
        'lock lock-1',
        'unlock lock-1',
        ['#000000', '#ffffff'],
        'mo put back 1',
        12,
      ]);
      const { canvas } = connection;
      expect([canvas?.locks, canvas?.palette.length, canvas?.online]).to.deep.equal([[], 2, 12]);
      expect(connection.lastSeq).to.equal(4);
    });

    it('may be so much that the bitmap is loaded anew; what is painted meanwhile stays', async () => {
      const scene = await createLiveScene();
      scene.server.paint(
        [0, 1, 2, 3, 4, 5, 6].map((index) => [index, 9]),
        'rewound',
      );
      scene.server.tick();
      scene.deliverAll();
      expect(scene.connection.synced).to.equal(false);
      void scene.connection.paint(0, 0, 7);
      await scene.load();
      expect([shownAt(scene, 0, 0), shownAt(scene, 1, 0), scene.connection.synced]).to.deep.equal([
        7,
        9,
        true,
      ]);
    });
  });

  it('measures how long acknowledgements and heartbeats take', async () => {
    const scene = await createLiveScene();
    void scene.connection.paint(0, 0, 7);
    scene.timers.pass(40);
    scene.says({ type: 'pixel:ack', ids: ['op1'], seq: 1 });
    scene.timers.pass(15_000 - 40);
    const [beat] = scene.latest().sentOf('heartbeat');
    scene.timers.pass(12);
    scene.latest().says({ type: 'heartbeat', ts: Number(beat?.['ts']), serverTs: 0 });
    const { ack, heartbeat } = scene.connection.latency;
    expect([ack.percentile(0.5), heartbeat.percentile(0.5)]).to.deep.equal([40, 12]);
  });

  describe('its token', () => {
    const say = (scene: CanvasScene): string => scene.latest().url.searchParams.get('token') ?? '';

    it('is asked for before each attempt', async () => {
      const tokens = ['first', 'second'];
      const scene = createCanvasScene({ token: () => Promise.resolve(tokens.shift() ?? '') });
      scene.connection.join();
      await turn();
      expect(say(scene)).to.equal('first');
      scene.latest().ends(1006);
      scene.timers.pass(1_000);
      await turn();
      expect(say(scene)).to.equal('second');
    });

    it('is asked for anew, once, where it has expired', async () => {
      const refused: (string | undefined)[] = [];
      const token = (old?: string): string => {
        refused.push(old);
        return `token${refused.length}`;
      };
      const scene = createCanvasScene({ token });
      scene.connection.join();
      await turn();
      scene.says({ ...scene.server.state(), you: ANN });
      for (const end of ['waiting', 'closed']) {
        scene.latest().ends(4401, 'token_expired');
        expect(scene.connection.status.name).to.equal(end);
        scene.timers.pass(1_000);
        await turn();
      }
      expect(refused).to.deep.equal([undefined, 'token1']);
      expect(scene.told).to.deep.equal(['error unauthorized']);
    });

    it('ends the connection for good where it has expired and there is no other', async () => {
      const scene = await createLiveScene();
      scene.latest().ends(4401, 'token_expired');
      expect([scene.connection.status.name, scene.told]).to.deep.equal(['closed', ['error unauthorized']]);
    });

    it('is tried again later where it cannot be got', async () => {
      let isDown = true;
      const token = (): Promise<string> =>
        isDown ? Promise.reject(new Error('down')) : Promise.resolve('good');
      const scene = createCanvasScene({ token });
      scene.connection.join();
      await turn();
      expect(scene.connection.status).to.deep.include({ name: 'waiting', reason: 'down' });
      isDown = false;
      scene.timers.pass(1_000);
      await turn();
      expect(say(scene)).to.equal('good');
    });
  });

  describe('a stroke', () => {
    it('shows each line at once, and sends them together', async () => {
      const scene = await createLiveScene();
      const stroke = scene.connection.beginStroke(5);
      stroke.to(0, 0);
      stroke.to(2.9, 2.2);
      expect([shownAt(scene, 1, 1), scene.painted().length]).to.deep.equal([5, 0]);
      scene.timers.pass(30);
      stroke.to(3, 2);
      const acked = stroke.end();
      expect(scene.latest().sent.map(({ type, strokeId, id }) => [type, strokeId ?? id])).to.deep.equal([
        ['pixel:stroke:start', 'op1'],
        ['pixel:update', 'op2'],
        ['pixel:update', 'op3'],
        ['pixel:stroke:end', 'op1'],
      ]);
      expect(scene.painted().map(({ pixels, x }) => pixels?.length ?? x)).to.deep.equal([3, 3]);
      scene.says({ type: 'pixel:ack', ids: ['op2', 'op3'], seq: 2 });
      expect(await acked).to.deep.equal({ ids: ['op2', 'op3'], seq: 2 });
    });

    it('leaves out what is off the canvas or locked', async () => {
      const scene = await createLiveScene();
      scene.server.lock({ x: 2, y: 0, width: 1, height: 1 });
      scene.server.tick();
      scene.deliverAll();
      const stroke = scene.connection.beginStroke(5);
      stroke.to(-3, 0);
      stroke.to(1e9, 0);
      void stroke.end();
      const painted = scene.painted().flatMap(({ pixels }) => pixels ?? []);
      expect(painted.map(([x]) => x)).to.deep.equal([0, 1, 3]);
    });

    it('keeps its place among what else is painted, and is taken up again on another socket', async () => {
      const scene = await createLiveScene();
      const stroke = scene.connection.beginStroke();
      stroke.to(0, 0);
      void scene.connection.paint(0, 0, 9);
      scene.latest().ends(1006);
      scene.timers.pass(1_000);
      scene.server.welcome(0, false);
      scene.deliverAll();
      expect(scene.latest().sent.map(({ type }) => type)).to.deep.equal([
        'pixel:stroke:start',
        'pixel:update',
        'pixel:stroke:end',
        'pixel:update',
      ]);
      expect(scene.painted().map(({ tool }) => tool)).to.deep.equal(['eraser', 'brush']);
      expect(shownAt(scene, 0, 0)).to.equal(9);
    });
  });

  it('begins anew where the canvas has another size', async () => {
    const scene = await createLiveScene();
    const painted = scene.connection.paint(0, 0, 7);
    scene.latest().ends(1006);
    scene.timers.pass(1_000);
    scene.says({ ...scene.server.state(), width: 2, height: 2, bitmap: `/v1/canvases/${CANVAS_ID}/bitmap` });
    expect(await codeOf(painted)).to.equal('not_found');
    scene.requests.at(-1)?.answer(200, 0, new Uint8Array([1, 2, 3, 4]));
    await turn();
    expect([...scene.connection.pixels]).to.deep.equal([1, 2, 3, 4]);
  });
});
