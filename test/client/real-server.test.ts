import { expect } from 'chai';
import { WebSocket } from 'ws';
import { ApiError } from '../../client/rest-client.ts';
import { TextConnectionError } from '../../client/text-connection-error.ts';
import { TextDocumentConnection } from '../../client/text-document-connection.ts';
import { RealServer, type Store, textOf, type, until } from './real-server.ts';

for (const store of ['memory', 'sqlite'] as const satisfies readonly Store[]) {
  describe(`the client at a server with the store ${store}`, () => {
    let server: RealServer;

    before(async () => {
      server = await RealServer.start(store);
    });

    after(() => server.stop());

    for (const crdt of ['yjs', 'opaque'] as const) {
      it(`lets two type into one ${crdt} document at the same time, and both end up with one text`, async () => {
        const { ann, bob } = await server.document(crdt);
        for (let count = 0; count < 50; count += 1) {
          type(ann, 0, 'a');
          type(bob, 0, 'b');
        }
        await Promise.all([ann.whenSaved(), bob.whenSaved()]);
        await Promise.all([ann, bob].map((one) => until(one, () => textOf(one).length === 100)));
        expect(textOf(ann)).to.equal(textOf(bob));
      });

      it(`gives one who comes later everything of a ${crdt} document, also after hundreds of updates`, async () => {
        const { id, ann, bob } = await server.document(crdt);
        for (let count = 0; count < 450; count += 1) {
          type(count % 2 === 0 ? ann : bob, 0, 'x');
          if (count % 10 === 0) await Promise.all([ann.whenSaved(), bob.whenSaved()]);
        }
        await Promise.all([ann.whenSaved(), bob.whenSaved()]);
        const late = server.open(id, 'late');
        await late.whenSynced();
        expect(textOf(late)).to.equal('x'.repeat(450));
      });
    }

    it('shows others who is there and where, until they leave', async () => {
      const { ann, bob } = await server.document('yjs');
      ann.awareness.setLocalStateField('cursor', { anchor: 3 });
      const client = ann.doc.clientID;
      await until(bob, () => bob.awareness.getStates().get(client)?.['cursor']?.anchor === 3);
      ann.destroy();
      await until(bob, () => !bob.awareness.getStates().has(client));
    });

    it('gives one who comes later the awareness of those who are there', async () => {
      const { id, ann } = await server.document('yjs');
      ann.awareness.setLocalStateField('user', 'Ann');
      const late = server.open(id, 'late');
      await until(late, () => late.awareness.getStates().get(ann.doc.clientID)?.['user'] === 'Ann');
    });

    it('gives a deleted document only to who asks for those too', async () => {
      const { id } = await server.api.create({ title: 'Deleted', crdt: 'yjs' });
      await server.api.delete(id);
      const refused = await server.api.get(id).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(ApiError).with.property('status', 404);
      expect((await server.api.get(id, { include_deleted: true })).deleted_at).to.be.a('string');
    });

    it('returns opaque bytes as they were sent, and the seq of an operation that was sent before', async () => {
      const { id } = await server.api.create({ title: 'Opaque' });
      const open = (userId: string): TextDocumentConnection =>
        new TextDocumentConnection({ url: server.url, documentId: id, userId, WebSocket });
      const [ann, bob] = [open('ann'), open('bob')];
      const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
      bob.join();
      await bob.whenLive();
      const heard = new Promise((resolve) => {
        bob.on('remoteUpdate', resolve);
      });
      ann.join();
      const { seq } = await ann.send(bytes, 'my operation');
      expect(await heard).to.deep.equal({ seq, update: bytes, actorId: 'ann' });
      expect(await bob.send(bytes, 'my operation')).to.deep.equal({ seq, opId: 'my operation' });
      expect([ann.lastSeq, bob.lastSeq]).to.deep.equal([seq, seq]);
      ann.leave();
      bob.leave();
    });

    it('tells of an update that is no Yjs update, and goes on', async () => {
      const { id, ann } = await server.document('yjs');
      const bad = ann.connection.send(new Uint8Array([255, 255, 255]));
      expect(await bad.catch((error: unknown) => error)).to.include({ code: 'bad_update' });
      type(ann, 0, 'still here');
      await ann.connection.send(new Uint8Array([0, 0]));
      const late = server.open(id, 'late');
      await late.whenSynced();
      expect(textOf(late)).to.equal('still here');
    });

    it('lists, names, deletes and restores documents', async () => {
      const { api } = server;
      const { id } = await api.create({ title: 'Shopping LIST' });
      expect((await api.list({ query: 'ping list' })).items.map((item) => item.id)).to.deep.equal([id]);
      expect(await api.update(id, { title: 'Errands' })).to.include({ id, title: 'Errands' });
      expect(await api.isGone(id)).to.equal(false);
      await api.delete(id);
      expect(await api.isGone(id)).to.equal(true);
      const failure = await api.update(id, { title: 'x' }).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(ApiError).and.to.include({ status: 404 });
      expect(await api.update(id, { deleted: false })).to.include({ title: 'Errands', deleted_at: null });
      const invalid = await api.create({ title: '' }).catch((error: unknown) => error);
      expect(invalid).to.include({ status: 400 });
    });

    it('leaves for good when the document is deleted, and when it was never there', async () => {
      const { id, ann } = await server.document('yjs');
      const renamed = new Promise((resolve) => {
        ann.connection.on('document', resolve);
      });
      await server.api.delete(id);
      expect(await renamed).to.include({ deleted: true });
      const late = server.open(id, 'late');
      const failure = await late.whenSynced().catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(TextConnectionError).and.to.include({ code: 'not_found' });
      expect(ann.connection.status).to.include({ name: 'closed', code: 4404 });
    });

    if (store === 'sqlite') {
      it('goes on after a restart of the server: what was typed meanwhile arrives, in one piece', async () => {
        const { id, ann, bob } = await server.document('yjs');
        type(ann, 0, 'before ');
        await ann.whenSaved();
        const restarted = server.restart();
        for (const letter of 'elihwnaem') type(ann, 0, letter);
        await restarted;
        await Promise.all([ann.whenSaved(), bob.whenSynced()]);
        await until(bob, () => textOf(bob) === 'meanwhilebefore ');
        const late = server.open(id, 'late');
        await late.whenSynced();
        expect(textOf(late)).to.equal('meanwhilebefore ');
      });
    }
  });
}
