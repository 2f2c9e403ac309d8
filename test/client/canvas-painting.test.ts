import { expect } from 'chai';
import type { CanvasError } from '../../client/canvas-error.ts';
import { bulk, codeOf, createCanvasScene, createLiveScene, shownAt } from './canvas-scene.ts';
import { PALETTE, WIDTH } from './canvas-server-model.ts';

describe('a connection to a canvas', () => {
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
});
