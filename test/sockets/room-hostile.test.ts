import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import * as Y from 'yjs';
import { closeUnharmed } from './door-server.ts';
import { handshakeText, readUntil } from './harness.ts';
import { RoomClient, yBox } from './room-client.ts';
import { type RoomHarness, startRoomHarness } from './room-harness.ts';

const MIB = 1024 * 1024;

/** An update of one entry with a text of so many bytes in it. */
function updateOf(bytes: number): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('annotations').set(randomUUID(), 'x'.repeat(bytes));
  return Y.encodeStateAsUpdate(doc);
}

/** The head of a masked binary frame that announces so many bytes. */
function announce(bytes: number): Buffer {
  const head = Buffer.alloc(14);
  head.writeUInt8(0x82, 0);
  head.writeUInt8(0x80 | 127, 1);
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}

describe('a hostile client of a room', () => {
  let harness: RoomHarness;
  before(async () => {
    harness = await startRoomHarness();
  });
  after(() => closeUnharmed(harness));

  it('[ROOM-6] that announces 50 MB is closed 1009 before they come', async () => {
    const id = await harness.create();
    const socket = connect(harness.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(handshakeText(`/v1/ws/rooms/${id}?userId=eve`));
    await readUntil(socket, '\r\n\r\n');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.write(announce(50 * MIB));
    await once(socket, 'close');
    const said = Buffer.concat(chunks);
    // A close frame with 1009 is the last that comes.
    expect([...said.subarray(-4)]).to.deep.equal([0x88, 2, 0x03, 0xf1]);
  });

  it('[ROOM-6] that sends 50 MB is closed 1009, and the room goes on', async () => {
    const id = await harness.create();
    const [eve, bob] = [await harness.join(id, 'eve'), await harness.join(id, 'bob')];
    eve.send(new Uint8Array(50 * MIB));
    expect((await eve.closed).code).to.be.oneOf([1006, 1009]);
    bob.edit((annotations) => annotations.set(randomUUID(), yBox()));
    expect(await bob.hear('ack')).to.deep.equal({ type: 'ack', seq: 2 });
    bob.drop();
  });

  it('[ROOM-6] that sends a little too much is answered and stays', async () => {
    const own = await startRoomHarness({ roomLimits: { updateBytes: 1_000, unackedBytes: 1_500 } });
    const id = await own.create();
    const [eve, bob] = [await own.join(id, 'eve'), await own.join(id, 'bob')];
    eve.send(updateOf(1_001));
    await eve.hear('error');
    expect(eve.errors).to.deep.equal(['too_large 1']);
    eve.send(updateOf(900));
    eve.send(updateOf(900));
    await eve.until(() => eve.of('error').some(({ code }) => code === 'rate_limited'));
    await eve.until(() => eve.of('ack').length === 1);
    // The answers keep the order of the frames.
    expect(
      eve.frames.flatMap(({ type }) => (type === 'ack' || type === 'error' ? [type] : [])),
    ).to.deep.equal([
      'error',
      'ack',
      'error', // quarantined: a text is no annotation
      'error',
    ]);
    expect(eve.errors).to.deep.equal(['too_large 1', 'quarantined', 'rate_limited 3']);
    await bob.reach(2);
    eve.drop();
    bob.drop();
    await own.close();
  });

  it('[ROOM-12] that sends 10,000 moves a second is cut off; others see few of them and are not slowed', async () => {
    const id = await harness.create();
    const [eve, bob, carol] = await Promise.all(
      ['eve', 'bob', 'carol'].map((name) => harness.join(id, name)),
    );
    if (eve === undefined || bob === undefined || carol === undefined) throw new Error('they have joined');
    for (let n = 0; n < 10_000; n += 1) eve.say({ type: 'presence', cursor: { x: n, y: n } });
    const key = randomUUID();
    bob.edit((annotations) => annotations.set(key, yBox()));
    await Promise.all([bob.hear('ack'), carol.until(({ annotations }) => annotations.has(key))]);
    expect((await eve.closed).code).to.equal(1013);
    expect(eve.errors).to.deep.equal(['rate_limited']);
    await carol.hear('presence', (frame) => frame.left === true);
    const moves = carol.of('presence').filter(({ userId }) => userId === 'eve');
    // 2,000 were read at most; a place is told once per gathering, whatever came in between.
    expect(moves.length).to.be.below(1_000);
    bob.drop();
    carol.drop();
  });

  it('[ROOM-12] that floods edits is told for each which was not read, and then cut off', async () => {
    const own = await startRoomHarness({
      socketLimits: { messageRate: { perSecond: 10, burst: 20, refusals: 30 } },
    });
    const id = await own.create();
    const eve = await own.join(id, 'eve');
    for (let n = 0; n < 30; n += 1) eve.edit((annotations) => annotations.set(`${n}`, 'x'));
    await eve.until(() => eve.errors.includes('rate_limited 30'));
    expect(eve.of('ack')).to.have.lengthOf(20);
    expect(eve.errors.filter((error) => /^rate_limited \d/.test(error))).to.deep.equal(
      Array.from({ length: 10 }, (_, index) => `rate_limited ${index + 21}`),
    );
    for (let n = 0; n < 30; n += 1) eve.send(Uint8Array.of(0, 0));
    expect((await eve.closed).code).to.equal(1013);
    await own.close();
  });

  it('[ROOM-12] that sends more bytes a second than are allowed is told when to go on; others are not slowed', async () => {
    const own = await startRoomHarness({ roomLimits: { updateBytes: MIB, bytesPerSecond: 100_000 } });
    const id = await own.create();
    const [eve, bob] = [await own.join(id, 'eve'), await own.join(id, 'bob')];
    for (let n = 0; n < 20; n += 1) eve.send(updateOf(200_000));
    bob.edit((annotations) => annotations.set(randomUUID(), yBox()));
    await bob.hear('ack');
    await eve.until(() => eve.errors.includes('rate_limited 20'));
    expect(eve.of('ack')).to.have.lengthOf(5);
    expect(eve.of('error').at(-1)?.retryAfterMs).to.be.within(400, 600);
    own.clock.advance(2_000);
    eve.send(updateOf(200_000));
    await eve.until(() => eve.of('ack').length === 6);
    eve.drop();
    bob.drop();
    await own.close();
  });

  it('[ROOM-12] that does not read is closed 1013, comes back, and nobody waited for it', async () => {
    const own = await startRoomHarness({
      socketLimits: { closeTimeoutMs: 5_000 },
      roomLimits: { bytesPerSecond: 1_000 * MIB },
    });
    const id = await own.create();
    const [stalled, bob] = [await own.join(id, 'stalled'), await own.join(id, 'bob')];
    stalled.ws.pause();
    for (let n = 0; !own.rejected.includes('slow_reader'); n += 1) {
      bob.edit((annotations) => annotations.set('text', `${n}${'x'.repeat(500_000)}`));
      await bob.until(() => bob.of('ack').length === n + 1);
      expect(n).to.be.lessThan(200);
    }
    const closed = stalled.closed;
    stalled.ws.resume();
    expect((await closed).code).to.equal(1013);
    const last = stalled.seqs.at(-1) ?? 0;
    const back = await new RoomClient(own.url(id, `userId=stalled&lastSeq=${last}`), stalled.doc).caughtUp();
    expect(back.seqs).to.deep.equal(
      Array.from({ length: bob.of('ack').length + 1 - last }, (_, index) => last + 1 + index),
    );
    expect(back.annotations.toJSON()).to.deep.equal(bob.annotations.toJSON());
    await own.close();
  });
});
