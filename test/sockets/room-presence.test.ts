import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { closeUnharmed } from './door-server.ts';
import { yBox } from './room-client.ts';
import { type RoomHarness, startRoomHarness } from './room-harness.ts';

describe('the room door on sockets', () => {
  let harness: RoomHarness;
  before(async () => {
    harness = await startRoomHarness();
  });
  after(() => closeUnharmed(harness));

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
});
