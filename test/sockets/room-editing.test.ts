import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import * as Y from 'yjs';
import { ALICE } from '../helpers/runtime.ts';
import { closeUnharmed } from './door-server.ts';
import { expectSameDocument, RoomClient, yBox } from './room-client.ts';
import { type RoomHarness, startRoomHarness } from './room-harness.ts';
import { createRoomChecker } from './room-messages.ts';

const BOX = { type: 'box', geometry: { x: 1, y: 2, width: 3, height: 4 } };

describe('the room door on sockets', () => {
  let harness: RoomHarness;
  const check = createRoomChecker();
  before(async () => {
    harness = await startRoomHarness();
  });
  after(() => closeUnharmed(harness));

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
    expectSameDocument(ann, bob);
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
    expectSameDocument(ann, bob);
    await bob.hear('presence', ({ cursor }) => cursor !== null);
    await own.close();
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
    expectSameDocument(back, bob);
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
    expectSameDocument(ann, bob);
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
});
