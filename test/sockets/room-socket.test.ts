import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import * as Y from 'yjs';
import type { Annotation } from '../../protocol/entities.ts';
import { ALICE } from '../helpers/runtime.ts';
import { closeUnharmed } from './door-server.ts';
import { handshakeStatus } from './handshake-status.ts';
import { expectSameDocument, RoomClient, yBox } from './room-client.ts';
import { type RoomHarness, startRoomHarness } from './room-harness.ts';
import { createRoomChecker } from './room-messages.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const BOX = { type: 'box', geometry: { x: 1, y: 2, width: 3, height: 4 } };

describe('the room door on sockets', () => {
  let harness: RoomHarness;
  const check = createRoomChecker();
  before(async () => {
    harness = await startRoomHarness();
  });
  after(() => closeUnharmed(harness));

  it('[ROOM-1] shows the room first, then all of it, then what happens', async () => {
    const id = await harness.create();
    await harness.execute(id, { type: 'annotation.create', annotation: BOX });
    const ann = await harness.join(id, 'ann');
    const [info, snapshot, ...more] = ann.frames;
    expect(info).to.include({ type: 'roomInfo', roomId: id, seq: 2, userId: 'ann' });
    expect(info && check(info)).to.equal('');
    expect(snapshot).to.include({ type: 'snapshot', seq: 2 });
    expect(more).to.deep.equal([]);
    expect(ann.annotations.size).to.equal(1);
    const { id: made } = (await harness.execute(id, {
      type: 'annotation.create',
      annotation: BOX,
    })) as Annotation;
    await ann.reach(3);
    expect(ann.frames.at(-1)).to.include({ type: 'update', seq: 3 });
    expect(ann.annotations.has(made)).to.equal(true);
    ann.drop();
  });

  it('[ROOM-3] takes what came before the room was shown, in order, after it', async () => {
    const id = await harness.create();
    const doc = new Y.Doc();
    const client = new RoomClient(harness.url(id, 'userId=early'), doc);
    const keys = [randomUUID(), randomUUID()];
    client.ws.on('open', () => {
      for (const key of keys) client.edit((annotations) => annotations.set(key, yBox()));
      client.send(Uint8Array.of(255));
    });
    await client.hear('error');
    expect(client.frames.map(({ type }) => type)).to.deep.equal([
      'roomInfo',
      'snapshot',
      'ack',
      'ack',
      'error',
    ]);
    expect(client.of('ack').map(({ seq }) => seq)).to.deep.equal([2, 3]);
    const other = await harness.join(id, 'other');
    expect([...other.annotations.keys()].sort()).to.deep.equal(keys.sort());
    client.drop();
    other.drop();
  });

  it('[ROOM-7] refuses before the upgrade who cannot come in', async () => {
    const id = await harness.create();
    const gone = await harness.create();
    await harness.execute(gone, { type: 'document.delete' });
    for (const wrong of [UNKNOWN, 'nonsense', gone, `${id}/`, `${id}/x`, '']) {
      expect(await handshakeStatus(harness.url(wrong)), wrong).to.equal(404);
    }
    for (const query of ['lastSeq=-1', 'last_seq=1', 'userId=%00', 'roomId=x', 'userId=a&userId=b']) {
      expect(await handshakeStatus(harness.url(id, query)), query).to.equal(422);
    }
    expect(await handshakeStatus(harness.url(id, 'userId=%'))).to.equal(400);
    expect(await handshakeStatus(harness.url(id))).to.equal(101);
  });

  it('[ROOM-7] closes 4404 when the room is deleted, after its last event', async () => {
    const id = await harness.create();
    const ann = await harness.join(id);
    await harness.execute(id, { type: 'document.delete' });
    expect((await ann.closed).code).to.equal(4404);
    expect(ann.frames.at(-1)).to.deep.equal({ type: 'room.deleted', seq: 2 });
  });

  it('[ROOM-8] tells what is no edit as text with its seq: versions, reverts, the room itself', async () => {
    const id = await harness.create();
    const ann = await harness.join(id, 'ann');
    const version = (await harness.execute(id, {
      type: 'version.create',
      change_summary: '',
      tag: 'v1',
    })) as { id: string };
    ann.edit((annotations) => annotations.set(randomUUID(), yBox()));
    await ann.hear('ack');
    await harness.execute(id, { type: 'document.update', name: 'New' });
    const content = await harness.runtime.documents.open('annotation', id).queryAt(2, { type: 'content' });
    await harness.execute(id, { type: 'document.revert', version_id: version.id, content });
    await ann.hear('reverted');
    expect(ann.frames.slice(2).map((frame) => [frame.type, 'seq' in frame && frame.seq])).to.deep.equal([
      ['version.created', 2],
      ['ack', 3],
      ['room.updated', 4],
      ['update', 5],
      ['reverted', 5],
    ]);
    for (const frame of ann.frames.slice(2)) if (frame.type !== 'update') expect(check(frame)).to.equal('');
    expect(await ann.hear('reverted')).to.deep.include({ by: 'alice' });
    const bob = await harness.join(id, 'bob');
    expectSameDocument(ann, bob);
    ann.drop();
    bob.drop();
  });

  it('answers a ping with its time and the time here', async () => {
    const ann = await harness.join(await harness.create());
    ann.say({ type: 'ping', ts: 12.5 });
    const pong = await ann.hear('pong');
    expect(pong.ts).to.equal(12.5);
    expect(Math.abs(pong.serverTs - Date.now())).to.be.below(60_000);
    ann.drop();
  });

  it('[ROOM-10] tells an edit by REST as an update, and one of a room as an annotation', async () => {
    const id = await harness.create();
    const [ann, watcher] = [await harness.join(id, 'ann'), await harness.watch(id)];
    const made = (await harness.execute(id, { type: 'annotation.create', annotation: BOX })) as Annotation;
    await ann.reach(2);
    expect((ann.annotations.get(made.id) as Y.Map<unknown>).get('geometry')).to.deep.equal(BOX.geometry);
    const key = randomUUID();
    ann.edit((annotations) => annotations.set(key, yBox(9)));
    const frame = await watcher.hearSeq(3);
    expect(frame).to.deep.include({ type: 'annotation.created' });
    expect(frame['annotation']).to.deep.include({ id: key, type: 'box', created_by: 'ann', version: 1 });
    const read = await harness.runtime.documents.open('annotation', id).query({
      type: 'annotation.get',
      id: key,
    } as { type: string });
    expect(read).to.deep.equal(frame['annotation']);
    ann.drop();
    watcher.ws.terminate();
  });

  it('[ROOM-11] tells its sockets to begin anew after a crash of the room', async () => {
    const own = await startRoomHarness();
    const id = await own.create();
    const ann = await own.join(id, 'ann');
    ann.edit((annotations) => annotations.set(randomUUID(), yBox()));
    await ann.hear('ack');
    own.runtime.documents
      .open('annotation', id)
      .execute({ type: 'no such command' }, ALICE)
      .catch(() => undefined);
    const resync = await ann.hear('resync');
    expect(check(resync)).to.equal('');
    const snapshot = await ann.hear('snapshot', ({ seq }) => seq === resync.seq && seq > 1);
    expect(ann.frames.indexOf(snapshot)).to.equal(ann.frames.indexOf(resync) + 1);
    ann.edit((annotations) => annotations.set(randomUUID(), yBox()));
    await ann.until(() => ann.of('ack').length === 2);
    expect(ann.of('ack')[1]?.seq).to.equal(resync.seq + 1);
    ann.drop();
    await own.close();
  });
});
