import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { TextDocumentsApi } from '../../client/text-documents-api.ts';
import { TextYjsProvider } from '../../client/text-yjs-provider.ts';
import { boxFields } from '../helpers/annotation-yjs-client.ts';
import { createBox, createDocument, startTestServer, useServer } from '../helpers/server.ts';
import { PROVIDER_NAMES, type Provider, stateOf, until, YjsClients } from '../helpers/yjs-clients.ts';

const UNKNOWN_ID = '0d9d3c1e-7a55-4c1b-9a53-6c1f2d3e4f50';

const entries = ({ doc }: Provider): Y.Map<Y.Map<unknown>> => doc.getMap('annotations');
const draw = (provider: Provider, id: string, x = 0): void => {
  entries(provider).set(id, new Y.Map(Object.entries(boxFields(x))));
};
const has = (provider: Provider, id: string): Promise<void> =>
  until(provider, () => entries(provider).has(id));
const isChange = ({ type }: { readonly type: string }): boolean => /^annotations?[.]/.test(type);
const textOf = ({ doc }: { readonly doc: Y.Doc }): string => doc.getText('text').toString();
const write = ({ doc }: { readonly doc: Y.Doc }, at: number, words: string): void =>
  doc.getText('text').insert(at, words);

for (const name of PROVIDER_NAMES) {
  describe(`a client of ${name}`, () => {
    const server = useServer();
    const clients = new YjsClients(name, () => server.now.url);
    const texts: TextYjsProvider[] = [];
    afterEach(() => {
      clients.closeAll();
      for (const { doc } of texts.splice(0)) doc.destroy();
    });

    const createText = async (crdt: 'yjs' | 'opaque'): Promise<string> => {
      const { id } = await new TextDocumentsApi(server.now.url).create({ title: 'Minutes', crdt });
      return id;
    };
    const openText = async (documentId: string): Promise<TextYjsProvider> => {
      const provider = new TextYjsProvider(new Y.Doc(), {
        url: server.now.url,
        documentId,
        userId: 'tom',
        WebSocket,
      });
      texts.push(provider);
      await provider.whenSynced();
      return provider;
    };

    it('[YJS-1] draws together with others, with REST and with listeners', async () => {
      const { id } = await createDocument(server.now);
      const before = await createBox(server.now, id);
      const listener = await server.now.join(id);
      const [ann, bob] = await Promise.all([clients.join(id), clients.join(id)]);
      expect([...entries(ann).keys()]).to.deep.equal([before.id]);
      const drawn = crypto.randomUUID();
      draw(ann, drawn, 7);
      await has(bob, drawn);
      const { annotation } = await listener.hear('annotation.created');
      expect(annotation.id).to.equal(drawn);
      const kept = await server.now.api.ok('getAnnotation', { path: { id: drawn } });
      expect(kept).to.deep.include({ type: 'box', geometry: { x: 7, y: 0, width: 10, height: 10 } });
      const after = await createBox(server.now, id, 99);
      await Promise.all([has(ann, after.id), has(bob, after.id)]);
      expect(entries(ann).toJSON()).to.deep.equal(entries(bob).toJSON());
    });

    it('[YJS-3] changes nothing by coming back: what the document has is not logged again', async () => {
      const { id } = await createDocument(server.now);
      const listener = await server.now.join(id);
      const ann = await clients.join(id);
      const [early, late] = [crypto.randomUUID(), crypto.randomUUID()];
      draw(ann, early);
      entries(ann).get(early)?.set('geometry', { x: 1, y: 1, width: 1, height: 1 });
      await listener.until(({ frames }) => frames.filter(isChange).length === 2);
      ann.disconnect();
      ann.connect();
      await until(ann, () => ann.synced);
      draw(ann, late);
      await listener.until(({ frames }) => frames.filter(isChange).length === 3);
      const seqs = listener.frames.filter(isChange).map((frame) => 'seq' in frame && frame.seq);
      expect(seqs).to.deep.equal([2, 3, 4]);
    });

    it('[YJS-4] shows others where it is, from its first moment until it leaves', async () => {
      const { id } = await createDocument(server.now);
      const ann = await clients.join(id, { params: { userId: 'ann', displayName: 'Ann' } });
      ann.awareness.setLocalStateField('cursor', { x: 1 });
      const bob = await clients.join(id);
      await until(bob, () => stateOf(bob, ann) !== undefined);
      expect(stateOf(bob, ann)).to.deep.equal({ cursor: { x: 1 } });
      bob.awareness.setLocalStateField('cursor', { x: 2 });
      await until(ann, () => JSON.stringify(stateOf(ann, bob)) === '{"cursor":{"x":2}}');
      ann.destroy();
      await until(bob, () => stateOf(bob, ann) === undefined);
      // Cut off, not said goodbye.
      const ws = bob.ws as unknown as WebSocket;
      const carl = await clients.join(id);
      await until(carl, () => stateOf(carl, bob) !== undefined);
      bob.shouldConnect = false;
      ws.terminate();
      await until(carl, () => stateOf(carl, bob) === undefined);
    });

    it('is one of those who are at the document, under the name that it gives', async () => {
      const { id } = await createDocument(server.now);
      const listener = await server.now.join(id);
      await clients.join(id, { params: { userId: 'ann', displayName: 'Ann', auth: 'of another server' } });
      const joined = await listener.hear('presence.joined');
      expect(joined).to.include({ user_id: 'ann', display_name: 'Ann' });
      const drawn = crypto.randomUUID();
      const bob = await clients.join(id, { params: { userId: 'bob' } });
      draw(bob, drawn);
      const { annotation } = await listener.hear('annotation.created');
      expect(annotation).to.include({ id: drawn, created_by: 'bob' });
    });

    it('[YJS-1] [YJS-4] writes a text together with clients of the text door, each sees where the others are', async () => {
      const id = await createText('yjs');
      const tom = await openText(id);
      write(tom, 0, 'from Tom');
      await tom.whenSaved();
      const ann = await clients.join(id);
      expect(textOf(ann)).to.equal('from Tom');
      write(ann, 0, 'Ann and ');
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (textOf(tom) === 'Ann and from Tom') resolve();
        };
        tom.doc.on('update', look);
        look();
      });
      tom.awareness.setLocalStateField('user', 'Tom');
      await until(ann, () => JSON.stringify(stateOf(ann, tom)) === '{"user":"Tom"}');
      ann.awareness.setLocalStateField('user', 'Ann');
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (tom.awareness.getStates().get(ann.doc.clientID)?.['user'] === 'Ann') resolve();
        };
        tom.awareness.on('change', look);
        look();
      });
      tom.destroy();
      await until(ann, () => stateOf(ann, tom) === undefined);
      const bob = await clients.join(id);
      expect(textOf(bob)).to.equal('Ann and from Tom');
    });

    it('[YJS-2] has all of a text after hundreds of updates, and only what it lacks when it comes back', async () => {
      const id = await createText('yjs');
      const ann = await clients.join(id);
      for (let count = 0; count < 450; count += 1) write(ann, 0, 'x');
      const bob = await clients.join(id);
      await until(bob, () => textOf(bob).length === 450);
      bob.disconnect();
      write(bob, 0, 'offline ');
      write(ann, 0, 'online ');
      bob.connect();
      await until(ann, () => textOf(ann).includes('offline '));
      await until(bob, () => textOf(bob).includes('online '));
      expect(textOf(ann))
        .to.equal(textOf(bob))
        .and.to.have.lengthOf(450 + 8 + 7);
    });

    it('[YJS-6] is refused with a reason where the document is unknown, deleted, or a text of another CRDT', async () => {
      const { id: deleted } = await createDocument(server.now);
      await server.now.api.ok('deleteDocument', { path: { id: deleted } });
      const opaque = await createText('opaque');
      const answers: [string, number, string][] = [
        [UNKNOWN_ID, 404, 'not_found'],
        ['no-uuid', 404, 'not_found'],
        [deleted, 404, 'not_found'],
        [opaque, 422, 'invalid'],
      ];
      for (const [id, status, code] of answers) {
        const ws = new WebSocket(`${server.now.url.replace('http', 'ws')}/v1/yjs/${id}`);
        ws.on('error', () => undefined);
        const [, response] = await once(ws, 'unexpected-response');
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const problem = JSON.parse(Buffer.concat(chunks).toString());
        expect([id, response.statusCode, problem.code]).to.deep.equal([id, status, code]);
        if (id === opaque) expect(problem.detail).to.include('"crdt": "yjs"');
      }
    });

    it('[YJS-6] is told by the close code that its document is deleted', async () => {
      const { id } = await createDocument(server.now);
      const ann = await clients.join(id);
      const closed = new Promise<number>((resolve) => {
        ann.on('connection-close', (event) => resolve((event as { code: number } | null)?.code ?? 0));
      });
      await server.now.api.ok('deleteDocument', { path: { id } });
      expect(await closed).to.equal(4404);
      ann.disconnect();
    });
  });

  describe(`a client of ${name} at a server that stops and starts`, () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'troupe-yjs-'));
    });
    after(() => rm(folder, { recursive: true, force: true }));

    it('[YJS-2] comes back by itself, brings what it drew meanwhile, and has lost nothing', async () => {
      const env = { DATABASE_URL: `sqlite:///${folder}/yjs.db` };
      const first = await startTestServer(env);
      const clients = new YjsClients(name, () => first.url);
      const { id } = await createDocument(first);
      const [ann, bob] = await Promise.all([clients.join(id), clients.join(id)]);
      const [early, late] = [crypto.randomUUID(), crypto.randomUUID()];
      draw(ann, early);
      await has(bob, early);
      await first.stop();
      draw(ann, late);
      const second = await startTestServer({ ...env, PORT: String(first.port) });
      await has(bob, late);
      const kept = await second.api.ok('listAnnotations', { query: { document_id: id } });
      expect(kept.items.map((item) => item.id)).to.have.members([early, late]);
      await until(ann, () => ann.synced);
      clients.closeAll();
      await second.stop();
    });
  });
}
