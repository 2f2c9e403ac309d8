import { expect } from 'chai';
import { bulk, type CanvasScene, codeOf, createCanvasScene, createLiveScene, turn } from './canvas-scene.ts';
import { ANN, BITMAP, CANVAS_ID } from './canvas-server-model.ts';

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
