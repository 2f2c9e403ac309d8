import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import * as Y from 'yjs';
import type { Annotation } from '../../protocol/entities.ts';
import { createBox, createDocument, type TestServer, useServer } from '../helpers/server.ts';
import { RoomClient, yBox } from '../sockets/room-client.ts';

const joinRoom = ({ url }: TestServer, roomId: string, userId: string): Promise<RoomClient> =>
  new RoomClient(`${url.replace(/^http/, 'ws')}/v1/ws/rooms/${roomId}?userId=${userId}`).caughtUp();

/** What the CRDT says of an annotation. */
const entryOf = (client: RoomClient, id: string): Record<string, unknown> => {
  const entry = client.annotations.get(id);
  if (!(entry instanceof Y.Map)) throw new Error(`${id} is no Y.Map`);
  return entry.toJSON();
};

describe('one picture through three doors', () => {
  const server = useServer();

  it('[ROOM-10] shows what was made by REST in the Yjs document of a room client, edits and deletion too', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const ann = await joinRoom(server.now, document_id, 'ann');
    const { id } = await createBox(server.now, document_id, 17);
    await ann.until(({ annotations }) => annotations.has(id));
    expect(entryOf(ann, id)).to.deep.include({
      type: 'box',
      geometry: { x: 17, y: 20, width: 300, height: 40 },
    });
    await api.ok('updateAnnotation', { path: { id }, body: { content: 'hello', style: { stroke: '#00f' } } });
    await ann.until(() => entryOf(ann, id)['content'] === 'hello');
    expect(entryOf(ann, id)['style']).to.deep.include({ stroke: '#00f' });
    await api.ok('deleteAnnotation', { path: { id } });
    await ann.until(() => entryOf(ann, id)['status'] === 'deleted');
    ann.drop();
  });

  it('[ROOM-10] shows a rectangle of a room client in GET /v1/annotations and as one realtime frame', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const [ann, watcher] = [
      await joinRoom(server.now, document_id, 'ann'),
      await server.now.join(document_id),
    ];
    const id = randomUUID();
    ann.edit((annotations) => annotations.set(id, yBox(3)));
    const { seq } = await ann.hear('ack');
    const { items } = await api.ok('listAnnotations', { query: { document_id } });
    expect(items.map((item) => item.id)).to.deep.equal([id]);
    expect(items[0]).to.deep.include({
      geometry: { x: 3, y: 0, width: 10, height: 10 },
      created_by: 'ann',
      version: 1,
    });
    const frame = await watcher.hear('annotation.created');
    expect(frame.seq).to.equal(seq);
    expect(frame.annotation).to.deep.equal(items[0]);
    const entry = ann.annotations.get(id);
    if (entry instanceof Y.Map) ann.edit(() => entry.set('geometry', { x: 4, y: 5, width: 6, height: 7 }));
    const moved = await watcher.hear('annotation.updated');
    expect(moved.annotation).to.deep.include({ geometry: { x: 4, y: 5, width: 6, height: 7 }, version: 2 });
    expect(await api.ok('getAnnotation', { path: { id } })).to.deep.equal(moved.annotation);
    ann.drop();
  });

  it('[ROOM-10] keeps an update of 1,000 annotations one event and one frame at every door', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const [ann, bob] = await Promise.all(['ann', 'bob'].map((who) => joinRoom(server.now, document_id, who)));
    if (ann === undefined || bob === undefined) throw new Error('they have joined');
    const watcher = await server.now.join(document_id);
    const ids = Array.from({ length: 1_000 }, () => randomUUID());
    ann.edit((annotations) => {
      for (const [n, id] of ids.entries()) annotations.set(id, yBox(n));
    });
    const { seq } = await ann.hear('ack');
    expect(seq).to.equal(2);
    const frame = await watcher.hear('annotations.changed');
    expect(frame.seq).to.equal(2);
    expect((frame.created as Annotation[]).map(({ id }) => id).sort()).to.deep.equal([...ids].sort());
    expect([...frame.updated, ...frame.deleted]).to.deep.equal([]);
    await bob.reach(2);
    expect(bob.of('update').map((update) => update.seq)).to.deep.equal([2]);
    expect(bob.annotations.size).to.equal(1_000);
    expect((await api.ok('listAnnotations', { query: { document_id, size: 1 } })).total).to.equal(1_000);
    expect(watcher.seqs).to.deep.equal([2]);
    ann.drop();
    bob.drop();
  });

  it('[ROOM-10] keeps both of two edits that a room client and a REST client make of one annotation at once', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const ann = await joinRoom(server.now, document_id, 'ann');
    const { id } = await createBox(server.now, document_id);
    await ann.until(({ annotations }) => annotations.has(id));
    const entry = ann.annotations.get(id);
    if (!(entry instanceof Y.Map)) throw new Error('no entry');
    ann.edit(() => entry.set('group_id', 'g1'));
    await api.ok('updateAnnotation', { path: { id }, body: { style: { fill: 'red' } } });
    await ann.hear('ack');
    await ann.until(() => (entryOf(ann, id)['style'] as Record<string, unknown>)['fill'] === 'red');
    const read = await api.ok('getAnnotation', { path: { id } });
    expect(read).to.deep.include({ group_id: 'g1', version: 3 });
    expect(read.style).to.include({ fill: 'red' });
    expect(entryOf(ann, id)['group_id']).to.equal('g1');
    ann.drop();
  });

  it('[ROOM-10] tells a revert by REST to room clients as edits that they can build on', async () => {
    const { api } = server.now;
    const { id: document_id } = await createDocument(server.now);
    const ann = await joinRoom(server.now, document_id, 'ann');
    const kept = randomUUID();
    ann.edit((annotations) => annotations.set(kept, yBox(1)));
    await ann.hear('ack');
    const version = await api.ok('createVersion', { body: { document_id, tag: 'v1' } });
    const entry = ann.annotations.get(kept);
    if (!(entry instanceof Y.Map)) throw new Error('no entry');
    ann.edit((annotations) => {
      entry.set('geometry', { x: 99, y: 99, width: 1, height: 1 });
      annotations.set(randomUUID(), yBox(2));
    });
    await ann.until(() => ann.of('ack').length === 2);
    await api.ok('revertVersion', { path: { id: version.id }, body: {} });
    const reverted = await ann.hear('reverted');
    expect(reverted.version).to.include({ id: version.id, tag: 'v1' });
    expect(entryOf(ann, kept)['geometry']).to.deep.equal({ x: 1, y: 0, width: 10, height: 10 });
    ann.edit(() => entry.set('group_id', 'after'));
    await ann.until(() => ann.of('ack').length === 3);
    const { items } = await api.ok('listAnnotations', { query: { document_id } });
    expect(items.map(({ id, group_id }) => ({ id, group_id }))).to.deep.equal([
      { id: kept, group_id: 'after' },
    ]);
    ann.drop();
  });
});
