import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Annotation } from '../../protocol/entities.ts';
import { ALICE } from '../helpers/runtime.ts';
import { RoomClient, yBox } from './room-client.ts';
import { type RoomHarness, startRoomHarness } from './room-harness.ts';
import { createRoomChecker } from './room-messages.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const BOX = { type: 'box', geometry: { x: 1, y: 2, width: 3, height: 4 } };

/** Status and body of a handshake that is refused. */
const refused = (url: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const ws = new WebSocket(url);
    ws.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode);
    });
    ws.on('open', () => resolve(101));
    ws.on('error', () => undefined);
  });

const sameDocument = (a: RoomClient, b: RoomClient): void => {
  expect(a.annotations.toJSON()).to.deep.equal(b.annotations.toJSON());
  expect(a.doc.store.pendingStructs).to.equal(null);
  expect(b.doc.store.pendingStructs).to.equal(null);
};

describe('the room door on sockets', () => {
  let harness: RoomHarness;
  const check = createRoomChecker();
  before(async () => {
    harness = await startRoomHarness();
  });
  after(async () => {
    await harness.close();
    expect(harness.runtime.crashes).to.deep.equal([]);
    expect(harness.logged.filter(({ level }) => level >= 50)).to.deep.equal([]);
  });

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

  it('[ROOM-2] gives an edit to all others, and an ack to its maker, in one order', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'ann'), await harness.join(id, 'bob')];
    const [a, b] = [randomUUID(), randomUUID()];
    ann.edit((annotations) => annotations.set(a, yBox(1)));
    expect(await ann.hear('ack')).to.deep.equal({ type: 'ack', seq: 2 });
    await bob.reach(2);
    bob.edit((annotations) => annotations.set(b, yBox(2)));
    await Promise.all([ann.reach(3), bob.reach(3)]);
    expect(ann.seqs).to.deep.equal([1, 2, 3]);
    expect(bob.seqs).to.deep.equal([1, 2, 3]);
    expect(ann.of('update')).to.have.lengthOf(1);
    expect(bob.of('ack')).to.deep.equal([{ type: 'ack', seq: 3 }]);
    expect([...ann.annotations.keys()].sort()).to.deep.equal([a, b].sort());
    sameDocument(ann, bob);
    ann.drop();
    bob.drop();
  });

  it('[ROOM-2] acknowledges an update that says nothing new with the last seq, and tells nobody', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'ann'), await harness.join(id, 'bob')];
    const update = ann.edit((annotations) => annotations.set(randomUUID(), yBox()));
    ann.send(update);
    ann.send(Uint8Array.of(0, 0));
    ann.send(Y.encodeStateAsUpdate(ann.doc));
    await ann.until(() => ann.of('ack').length === 4);
    expect(ann.of('ack').map(({ seq }) => seq)).to.deep.equal([2, 2, 2, 2]);
    await bob.settled();
    expect(bob.seqs).to.deep.equal([1, 2]);
    ann.drop();
    bob.drop();
  });

  it('[ROOM-2] keeps seq ascending on every socket, acks among updates, and covers every event', async () => {
    const id = await harness.create();
    const clients = await Promise.all(['a', 'b', 'c'].map((name) => harness.join(id, name)));
    for (let n = 0; n < 150; n += 1) {
      clients[n % 3]?.edit((annotations) => annotations.set(randomUUID(), yBox(n)));
      if (n % 10 === 9) await clients[n % 3]?.settled();
      if (n === 75) await harness.execute(id, { type: 'version.create', change_summary: '', tag: 'v1' });
    }
    await Promise.all(clients.map((client) => client.reach(152)));
    for (const client of clients) {
      const { seqs } = client;
      expect(seqs).to.deep.equal([...seqs].sort((x, y) => x - y));
      expect(new Set(seqs).size).to.equal(seqs.length);
      expect(client.of('ack')).to.have.lengthOf(50);
      expect(client.of('version.created').map(({ version }) => version.tag)).to.deep.equal(['v1']);
      expect(client.annotations.size).to.equal(150);
      client.drop();
    }
  });

  it('[ROOM-2] tells the first edit at once, and gathers those that follow into one frame', async () => {
    const own = await startRoomHarness({ isGatheredByHand: true });
    const id = await own.create();
    const { ticks } = own.runtime;
    const document = own.runtime.documents.open('annotation', id);
    const [ann, bob] = [await own.join(id, 'ann'), await own.join(id, 'bob')];
    await bob.settled();
    ticks.tick(); // of those who came
    const draw = () => ann.edit((annotations) => annotations.set(randomUUID(), yBox()));
    draw();
    await bob.reach(2);
    expect(ticks.waiting.map(({ ms }) => ms)).to.deep.equal([8]);
    for (let n = 0; n < 5; n += 1) draw();
    ann.say({ type: 'presence', cursor: { x: 1, y: 1 } });
    while ((await document.head()) < 7) await ann.settled();
    await document.execute(
      { type: 'version.create', change_summary: '', tag: 'v1' } as { type: string },
      ALICE,
    );
    await document.execute({ type: 'annotation.create', annotation: BOX } as { type: string }, ALICE);
    draw();
    while ((await document.head()) < 10) await ann.settled();
    expect(bob.seqs).to.deep.equal([1, 2]);
    ticks.tick();
    await Promise.all([ann.reach(10), bob.reach(10)]);
    const seqsOf = (client: RoomClient) =>
      client.frames.slice(2).flatMap((frame) => ('seq' in frame ? [`${frame.type} ${frame.seq}`] : []));
    expect(seqsOf(bob)).to.deep.equal(['update 2', 'update 7', 'version.created 8', 'update 10']);
    expect(seqsOf(ann)).to.deep.equal([
      ...[2, 3, 4, 5, 6, 7].map((seq) => `ack ${seq}`),
      'version.created 8',
      'update 9',
      'ack 10',
    ]);
    sameDocument(ann, bob);
    await bob.hear('presence', ({ cursor }) => cursor !== null);
    await own.close();
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

  it('[ROOM-4] brings what was edited offline by the state vector, and nothing twice', async () => {
    const id = await harness.create();
    const ann = await harness.join(id, 'ann');
    ann.edit((annotations) => annotations.set(randomUUID(), yBox(1)));
    await ann.hear('ack');
    ann.drop();
    await ann.closed;
    ann.annotations.set(randomUUID(), yBox(2));
    await harness.execute(id, { type: 'annotation.create', annotation: BOX });
    const back = await new RoomClient(harness.url(id, 'userId=ann&lastSeq=2'), ann.doc).caughtUp();
    const { stateVector } = await back.hear('roomInfo');
    back.send(Y.encodeStateAsUpdate(ann.doc, Buffer.from(stateVector, 'base64')));
    expect(await back.hear('ack')).to.deep.equal({ type: 'ack', seq: 4 });
    back.send(Y.encodeStateAsUpdate(ann.doc));
    await back.until(() => back.of('ack').length === 2);
    expect(back.of('ack')[1]?.seq).to.equal(4);
    const bob = await harness.join(id, 'bob');
    expect(bob.annotations.size).to.equal(3);
    sameDocument(back, bob);
    back.drop();
    bob.drop();
  });

  it('[ROOM-4] says what it lacks where an update builds on others, with the state vector', async () => {
    const id = await harness.create();
    const ann = await harness.join(id, 'ann');
    const key = randomUUID();
    ann.annotations.set(key, yBox(1));
    ann.edit((annotations) => (annotations.get(key) as Y.Map<unknown>).set('group_id', 'g'));
    const { stateVector = '', ...error } = await ann.hear('error');
    expect(error).to.include({ code: 'missing_updates', frame: 1 });
    ann.send(Y.encodeStateAsUpdate(ann.doc, Buffer.from(stateVector, 'base64')));
    await ann.hear('ack');
    const bob = await harness.join(id, 'bob');
    sameDocument(ann, bob);
    ann.drop();
    bob.drop();
  });

  it('[ROOM-5] quarantines an entry that does not validate: its sender is told, other doors are not', async () => {
    const id = await harness.create();
    const [ann, watcher] = [await harness.join(id, 'ann'), await harness.watch(id)];
    const key = randomUUID();
    ann.edit((annotations) => annotations.set(key, new Y.Map([['type', 'nonsense']])));
    await ann.hear('error');
    expect(ann.frames.slice(-2).map(({ type }) => type)).to.deep.equal(['ack', 'error']);
    const { entries, ...error } = await ann.hear('error');
    expect(error).to.include({ code: 'quarantined' });
    expect(error).to.not.have.property('frame');
    expect(entries?.map((entry) => entry.id)).to.deep.equal([key]);
    expect(check(ann.frames.at(-1) ?? { type: 'pong', serverTs: 0 })).to.equal('');
    ann.edit((annotations) => annotations.set(key, yBox(5)));
    const created = await watcher.hearType('annotation.created');
    expect(created['annotation']).to.include({ id: key });
    ann.drop();
    watcher.ws.terminate();
  });

  it('[ROOM-6] refuses what is no update in its place, and closes 1008 after three in a row', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'ann'), await harness.join(id, 'bob')];
    const v2 = Y.encodeStateAsUpdateV2(ann.doc);
    const good = () => ann.edit((annotations) => annotations.set(randomUUID(), yBox()));
    good();
    ann.send(v2);
    ann.send(Buffer.from('{"type":"ping"}'));
    good();
    ann.send(new Uint8Array(0));
    good();
    await ann.until(() => ann.of('ack').length === 3);
    const answers = ann.frames
      .filter(({ type }) => type === 'ack' || type === 'error')
      .map((frame) => (frame.type === 'error' ? `${frame.code} ${frame.frame}` : frame.type));
    expect(answers).to.deep.equal(['ack', 'bad_update 2', 'bad_update 3', 'ack', 'bad_update 5', 'ack']);
    const truncated = Y.encodeStateAsUpdate(ann.doc).slice(0, -3);
    for (let n = 0; n < 3; n += 1) ann.send(truncated);
    expect(await ann.closed).to.deep.equal({ code: 1008, reason: 'too many bad updates' });
    expect(ann.errors.slice(-3)).to.deep.equal(['bad_update 7', 'bad_update 8', 'bad_update 9']);
    await bob.reach(4);
    expect(bob.annotations.size).to.equal(3);
    bob.drop();
  });

  it('[ROOM-7] refuses before the upgrade who cannot come in', async () => {
    const id = await harness.create();
    const gone = await harness.create();
    await harness.execute(gone, { type: 'document.delete' });
    for (const wrong of [UNKNOWN, 'nonsense', gone, `${id}/`, `${id}/x`, '']) {
      expect(await refused(harness.url(wrong)), wrong).to.equal(404);
    }
    for (const query of ['lastSeq=-1', 'last_seq=1', 'userId=%00', 'roomId=x', 'userId=a&userId=b']) {
      expect(await refused(harness.url(id, query)), query).to.equal(422);
    }
    expect(await refused(harness.url(id, 'userId=%'))).to.equal(400);
    expect(await refused(harness.url(id))).to.equal(101);
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
    sameDocument(ann, bob);
    ann.drop();
    bob.drop();
  });

  it('[ROOM-9] shows who is here and points where, at both doors, and who has left', async () => {
    const id = await harness.create();
    const watcher = await harness.watch(id, 'watcher');
    watcher.say({ type: 'presence', cursor: { x: 7, y: 8 } });
    const ann = await harness.join(id, 'ann', '&displayName=Ann');
    const { presence } = await ann.hear('roomInfo');
    expect(presence).to.have.lengthOf(1);
    const seen =
      presence[0]?.cursor ??
      (await ann.hear('presence', (frame) => frame.userId === 'watcher' && frame.cursor !== null)).cursor;
    expect(seen).to.deep.equal({ x: 7, y: 8 });
    const pointers = { cursor: { x: 1, y: 2 }, selection: ['a'], typing: true };
    ann.say({ type: 'presence', userId: 'eve', ...pointers, data: 'AAEC' });
    const told = await watcher.hearType('presence.updated');
    const { connectionId } = await ann.hear('roomInfo');
    expect(told).to.deep.equal({
      type: 'presence.updated',
      connection_id: connectionId,
      user_id: 'ann',
      display_name: 'Ann',
      ...pointers,
    });
    const bob = await harness.join(id, 'bob');
    const entry = (await bob.hear('roomInfo')).presence.find((one) => one.userId === 'ann');
    expect(entry).to.deep.equal({
      connectionId,
      userId: 'ann',
      displayName: 'Ann',
      ...pointers,
      data: 'AAEC',
    });
    await ann.hear('presence', (frame) => frame.userId === 'bob' && frame.cursor === null);
    await ann.leave();
    expect(await bob.hear('presence', (frame) => frame.left === true)).to.deep.equal({
      type: 'presence',
      connectionId,
      userId: 'ann',
      displayName: 'Ann',
      cursor: null,
      left: true,
    });
    await watcher.hearType('presence.left');
    bob.drop();
    watcher.ws.terminate();
  });

  it('[ROOM-9] forgets where somebody points who is silent for 30 s; whatever is said keeps it', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'ann'), await harness.join(id, 'bob')];
    ann.say({ type: 'presence', cursor: { x: 1, y: 1 } });
    await bob.hear('presence', ({ cursor }) => cursor !== null);
    for (const keep of ['ping', 'update']) {
      harness.runtime.time.ms += 29_999;
      if (keep === 'update') ann.edit((annotations) => annotations.set(randomUUID(), yBox()));
      await ann.settled();
      harness.runtime.documents.sweep();
    }
    await bob.reach(2);
    const heard = bob.of('presence').length;
    harness.runtime.time.ms += 30_000;
    harness.runtime.documents.sweep();
    const silent = await bob.hear('presence', (frame) => bob.of('presence').indexOf(frame) >= heard);
    expect(silent).to.include({ userId: 'ann', cursor: null });
    expect(silent).to.not.have.property('left');
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
