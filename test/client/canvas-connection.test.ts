import { expect } from 'chai';
import { bulk, createLiveScene, shownAt } from './canvas-scene.ts';

describe('a connection to a canvas', () => {
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
});
