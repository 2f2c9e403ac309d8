import { expect } from 'chai';
import { ALICE } from '../helpers/runtime.ts';
import { handshakeStatus } from './handshake-status.ts';
import { b64, startTextHarness, type TextClient, type TextHarness } from './text-harness.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('the text door', () => {
  let harness: TextHarness;
  before(async () => {
    harness = await startTextHarness({ textLimits: { deltaBytes: 1_000, snapshotBytes: 3_000 } });
  });
  after(async () => {
    await harness.close();
    expect(harness.runtime.crashes).to.deep.equal([]);
  });
  const errors = (client: TextClient) =>
    client.of('error').map(({ code, opId }) => (opId === undefined ? code : `${code} ${opId}`));

  it('[TEXT-1] tells the state first, then what came after it, then what happens', async () => {
    const id = await harness.create();
    const ann = await harness.join(id, 'ann');
    expect(ann.frames).to.deep.equal([
      { type: 'state', version: 0, snapshotB64: '', headSeq: 1 },
      { type: 'document', seq: 1, title: 'Notes', deleted: false },
    ]);
    ann.update('a1', 'hello', { actorId: 'client-1', baseVersion: 1 });
    expect(await ann.hear('ack')).to.deep.equal({ type: 'ack', opId: 'a1', seq: 2 });
    const bob = await harness.join(id, 'bob');
    expect(bob.frames.slice(1)).to.deep.equal([
      { type: 'document', seq: 1, title: 'Notes', deleted: false },
      { type: 'remote_update', seq: 2, actorId: 'client-1', deltaB64: b64('hello') },
    ]);
    bob.update('b1', 'world');
    const update = { type: 'remote_update', seq: 3, actorId: 'bob', deltaB64: b64('world') };
    expect(await ann.hear('remote_update')).to.deep.equal(update);
    await bob.settled();
    expect(bob.of('remote_update').map(({ seq }) => seq)).to.deep.equal([2]);
  });

  it('[TEXT-3] is joined by the query, or by the first message, once', async () => {
    const id = await harness.create();
    const ann = await harness.connect(id);
    ann.update('early', 'x');
    ann.say({ type: 'presence', cursor: { from: 1, to: 2 } });
    ann.say({ type: 'snapshot', version: 1, snapshotB64: 'AAAA' });
    await ann.settled();
    expect(errors(ann)).to.deep.equal(['not_joined early', 'not_joined', 'not_joined']);
    expect(ann.of('state')).to.deep.equal([]);
    ann.say({ type: 'join', userId: 'ann', displayName: 'Ann' });
    await ann.hear('state');
    ann.say({ type: 'join', userId: 'ann' });
    ann.say({ type: 'join', userId: 'eve' });
    await ann.settled();
    expect(ann.of('state')).to.have.lengthOf(1);
    expect(errors(ann).slice(3)).to.deep.equal(['bad_message']);
    const bob = await harness.join(id, 'bob');
    ann.say({ type: 'presence', cursor: { from: 1, to: 2 } });
    expect(await bob.hear('presence')).to.include({ userId: 'ann', displayName: 'Ann' });
  });

  it('[TEXT-4] refuses a document that there is not, or is deleted, before the upgrade', async () => {
    const id = await harness.create();
    await harness.runtime.documents.open('text', id).execute({ type: 'document.delete' }, ALICE);
    for (const wrong of [UNKNOWN, 'nonsense', id, `${id}/`, `${id}/x`, '']) {
      expect(await handshakeStatus(harness.url(wrong)), wrong).to.equal(404);
    }
    const there = await harness.create();
    expect(await handshakeStatus(harness.url(there, 'lastSeq=-1'))).to.equal(422);
    expect(await handshakeStatus(harness.url(there, 'last_seq=1'))).to.equal(422);
    expect(await handshakeStatus(harness.url(there))).to.equal(101);
  });

  it('[TEXT-4] closes 4404 when the document is deleted, and takes nobody until it is restored', async () => {
    const id = await harness.create();
    const ann = await harness.join(id);
    const document = harness.runtime.documents.open('text', id);
    await document.execute({ type: 'document.update', deleted: true } as never, ALICE);
    expect((await ann.closed).code).to.equal(4404);
    expect(ann.of('document').at(-1)).to.include({ seq: 2, deleted: true });
    expect(await handshakeStatus(harness.url(id))).to.equal(404);
    await document.execute({ type: 'document.update', deleted: false } as never, ALICE);
    const back = await harness.join(id, 'ann', '&lastSeq=2');
    expect(back.frames).to.deep.equal([
      { type: 'state', version: 2, snapshotB64: null, headSeq: 3 },
      { type: 'document', seq: 3, title: 'Notes', deleted: false },
    ]);
  });

  it('[TEXT-5] counts a new title among the events', async () => {
    const id = await harness.create();
    const ann = await harness.join(id);
    const change = { type: 'document.update', title: 'New' } as { type: string };
    await harness.runtime.documents.open('text', id).execute(change, ALICE);
    await ann.seq(2);
    ann.update('a', 'x');
    await ann.seq(3);
    expect(ann.frames.slice(-2)).to.deep.equal([
      { type: 'document', seq: 2, title: 'New', deleted: false },
      { type: 'ack', opId: 'a', seq: 3 },
    ]);
  });

  it('[TEXT-6] acknowledges an opId that it has seen with its old seq, and does nothing', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'ann'), await harness.join(id, 'bob')];
    ann.update('same', 'x');
    ann.update('same', 'x');
    ann.update('other', 'y');
    bob.update('same', 'of bob');
    await Promise.all([ann.settled(), bob.hear('ack'), bob.seq(3)]);
    ann.update('same', 'much later');
    await ann.hear('ack', () => ann.of('ack').length === 4);
    expect(ann.of('ack').map(({ opId, seq }) => `${opId} ${seq}`)).to.deep.equal([
      'same 2',
      'same 2',
      'other 3',
      'same 2',
    ]);
    expect(bob.of('ack')).to.deep.equal([{ type: 'ack', opId: 'same', seq: 2 }]);
    expect(bob.of('remote_update').map(({ deltaB64 }) => deltaB64)).to.deep.equal([b64('x'), b64('y')]);
  });

  it('[TEXT-9] keeps a snapshot, and forgets what is in it', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'ann'), await harness.join(id, 'bob')];
    for (const opId of ['a', 'b', 'c']) ann.update(opId, opId);
    await ann.seq(4);
    ann.say({ type: 'snapshot', version: 3, snapshotB64: b64('ab') });
    expect(await ann.hear('snapshot_ack')).to.deep.equal({ type: 'snapshot_ack', version: 3, seq: 5 });
    await bob.seq(5);
    expect(bob.frames.at(-1)).to.deep.equal({ type: 'compacted', seq: 5, version: 3 });
    const carol = await harness.join(id, 'carol');
    expect(carol.frames).to.deep.equal([
      { type: 'state', version: 3, snapshotB64: b64('ab'), headSeq: 5 },
      { type: 'remote_update', seq: 4, actorId: 'ann', deltaB64: b64('c') },
      { type: 'compacted', seq: 5, version: 3 },
    ]);
    ann.say({ type: 'snapshot', version: 2, snapshotB64: b64('a') });
    const ignored = await ann.hear('snapshot_ack', ({ version }) => version === 2);
    expect(ignored).to.deep.equal({ type: 'snapshot_ack', version: 2 });
    expect(ann.frames.filter(({ type }) => type === 'ack')).to.have.length(3);
    ann.say({ type: 'snapshot', version: 6, snapshotB64: b64('ahead') });
    await ann.hear('error');
    expect(errors(ann)).to.deep.equal(['bad_message']);
    expect(bob.seqs).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('[TEXT-10] asks for a snapshot right behind an ack', async () => {
    const own = await startTextHarness({ cadence: { updates: 3, activeMs: 60_000 } });
    const [opaque, yjs] = [await own.create(), await own.create('yjs')];
    const ann = await own.join(opaque);
    for (let n = 0; n < 7; n += 1) ann.update(`op ${n}`, 'x');
    await ann.seq(8);
    await ann.settled();
    const order = ann.frames.flatMap((frame): (number | string)[] =>
      frame.type === 'ack' ? [frame.seq] : frame.type === 'snapshot_request' ? [`ask ${frame.version}`] : [],
    );
    expect(order).to.deep.equal([2, 3, 4, 'ask 4', 5, 6, 7, 'ask 7', 8]);
    const bob = await own.join(yjs);
    for (let n = 0; n < 7; n += 1) bob.update(`op ${n}`, Uint8Array.of(1, 1, 5, n, 4, 1, 1, 116, 1, 97, 0));
    await bob.seq(8);
    expect(bob.of('snapshot_request')).to.deep.equal([]);
    expect(own.runtime.effects.map(({ id }) => id)).to.deep.equal([yjs, yjs]);
    bob.say({ type: 'snapshot', version: 8, snapshotB64: b64('mine') });
    expect(await bob.hear('snapshot_ack')).to.deep.equal({ type: 'snapshot_ack', version: 8 });
    await own.close();
  });

  it('[TEXT-12] refuses what is no update of the document, names it, and stays', async () => {
    const yjs = await harness.create('yjs');
    const ann = await harness.join(yjs);
    ann.update('bad', 'rubbish');
    ann.update('large', new Uint8Array(1_001));
    ann.update('empty', '');
    ann.say({ type: 'update', opId: 'loose', deltaB64: 'AAA' });
    ann.say({ type: 'update', opId: 'typed', deltaB64: 7 });
    ann.say({ type: 'update', opId: 'more', deltaB64: 'AAAA', more: 1 });
    ann.say({ type: 'snapshot', version: 1, snapshotB64: b64(new Uint8Array(3_001)) });
    ann.update('good', Uint8Array.of(1, 1, 5, 0, 4, 1, 1, 116, 1, 97, 0));
    await ann.seq(2);
    await ann.settled();
    expect(errors(ann).sort()).to.deep.equal([
      'bad_message empty',
      'bad_message loose',
      'bad_message more',
      'bad_message typed',
      'bad_update bad',
      'too_large',
      'too_large large',
    ]);
    expect(ann.of('ack')).to.deep.equal([{ type: 'ack', opId: 'good', seq: 2 }]);
  });

  it('answers what it does not understand, and closes 1008 after twenty in a row', async () => {
    const ann = await harness.join(await harness.create());
    const wrong: unknown[] = ['', '{', 'null', '[]', '"ping"', '{}', { type: 'nonsense' }, { type: 7 }];
    const worse: unknown[] = [
      { type: 'update', deltaB64: 'AAAA' },
      { type: 'update', opId: '', deltaB64: 'AAAA' },
      { type: 'update', opId: 'x', actorId: 'a\u0007', deltaB64: 'AAAA' },
      { type: 'update', opId: 'x', baseVersion: -1, deltaB64: 'AAAA' },
      { type: 'presence', cursor: { from: 1 } },
      { type: 'presence', color: '' },
      { type: 'snapshot', version: 1.5, snapshotB64: 'AAAA' },
      { type: 'ping', ts: 'now' },
      { type: '__proto__' },
      { type: 'constructor' },
      { type: 'join' },
    ];
    for (const message of [...wrong, ...worse]) ann.say(message);
    await ann.settled();
    const codes = ann.of('error').map(({ code }) => code);
    expect(codes).to.deep.equal([
      'bad_json',
      'bad_json',
      ...Array.from({ length: wrong.length + worse.length - 2 }, () => 'bad_message'),
    ]);
    ann.ws.send(Buffer.from('{"type":"ping"}'), { binary: true });
    for (let n = 0; n < 19; n += 1) ann.say('?');
    expect((await ann.closed).code).to.equal(1008);
  });

  it('answers a ping with its time and the time here', async () => {
    const ann = await harness.connect(await harness.create());
    ann.say({ type: 'ping', ts: 12.5 });
    const pong = await ann.hear('pong');
    expect(pong.ts).to.equal(12.5);
    expect(Math.abs(pong.serverTs - Date.now())).to.be.below(60_000);
    ann.say({ type: 'ping' });
    await ann.hear('pong', ({ ts }) => ts === undefined);
  });

  it('[TEXT-13] closes a socket that says nothing for two minutes, also before it has joined', async () => {
    const own = await startTextHarness();
    const id = await own.create();
    const [silent, nobody] = [await own.join(id, 'silent'), await own.connect(id)];
    const busy = await own.join(id, 'busy');
    const pass = async (ms: number, clients: readonly TextClient[]): Promise<void> => {
      own.clock.advance(ms);
      await Promise.all(clients.map((client) => client.knock()));
    };
    for (let n = 0; n < 6; n += 1) await pass(15_000, [silent, nobody, busy]);
    await busy.settled();
    await pass(25_000, [silent, nobody, busy]);
    own.clock.advance(5_000);
    expect(await silent.closed).to.deep.equal({ code: 4508, reason: 'idle' });
    expect((await nobody.closed).code).to.equal(4508);
    await busy.settled();
    await busy.leave();
    await own.close();
    expect(own.clock.timers).to.equal(0);
  });

  it('[TEXT-13] does not read more than its rate, says so, and closes a flood', async () => {
    const messageRate = { perSecond: 10, burst: 20, refusals: 30 };
    const own = await startTextHarness({ socketLimits: { messageRate } });
    const ann = await own.join(await own.create());
    for (let n = 0; n < 25; n += 1) ann.update(`op ${n}`, 'x');
    await ann.hear('error');
    expect(ann.of('error')).to.have.lengthOf(1);
    expect(ann.of('error')[0]?.code).to.equal('rate_limited');
    own.clock.advance(1_000);
    await ann.settled();
    expect(ann.of('ack')).to.have.lengthOf(20);
    for (let n = 0; n < 60; n += 1) ann.say({ type: 'ping' });
    expect((await ann.closed).code).to.equal(1013);
    await own.close();
  });

  it('[TEXT-13] takes on only so much that is not on disk yet', async () => {
    const own = await startTextHarness({ textLimits: { unackedBytes: 250 } });
    const id = await own.create();
    const ann = await own.join(id);
    for (const opId of ['a', 'b', 'c']) ann.update(opId, new Uint8Array(100));
    await ann.settled();
    expect(errors(ann)).to.deep.equal(['rate_limited c']);
    ann.update('c', new Uint8Array(100));
    await ann.seq(4);
    expect(ann.of('ack').map(({ opId }) => opId)).to.deep.equal(['a', 'b', 'c']);
    await own.close();
  });

  it('closes 1009 at a message that is larger than any', async () => {
    const ann = await harness.join(await harness.create());
    ann.say({ type: 'snapshot', version: 1, snapshotB64: 'A'.repeat(100_000) });
    expect((await ann.closed).code).to.equal(1009);
  });
});
