import { expect } from 'chai';
import { WebSocket } from 'ws';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { RoomProvider } from '../../client/room-provider.ts';
import { TextDocumentsApi } from '../../client/text-documents-api.ts';
import { TextYjsProvider } from '../../client/text-yjs-provider.ts';
import { createDocument, useServer } from '../helpers/server.ts';
import { PROVIDER_NAMES, type Provider, YjsClients } from '../helpers/yjs-clients.ts';

/** One who shows others a state of itself, by whatever provider. */
interface Shower {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  destroy(): void;
}

/** A provider of ours over a network that can break. */
interface Cuttable extends Shower {
  /** Ends the socket that there is, without a close frame; the provider comes back by itself. */
  cut(): void;
}

interface Case {
  readonly title: string;
  create(url: string): Promise<string>;
  open(url: string, documentId: string): Promise<Cuttable>;
}

function recordedSockets(): { WebSocket: new (url: string) => WebSocket; cut: () => void } {
  const sockets: WebSocket[] = [];
  class Recorded extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  return { WebSocket: Recorded, cut: () => sockets.at(-1)?.terminate() };
}

const BACKOFF = { baseMs: 10, maxMs: 50 };

const CASES: readonly Omit<Case, 'create'>[] = [
  {
    title: 'RoomProvider in a room',
    async open(url, roomId) {
      const { WebSocket, cut } = recordedSockets();
      const options = { url, roomId, userId: 'ann', WebSocket, backoff: BACKOFF };
      const provider = new RoomProvider(new Y.Doc(), options);
      await provider.whenSynced();
      return Object.assign(provider, { cut });
    },
  },
  {
    title: 'TextYjsProvider at a text',
    async open(url, documentId) {
      const { WebSocket, cut } = recordedSockets();
      const options = { url, documentId, userId: 'ann', WebSocket, backoff: BACKOFF };
      const provider = new TextYjsProvider(new Y.Doc(), options);
      await provider.whenSynced();
      return Object.assign(provider, { cut });
    },
  },
];

const seen = (by: Shower, of: Shower): unknown => by.awareness.getStates().get(of.doc.clientID);

/** Resolves once one sees the other so; `undefined`: no more. */
function until(by: Shower, of: Shower, state: unknown): Promise<void> {
  const wanted = JSON.stringify(state);
  return new Promise((resolve) => {
    const look = (): void => {
      if (JSON.stringify(seen(by, of)) !== wanted) return;
      by.awareness.off('update', look);
      resolve();
    };
    by.awareness.on('update', look);
    look();
  });
}

/** Cuts a client of y-websocket off, for good. */
function cutOff(provider: Provider): void {
  provider.shouldConnect = false;
  (provider.ws as unknown as WebSocket).terminate();
}

for (const name of PROVIDER_NAMES) {
  for (const { title, open } of CASES) {
    describe(`awareness between ${name} and ${title}`, () => {
      const server = useServer();
      const clients = new YjsClients(name, () => server.now.url);
      const own: Shower[] = [];
      afterEach(() => {
        clients.closeAll();
        for (const provider of own.splice(0)) {
          provider.destroy();
          provider.doc.destroy();
        }
      });
      const create = async (): Promise<string> =>
        title.startsWith('Room')
          ? (await createDocument(server.now)).id
          : (await new TextDocumentsApi(server.now.url).create({ title: 'Minutes', crdt: 'yjs' })).id;
      const join = async (id: string): Promise<Cuttable> => {
        const provider = await open(server.now.url, id);
        own.push(provider);
        return provider;
      };

      it('[YJS-4] [ROOM-9] shows each the states of the others, as they change, from whoever came first', async () => {
        const id = await create();
        const ann = await join(id);
        ann.awareness.setLocalState({ name: 'Ann' });
        const [bob, carl] = [await clients.join(id), await clients.join(id)];
        for (const [provider, who] of [
          [bob, 'Bob'],
          [carl, 'Carl'],
        ] as const) {
          provider.awareness.setLocalState({ name: who });
          await until(provider, ann, { name: 'Ann' });
          await until(ann, provider, { name: who });
        }
        const dora = await join(id);
        await Promise.all([until(dora, bob, { name: 'Bob' }), until(dora, ann, { name: 'Ann' })]);
        bob.awareness.setLocalStateField('cursor', { x: 1 });
        await Promise.all([ann, carl, dora].map((by) => until(by, bob, { name: 'Bob', cursor: { x: 1 } })));
        ann.awareness.setLocalStateField('cursor', { x: 2 });
        await Promise.all([bob, carl, dora].map((by) => until(by, ann, { name: 'Ann', cursor: { x: 2 } })));
        bob.awareness.setLocalState(null);
        await Promise.all([ann, carl, dora].map((by) => until(by, bob, undefined)));
        expect([...ann.awareness.getStates().keys()].sort()).to.deep.equal(
          [ann, carl, dora].map(({ doc }) => doc.clientID).sort(),
        );
      });

      it('[YJS-4] [ROOM-9] shows none who has left, been cut off, or is alone again', async () => {
        const id = await create();
        const [ann, bob, carl] = [await join(id), await clients.join(id), await clients.join(id)];
        ann.awareness.setLocalState({ name: 'Ann' });
        bob.awareness.setLocalState({ name: 'Bob' });
        carl.awareness.setLocalState({ name: 'Carl' });
        await Promise.all([until(ann, bob, { name: 'Bob' }), until(ann, carl, { name: 'Carl' })]);
        bob.destroy();
        await Promise.all([until(ann, bob, undefined), until(carl, bob, undefined)]);
        cutOff(carl);
        await until(ann, carl, undefined);
        expect([...ann.awareness.getStates().keys()]).to.deep.equal([ann.doc.clientID]);
        const late = await clients.join(id);
        await until(late, ann, { name: 'Ann' });
        expect([...late.awareness.getStates().keys()].sort()).to.deep.equal(
          [ann.doc.clientID, late.doc.clientID].sort(),
        );
        ann.destroy();
        await until(late, ann, undefined);
      });

      it('[YJS-4] [ROOM-9] shows one that was cut off and came back at once, as it is', async () => {
        const id = await create();
        const [ann, bob] = [await join(id), await clients.join(id)];
        ann.awareness.setLocalState({ name: 'Ann' });
        bob.awareness.setLocalState({ name: 'Bob' });
        await Promise.all([until(bob, ann, { name: 'Ann' }), until(ann, bob, { name: 'Bob' })]);
        ann.cut();
        await until(bob, ann, undefined);
        await Promise.all([until(bob, ann, { name: 'Ann' }), until(ann, bob, { name: 'Bob' })]);
      });
    });
  }
}
