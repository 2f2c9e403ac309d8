import { expect } from 'chai';
import * as Y from 'yjs';
import { CanvasConnection } from '../../client/canvas-connection.ts';
import { RoomProvider } from '../../client/room-provider.ts';
import { TextYjsProvider } from '../../client/text-yjs-provider.ts';
import type { WebSocketConstructor } from '../../client/web-socket-like.ts';
import { createCanvasScene, turn } from './canvas-scene.ts';
import { FakeTimers } from './fake-timers.ts';
import { fakeNetwork } from './fake-web-socket.ts';

/** As a browser does where a page of `https:` asks for `ws:`. */
const RefusedWebSocket = class {
  constructor() {
    throw new SyntaxError('insecure from a secure page');
  }
} as unknown as WebSocketConstructor;

const common = (url: string, timers: FakeTimers, WebSocket = fakeNetwork().WebSocket) =>
  ({ url, userId: 'ann', timers, WebSocket, isGone: () => Promise.resolve(false) }) as const;

const listenersOf = (doc: Y.Doc): number => doc._observers.get('update')?.size ?? 0;

const beginnings: Record<string, (doc: Y.Doc, options: ReturnType<typeof common>) => unknown> = {
  'a room': (doc, options) => new RoomProvider(doc, { ...options, roomId: 'r1' }),
  'a text': (doc, options) => new TextYjsProvider(doc, { ...options, documentId: 'd1' }),
  'a canvas': (_doc, options) => new CanvasConnection({ ...options, canvasId: 'main' }).join(),
};

describe('an address at which there can be no server', () => {
  for (const [what, begin] of Object.entries(beginnings)) {
    it(`[CLI-9] of ${what} is told at once, and nothing is left behind`, () => {
      const [doc, timers] = [new Y.Doc(), new FakeTimers()];
      const before = listenersOf(doc);
      expect(() => begin(doc, common('ftp://example.com', timers))).to.throw(TypeError, 'not ftp:');
      expect(() => begin(doc, common('http://example.com', timers, RefusedWebSocket))).to.throw(
        SyntaxError,
        'insecure',
      );
      expect([timers.waiting, listenersOf(doc)]).to.deep.equal([0, before]);
    });
  }

  it('is an attempt that failed where the token comes later', async () => {
    const { connection, timers } = createCanvasScene({
      token: () => Promise.resolve('secret'),
      WebSocket: RefusedWebSocket,
    });
    connection.join();
    await turn();
    expect(connection.status).to.deep.include({ name: 'waiting', reason: 'insecure from a secure page' });
    connection.leave();
    expect(timers.waiting).to.equal(0);
  });
});
