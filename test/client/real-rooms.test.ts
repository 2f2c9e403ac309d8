import { expect } from 'chai';
import * as Y from 'yjs';
import { addComment, listComments } from '../../client/annotations/comments.ts';
import { createAnnotation } from '../../client/annotations/create.ts';
import { listAnnotations, readAnnotation } from '../../client/annotations/read.ts';
import { moveAnnotations } from '../../client/annotations/transform.ts';
import { createUndo } from '../../client/annotations/undo.ts';
import { deleteAnnotations, updateAnnotation } from '../../client/annotations/update.ts';
import type { Annotation, Page } from '../../protocol/entities.ts';
import { next, RealRooms, type RoomUser, until } from './real-rooms.ts';
import { RealServer, type Store } from './real-server.ts';

const BOX = { type: 'box', geometry: { x: 0, y: 0, width: 10, height: 10 } } as const;
/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const idsOf = (annotations: readonly { readonly id: string }[]): string[] =>
  annotations.map(({ id }) => id).sort();
const jsonOf = ({ doc }: RoomUser): unknown => doc.getMap('annotations').toJSON();

for (const store of ['memory', 'sqlite'] as const satisfies readonly Store[]) {
  describe(`rooms at a server with the store ${store}`, () => {
    let server: RealServer;
    let rooms: RealRooms;

    before(async () => {
      server = await RealServer.start(store);
      rooms = new RealRooms(server);
    });

    after(() => {
      rooms.leave();
      return server.stop();
    });

    const listed = async (id: string): Promise<Annotation[]> =>
      (await rooms.rest<Page<Annotation>>('GET', `/v1/annotations?document_id=${id}&size=100`)).items;

    it('are one picture for two who draw in them and for one who uses REST', async () => {
      const { room, ann, bob } = await rooms.room();
      const mine = createAnnotation(ann.doc, { ...BOX, style: { fill: 'red' } });
      const theirs = createAnnotation(bob.doc, { type: 'text', geometry: { x: 5, y: 5 }, content: 'hi' });
      const body = { ...BOX, document_id: room.id };
      const posted = await rooms.rest<Annotation>('POST', '/v1/annotations', body);
      await Promise.all([ann, bob].map((user) => until(user, () => listAnnotations(user.doc).length === 3)));
      await Promise.all([ann, bob].map(({ provider }) => provider.whenSaved()));
      expect(idsOf(await listed(room.id))).to.deep.equal([mine, theirs, posted.id].sort());
      await rooms.rest('PATCH', `/v1/annotations/${mine}`, { style: { stroke: 'blue' } });
      updateAnnotation(bob.doc, mine, { style: { fill: 'green' } });
      const isMerged = ({ doc }: RoomUser): boolean => {
        const style = readAnnotation(doc, mine)?.style;
        return style?.fill === 'green' && style.stroke === 'blue';
      };
      await Promise.all([ann, bob].map((user) => until(user, () => isMerged(user))));
      await bob.provider.whenSaved();
      const { style } = await rooms.rest<Annotation>('GET', `/v1/annotations/${mine}`);
      expect(style).to.deep.include({ fill: 'green', stroke: 'blue' });
    });

    it('end up equal for two who edit as fast as they can on networks that break', async () => {
      const { room, ann, bob } = await rooms.room();
      const id = createAnnotation(ann.doc, BOX);
      await until(bob, () => readAnnotation(bob.doc, id) !== undefined);
      for (let count = 0; count < 200; count += 1) {
        moveAnnotations(ann.doc, id, { x: 1, y: 0 });
        createAnnotation(bob.doc, { ...BOX, content: `${count}` });
        if (count % 40 === 20) ann.cut();
        if (count % 50 === 30) bob.cut();
        if (count % 20 === 0) await rooms.rest('GET', `/v1/rooms/${room.id}`);
      }
      await Promise.all([ann, bob].flatMap(({ provider }) => [provider.whenSynced(), provider.whenSaved()]));
      await Promise.all(
        [ann, bob].map((user) => until(user, () => listAnnotations(user.doc).length === 201)),
      );
      const late = rooms.open(room.id, 'late');
      await late.provider.whenSynced();
      expect([jsonOf(ann), jsonOf(bob)]).to.deep.equal([jsonOf(late), jsonOf(late)]);
      expect(
        (await rooms.rest<Page<Annotation>>('GET', `/v1/annotations?document_id=${room.id}`)).total,
      ).to.equal(201);
    });

    it('get what was drawn before the first join, and what was drawn offline', async () => {
      const { id } = await rooms.api().create();
      const doc = new Y.Doc();
      const early = createAnnotation(doc, BOX);
      const ann = rooms.open(id, 'ann', doc);
      expect(ann.provider.saved).to.equal(false);
      await ann.provider.whenSaved();
      ann.cut();
      await until(ann, () => ann.provider.status.name === 'waiting');
      const offline = createAnnotation(doc, BOX);
      deleteAnnotations(doc, early);
      expect(ann.provider.saved).to.equal(false);
      await ann.provider.whenSaved();
      expect(idsOf(await listed(id))).to.deep.equal([offline]);
    });

    it('go back to a version for everybody, and what one did before can still be undone', async () => {
      const { room, ann, bob } = await rooms.room();
      const api = rooms.api();
      const undo = createUndo(ann.doc, { captureTimeout: 0 });
      const [kept, changed] = [createAnnotation(ann.doc, BOX), createAnnotation(bob.doc, BOX)];
      await Promise.all([ann.provider.whenSaved(), bob.provider.whenSaved()]);
      const heard = next(bob, 'version');
      const { seq } = await api.createVersion(room.id, { tag: 'before lunch' });
      expect(await heard).to.deep.include({ seq: seq + 1 });
      await until(ann, () => readAnnotation(ann.doc, changed) !== undefined);
      const surplus = createAnnotation(ann.doc, BOX);
      deleteAnnotations(ann.doc, changed);
      await ann.provider.whenSaved();
      const reverted = next(bob, 'reverted');
      const head = await api.revert(room.id, 'before lunch');
      expect(await reverted).to.deep.include({ seq: head, by: 'rest' });
      expect(idsOf(listAnnotations(bob.doc))).to.deep.equal([kept, changed].sort());
      await until(ann, () => ann.provider.lastSeq >= head);
      expect(idsOf(listAnnotations(ann.doc))).to.deep.equal(idsOf(listAnnotations(bob.doc)));
      expect(readAnnotation(ann.doc, surplus)).to.equal(undefined);
      // The server has set what these steps set: only the first of them is still this user's.
      while (undo.undo());
      expect(idsOf(listAnnotations(ann.doc))).to.deep.equal([changed]);
      undo.destroy();
      expect((await api.versions(room.id)).map(({ tag }) => tag)).to.deep.equal(['before lunch']);
    });

    it('have comments that are the same for those who draw and for those who use REST', async () => {
      const { room, ann } = await rooms.room();
      const api = rooms.api('bob');
      const box = createAnnotation(ann.doc, BOX);
      const id = addComment(ann.doc, { annotationId: box }, 'Why?');
      await ann.provider.whenSaved();
      const reply = await api.createComment(room.id, { parentId: id, body: 'Because.' });
      await api.updateComment(room.id, id, { status: 'resolved' });
      await until(ann, () => listComments(ann.doc).some(({ status }) => status === 'resolved'));
      moveAnnotations(ann.doc, box, { x: 7, y: 7 });
      for (const orphaned of [false, true]) {
        if (orphaned) deleteAnnotations(ann.doc, box);
        await ann.provider.whenSaved();
        await until(ann, () => listComments(ann.doc).length === 2);
        const told = (await api.comments(room.id)).map((comment) => ({
          id: comment.id,
          anchor: comment.anchor,
          position: comment.position,
          orphaned: comment.orphaned === true,
          body: comment.body,
          parentId: comment.parentId ?? null,
          status: comment.status,
        }));
        expect(listComments(ann.doc)).to.have.deep.members(told);
        expect(told[0]).to.deep.include({ id, position: { x: 7, y: 7 }, orphaned, status: 'resolved' });
        expect(told[1]).to.deep.include({ id: reply.id, parentId: id });
      }
    });

    it('tell whose entry does not validate, and show it to nobody else', async () => {
      const { room, ann } = await rooms.room();
      const told = next(ann, 'quarantined');
      ann.doc.getMap('annotations').set('not an id', 'rubbish');
      expect(await told).to.have.nested.property('entries[0].id', 'not an id');
      await ann.provider.whenSaved();
      expect(await listed(room.id)).to.deep.equal([]);
    });

    it('refuse what writes as the server, which the provider tells and does not repeat', async () => {
      const { ann } = await rooms.room();
      const refused = next(ann, 'error');
      ann.doc.clientID = 1;
      ann.doc.getMap('annotations').set('x', 1);
      expect(await refused).to.include({ code: 'bad_update' });
      ann.cut();
      await until(ann, () => ann.provider.status.name === 'waiting');
      await ann.provider.whenSynced();
      expect(ann.provider.saved).to.equal(false);
    });

    it('show who is there, where, and with what awareness, until they leave', async () => {
      const { ann, bob } = await rooms.room();
      ann.provider.setPresence({ cursor: { x: 3, y: 4 }, selection: ['a'], typing: true });
      ann.provider.awareness.setLocalStateField('user', 'Ann');
      const client = ann.doc.clientID;
      const seen = (): object =>
        [...bob.provider.guests.values()].find(({ userId }) => userId === 'ann') ?? {};
      await until(bob, () => 'typing' in seen());
      expect(seen()).to.deep.include({ cursor: { x: 3, y: 4 }, selection: ['a'], typing: true });
      await until(bob, () => bob.provider.awareness.getStates().get(client)?.['user'] === 'Ann');
      ann.provider.destroy();
      await until(
        bob,
        () => bob.provider.guests.size === 0 && !bob.provider.awareness.getStates().has(client),
      );
    });

    it('are made, named, given an image, looked into and deleted', async () => {
      const { room, ann } = await rooms.room();
      const api = rooms.api();
      const named = next(ann, 'room');
      expect(await api.update(room.id, { name: 'Plan' })).to.include({ name: 'Plan', hasImage: false });
      expect(await named).to.have.nested.property('room.name', 'Plan');
      expect(await api.uploadImage(room.id, PIXEL)).to.include({ hasImage: true, width: 1, height: 1 });
      const image = await fetch(api.imageUrl(room.id));
      expect([image.headers.get('content-type'), Buffer.from(await image.arrayBuffer())]).to.deep.equal([
        'image/png',
        PIXEL,
      ]);
      const done = new Promise((resolve) => {
        ann.provider.on('export', ({ job }) => job.status === 'completed' && resolve(job.id));
      });
      const jobId = await api.createExport(room.id, { format: 'png' });
      expect(await done).to.equal(jobId);
      expect(await api.export(jobId)).to.include({ status: 'completed', mime: 'image/png' });
      expect((await fetch(api.exportUrl(jobId))).status).to.equal(200);
      const { items, seq } = await api.events(room.id, { after: 1, limit: 2 });
      expect([items.map((event) => event.seq), seq > 3]).to.deep.equal([[2, 3], true]);
      expect((await api.list({ size: 100 })).items.map(({ id }) => id)).to.include(room.id);
      expect(await api.isGone(room.id)).to.equal(false);
      expect(await api.delete(room.id)).to.include({ id: room.id, status: 'deleted' });
      await until(ann, () => ann.provider.status.name === 'closed');
      expect(ann.provider.status).to.include({ code: 4404 });
      expect(await api.isGone(room.id)).to.equal(true);
      const late = rooms.open(room.id, 'late');
      expect(await late.provider.whenSynced().catch((error: unknown) => error)).to.include({
        code: 'not_found',
      });
    });

    if (store === 'sqlite') {
      it('go on after a restart of the server: what was drawn meanwhile arrives', async () => {
        const { room, ann, bob } = await rooms.room();
        createAnnotation(ann.doc, BOX);
        await ann.provider.whenSaved();
        await server.restart(async () => {
          createAnnotation(ann.doc, BOX);
          createAnnotation(bob.doc, BOX);
        });
        await Promise.all(
          [ann, bob].map((user) => until(user, () => listAnnotations(user.doc).length === 3)),
        );
        await Promise.all([ann.provider.whenSaved(), bob.provider.whenSaved()]);
        expect(await listed(room.id)).to.have.lengthOf(3);
      });
    }
  });
}
