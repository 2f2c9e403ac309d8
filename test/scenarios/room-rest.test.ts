import { expect } from 'chai';
import { readImageHeader } from '../../render/image-header.ts';
import { createBox, createDocument, type TestServer, useServer } from '../helpers/server.ts';
import { quarteredJpeg } from '../render/jpeg-fixture.ts';
import { makePng } from '../render/png-fixture.ts';
import { RoomClient } from '../sockets/room-client.ts';

const picture = makePng({ width: 60, height: 40, depth: 8, color: 2, sample: (x, y) => [x * 4, y * 6, 128] });

const enter = ({ url }: TestServer, roomId: string): Promise<RoomClient> =>
  new RoomClient(`${url.replace(/^http/, 'ws')}/v1/ws/rooms/${roomId}?userId=ann`).caughtUp();

describe('a room by REST', () => {
  const server = useServer();

  const newRoom = async (): Promise<{ roomId: string }> => ({
    roomId: (await server.now.api.ok('createRoom', { body: {} })).id,
  });

  it('[ROOM-20] is a document, whichever door made, renamed or deleted it', async () => {
    const { api } = server.now;
    const room = await api.ok('createRoom', { body: { name: 'Attic', width: 300, height: 200 } });
    const document = await api.ok('getDocument', { path: { id: room.id } });
    expect(document).to.include({ name: 'Attic', width: 300, height: 200, image_url: null });
    await api.ok('updateDocument', { path: { id: room.id }, body: { name: 'Cellar' } });
    expect(await api.ok('getRoom', { path: { roomId: room.id } })).to.include({ name: 'Cellar', seq: 2 });
    const { id } = await createDocument(server.now);
    await api.ok('updateRoom', { path: { roomId: id }, body: { name: 'Hall' } });
    expect(await api.ok('getDocument', { path: { id } })).to.include({ name: 'Hall', version: 2 });
    await api.ok('deleteRoom', { path: { roomId: id } });
    expect((await api.refused('getDocument', { path: { id } })).status).to.equal(404);
  });

  it('[ROOM-20] counts the sockets of all its doors, and tells them what REST does', async () => {
    const { api } = server.now;
    const path = await newRoom();
    const [watcher, ann] = [await server.now.join(path.roomId), await enter(server.now, path.roomId)];
    const { items } = await api.ok('listRooms', { query: { size: 100 } });
    expect(items.find(({ id }) => id === path.roomId)).to.include({ connectedClients: 2 });
    const room = await api.ok('updateRoom', { path, body: { name: 'Attic' } });
    expect(room.connectedClients).to.equal(2);
    expect((await watcher.hear('document.updated')).document).to.include({ name: 'Attic' });
    expect((await ann.hear('room.updated')).seq).to.equal(room.seq);
    await api.ok('createRoomVersion', { path, body: { tag: 'v1' } });
    expect((await ann.hear('version.created')).seq).to.equal(3);
    await api.ok('revertRoom', { path: { ...path, tag: 'v1' } });
    expect((await ann.hear('reverted')).seq).to.equal(4);
    ann.drop();
  });

  it('[ROOM-21] shows an uploaded image in its exports and previews', async () => {
    const { api } = server.now;
    const path = await newRoom();
    const jpeg = Buffer.from(await quarteredJpeg());
    for (const [bytes, type, width, height] of [
      [picture, 'image/png', 60, 40],
      [jpeg, 'image/jpeg', 48, 32],
    ] as const) {
      const room = await api.ok('uploadRoomImage', { path, bytes, headers: { 'Content-Type': type } });
      expect(room).to.include({ hasImage: true, width, height });
      expect((await api.bytes('getRoomImage', { path })).equals(bytes)).to.equal(true);
      const document = await api.ok('getDocument', { path: { id: path.roomId } });
      expect(document).to.include({ image_url: `/v1/rooms/${path.roomId}/image`, width, height });
      const preview = await api.bytes('getDocumentPreview', { path: { id: path.roomId } });
      expect(readImageHeader(preview)).to.deep.include({
        mime: 'image/png',
        width: width / 4,
        height: height / 4,
      });
    }
    const form = new FormData();
    form.append('image', new Blob([new Uint8Array(picture)]), 'picture.png');
    const answer = await fetch(`${server.now.url}/v1/rooms/${path.roomId}/image`, {
      method: 'POST',
      body: form,
    });
    expect(answer.status).to.equal(200);
    expect((await answer.json()) as object).to.include({ width: 60, height: 40 });
  });

  it('[ROOM-22] has its picture of then under a tag or a seq, byte for byte', async () => {
    const { api } = server.now;
    const path = await newRoom();
    const client = await server.now.join(path.roomId);
    const box = await createBox(server.now, path.roomId);
    const { seq } = await api.ok('createRoomVersion', { path, body: { tag: 'a/b: 漢' } });
    const pictureOf = async (body: object): Promise<Buffer> => {
      const { jobId } = await api.ok('createRoomExport', {
        path,
        body: { format: 'png', scale: 0.5, includeComments: true, ...body },
      });
      const job = await client.hearEnd(jobId);
      expect(job).to.include({ status: 'completed', include_comments: true, scale: 0.5 });
      return api.bytes('downloadExport', { path: { id: jobId } });
    };
    const now = await pictureOf({});
    await api.ok('deleteAnnotation', { path: { id: box.id } });
    expect((await pictureOf({})).equals(now)).to.equal(false);
    expect((await pictureOf({ tag: 'a/b: 漢' })).equals(now)).to.equal(true);
    expect((await pictureOf({ seq })).equals(now)).to.equal(true);
    await api.ok('revertRoom', { path: { ...path, tag: encodeURIComponent('a/b: 漢') } });
    expect((await pictureOf({})).equals(now)).to.equal(true);
    for (const [body, field] of [
      [{ seq: 999 }, '/body/seq'],
      [{ tag: 'unknown' }, '/body/tag'],
      [{ seq: 1, tag: 'a/b: 漢' }, '/body/tag'],
      [{ format: 'jpg', background: 'transparent' }, '/body/background'],
    ] as const) {
      const problem = await api.refused('createRoomExport', {
        path,
        body: { format: 'png', ...body } as never,
      });
      expect(problem).to.include({ status: 422 });
      expect(problem.errors?.[0]?.path).to.equal(field);
    }
  });

  it('[ROOM-23] has comments that are annotations, whichever door made them', async () => {
    const { api } = server.now;
    const path = await newRoom();
    const ann = await enter(server.now, path.roomId);
    const box = await createBox(server.now, path.roomId, 10);
    const comment = await api.ok('createRoomComment', {
      path,
      body: { anchor: { annotationId: box.id }, body: 'Why?', author: 'bo' },
    });
    const annotation = await api.ok('getAnnotation', { path: { id: comment.id } });
    expect(annotation).to.deep.include({
      type: 'comment',
      parent_id: box.id,
      content: 'Why?',
      created_by: 'bo',
      resolved: false,
    });
    await ann.until(({ annotations }) => annotations.has(comment.id));
    const reply = await api.ok('createAnnotation', {
      body: { document_id: path.roomId, type: 'comment', parent_id: comment.id, content: 'Because' },
    });
    const list = () => api.ok('listRoomComments', { path });
    expect(await list()).to.deep.equal([
      comment,
      {
        ...comment,
        id: reply.id,
        parentId: comment.id,
        body: 'Because',
        author: 'anonymous',
        createdAt: reply.created_at,
        updatedAt: reply.updated_at,
      },
    ]);
    await api.ok('updateAnnotation', { path: { id: comment.id }, body: { resolved: true } });
    expect(
      (await api.ok('listRoomComments', { path, query: { status: 'resolved' } })).map(({ id }) => id),
    ).to.deep.equal([comment.id]);
    await api.ok('updateAnnotation', {
      path: { id: box.id },
      body: { geometry: { x: 100, y: 50, width: 20, height: 10, rotation: 180 } },
    });
    for (const { position } of await list()) expect(position).to.deep.equal({ x: 120, y: 60 });
    await api.ok('deleteAnnotation', { path: { id: box.id } });
    for (const each of await list()) {
      expect(each).to.deep.include({
        anchor: { annotationId: box.id },
        position: { x: 120, y: 60 },
        orphaned: true,
      });
    }
    await api.ok('deleteRoomComment', { path: { ...path, commentId: comment.id } });
    expect(await list()).to.deep.equal([]);
    expect((await api.refused('getAnnotation', { path: { id: reply.id } })).status).to.equal(404);
    ann.drop();
  });

  it('[ROOM-24] has previews of each state and scale, which cost nothing the second time', async () => {
    const { api } = server.now;
    const { roomId } = await newRoom();
    const path = { id: roomId };
    const empty = await api.send('getDocumentPreview', { path });
    const tag = empty.headers.get('etag') ?? '';
    const blank = Buffer.from(await empty.arrayBuffer());
    expect(readImageHeader(blank)).to.deep.include({ width: 320, height: 180 });
    await createBox(server.now, roomId);
    const changed = await api.send('getDocumentPreview', { path, headers: { 'If-None-Match': tag } });
    expect(changed.status).to.equal(200);
    expect(Buffer.from(await changed.arrayBuffer()).equals(blank)).to.equal(false);
    const past = await api.send('getDocumentPreview', { path, query: { seq: 1 } });
    expect(past.headers.get('etag')).to.equal(tag);
    expect(Buffer.from(await past.arrayBuffer()).equals(blank)).to.equal(true);
    const again = await api.send('getDocumentPreview', {
      path,
      query: { seq: 1 },
      headers: { 'If-None-Match': tag },
    });
    expect(again.status).to.equal(304);
    const large = await api.bytes('getDocumentPreview', { path, query: { scale: 2 } });
    expect(readImageHeader(large)).to.deep.include({ width: 2560, height: 1440 });
  });
});

describe('a room whose past is pruned', () => {
  const server = useServer({ SNAPSHOT_EVENTS: '5', SNAPSHOTS_KEPT: '1' });

  it('[ROOM-22] tells what is gone by 410 and what never was by 422, and keeps what was named', async () => {
    const { api } = server.now;
    const { id: roomId } = await api.ok('createRoom', { body: { name: 'First' } });
    const path = { roomId };
    await api.ok('updateRoom', { path, body: { name: 'Second' } });
    const kept = await api.ok('createRoomVersion', { path, body: { tag: 'kept', seq: 1 } });
    expect(kept).to.include({ seq: 1, createdBy: 'anonymous' });
    const blank = await api.bytes('getDocumentPreview', { path: { id: roomId }, query: { seq: 1 } });
    for (let i = 0; i < 12; i++) await createBox(server.now, roomId, i);
    await api.ok('createRoomSnapshot', { path });
    let events = await api.ok('listRoomEvents', { path });
    while (events.firstSeq <= 2) events = await api.ok('listRoomEvents', { path, query: { limit: 1 } });
    expect(events).to.include({ seq: 15 });
    for (const { seq } of events.items) expect(seq).to.be.at.least(events.firstSeq);
    const gone = { status: 410, code: 'state_gone' };
    const body = { tag: 'late', seq: 2 };
    expect(await api.refused('createRoomVersion', { path, body })).to.include(gone);
    expect(await api.refused('createRoomExport', { path, body: { format: 'png', seq: 2 } })).to.include(gone);
    const preview = { path: { id: roomId }, query: { seq: 2, scale: 0.3 } };
    expect(await api.refused('getDocumentPreview', preview)).to.include(gone);
    const ahead = { path, body: { tag: 'late', seq: 99 } };
    expect(await api.refused('createRoomVersion', ahead)).to.include({ status: 422 });
    const again = await api.bytes('getDocumentPreview', { path: { id: roomId }, query: { tag: 'kept' } });
    expect(again.equals(blank)).to.equal(true);
    const { seq } = await api.ok('revertRoom', { path: { ...path, tag: 'kept' } });
    expect(seq).to.equal(16);
    expect(await api.ok('getRoom', { path })).to.include({ name: 'First', seq: 16 });
    const list = await api.ok('listAnnotations', { query: { document_id: roomId } });
    expect(list.total).to.equal(0);
  });
});

describe('the metrics of a server', () => {
  const server = useServer({ IDLE_SECONDS: '600' });

  it('count rooms as rooms, and all other documents too', async () => {
    const { api } = server.now;
    await api.ok('createRoom', { body: {} });
    await createDocument(server.now);
    await api.ok('createTextDocument', { body: { title: 'Notes' } });
    // The canvas that is made at the first start is one of them.
    expect(await api.ok('getMetrics')).to.include({ rooms_active: 2, documents_active: 4 });
  });
});
