import { expect } from 'chai';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { ConnectionStatus } from '../../client/connection-status.ts';
import { TextYjsProvider } from '../../client/text-yjs-provider.ts';
import type { TextServerMessage } from '../../protocol/text-socket.ts';
import { createCanvasScene, createLiveScene } from './canvas-scene.ts';
import { FakeTimers } from './fake-timers.ts';
import { type FakeWebSocket, fakeNetwork } from './fake-web-socket.ts';
import { ack, createScene, destroyRooms, type RoomScene, update } from './room-scene.ts';

const LATER_MS = 60_000;

const textProviders: TextYjsProvider[] = [];

function createTextScene(doc = new Y.Doc(), awareness?: Awareness) {
  const timers = new FakeTimers();
  const { WebSocket, sockets } = fakeNetwork<TextServerMessage>();
  const provider = new TextYjsProvider(doc, {
    url: 'http://localhost:8000',
    documentId: 'd1',
    userId: 'ann',
    WebSocket,
    timers,
    isGone: () => Promise.resolve(false),
    ...(awareness === undefined ? {} : { awareness }),
  });
  textProviders.push(provider);
  const latest = (): FakeWebSocket<TextServerMessage> => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket yet');
    return socket;
  };
  const begin = (): void => latest().says({ type: 'state', version: 0, snapshotB64: '', headSeq: 0 });
  return { doc, timers, sockets, provider, latest, begin };
}

const listenersOf = (doc: Y.Doc, name: string): number => doc._observers.get(name)?.size ?? 0;

describe('a client that is ended', () => {
  afterEach(() => {
    destroyRooms();
    for (const provider of textProviders.splice(0)) provider.destroy();
  });

  describe('by one who listens to it', () => {
    const rooms: Record<string, (scene: RoomScene) => void> = {
      'that a change is too large': ({ provider, latest }) => {
        provider.on('error', () => provider.destroy());
        latest().ends(1009);
      },
      'of a hole': ({ provider, latest }) => {
        provider.on('error', () => provider.destroy());
        latest().says(ack(7));
      },
    };
    for (const [what, hear] of Object.entries(rooms)) {
      it(`[CLI-9] does not come back to a room: told ${what}`, () => {
        const scene = createScene();
        scene.goLive();
        scene.map.set('a', 1);
        hear(scene);
        expect([scene.provider.status.name, scene.timers.waiting]).to.deep.equal(['closed', 0]);
        scene.timers.pass(LATER_MS);
        expect(scene.sockets).to.have.lengthOf(1);
      });
    }

    it('[CLI-9] does not come back to a text: told of a hole', () => {
      const { provider, begin, latest, timers, sockets } = createTextScene();
      begin();
      provider.on('error', () => provider.destroy());
      latest().says({ type: 'ack', opId: 'unknown', seq: 9 });
      timers.pass(LATER_MS);
      expect([provider.connection.status.name, sockets.length]).to.deep.equal(['closed', 1]);
    });

    it('[CLI-9] does not come back to a canvas: told that something was not read', async () => {
      const { connection, latest, timers, sockets } = await createLiveScene();
      connection.on('error', () => connection.leave());
      latest().says({ type: 'error', code: 'rate_limited', message: 'too fast' });
      timers.pass(LATER_MS);
      expect([connection.status.name, sockets.length]).to.deep.equal(['closed', 1]);
    });

    it('[CLI-1] tells as its last news that it is closed, and is not synced', () => {
      const { provider, room, latest } = createScene();
      const told: ConnectionStatus['name'][] = [];
      provider.on('status', ({ name }) => told.push(name));
      provider.on('synced', () => provider.destroy());
      room.welcome(latest());
      expect([told, provider.synced]).to.deep.equal([['catching-up', 'closed'], false]);
    });

    it('[CLI-1] is not synced with a room where it left as soon as all was saved', () => {
      const scene = createScene();
      const { provider, map, room, latest, timers } = scene;
      scene.goLive();
      map.set('a', 1);
      const [sent = new Uint8Array()] = scene.frames();
      room.take(sent);
      latest().ends(1006); // the ack is lost
      provider.on('saved', (saved) => saved && provider.destroy());
      timers.pass(1_000);
      latest().says(room.info());
      update(latest(), room.seq, sent);
      expect([provider.saved, provider.synced, provider.status.name]).to.deep.equal([true, false, 'closed']);
    });

    it('[CLI-1] tells of a text as its last news that it is closed, and is not synced', () => {
      const { provider, begin } = createTextScene();
      const told: ConnectionStatus['name'][] = [];
      provider.on('status', ({ name }) => told.push(name));
      provider.on('synced', () => provider.destroy());
      begin();
      expect([told, provider.synced]).to.deep.equal([['catching-up', 'closed'], false]);
    });

    it('[CLI-1] is not synced with a canvas where it left when it was live', async () => {
      const scene = createCanvasScene();
      const { connection } = scene;
      connection.on('status', ({ name }) => {
        if (name === 'live') connection.leave();
      });
      connection.join();
      scene.server.welcome(undefined, true);
      scene.deliverAll();
      await scene.load();
      expect([connection.status.name, connection.synced]).to.deep.equal(['closed', false]);
    });

    it('loads nothing of a canvas where it left before it was shown', () => {
      const scene = createCanvasScene();
      const { connection } = scene;
      connection.on('status', ({ name }) => {
        if (name === 'catching-up') connection.leave();
      });
      connection.join();
      scene.server.welcome(undefined, true);
      scene.deliverAll();
      expect(scene.requests).to.deep.equal([]);
    });
  });

  it('[CLI-9] leaves no listener at its document, however often', () => {
    const doc = new Y.Doc();
    const awareness = new Awareness(doc);
    const before = [listenersOf(doc, 'destroy'), listenersOf(doc, 'update')];
    for (let count = 0; count < 10; count += 1) {
      createScene({ awareness }, doc).provider.destroy();
      createTextScene(doc, awareness).provider.destroy();
    }
    expect([listenersOf(doc, 'destroy'), listenersOf(doc, 'update')]).to.deep.equal(before);
    awareness.destroy();
  });

  it('[CLI-9] leaves no timer behind while its token is awaited', () => {
    const { connection, timers } = createCanvasScene({ token: () => new Promise(() => undefined) });
    connection.join();
    connection.leave();
    expect(timers.waiting).to.equal(0);
  });
});
