import { expect } from 'chai';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { RoomServerMessage } from '../../protocol/room-socket.ts';
import { ack, contentAfter, createScene, destroyRooms, FakeRoom, snapshot, update } from './room-scene.ts';

const AT = '2026-11-21T07:00:00.000Z';
const VERSION = { id: '33333333-3333-4333-8333-333333333333', tag: 'v1', seq: 1, createdAt: AT };
const ROOM_STATE = { id: VERSION.id, name: 'Room', hasImage: false, createdAt: AT, updatedAt: AT };

const refusal = (
  code: 'bad_update' | 'rate_limited' | 'unavailable' | 'too_large',
  frame: number,
): RoomServerMessage => ({ type: 'error', code, message: code, frame });
const missing = (room: FakeRoom, frame: number): RoomServerMessage => ({
  type: 'error',
  code: 'missing_updates',
  message: 'missing',
  frame,
  stateVector: toBase64(room.vector),
});

describe('the provider of a room', () => {
  afterEach(destroyRooms);

  describe('joining', () => {
    it('asks for the whole room and takes it over before it says that it is synced', () => {
      const { latest, provider, room, map, claims, frames } = createScene();
      expect(latest().url.href).to.equal(
        'wss://troupe.example.com/base/v1/ws/rooms/22222222-2222-4222-8222-222222222222?userId=ann&displayName=ann',
      );
      expect(latest().binaryType).to.equal('arraybuffer');
      room.write((entries) => entries.set('a', 1));
      latest().says(room.info());
      expect([provider.status.name, ...claims()]).to.deep.equal(['catching-up', false, true]);
      snapshot(latest(), room);
      expect([provider.status.name, ...claims(), provider.lastSeq]).to.deep.equal(['live', true, true, 1]);
      expect([map.toJSON(), frames()]).to.deep.equal([{ a: 1 }, []]);
    });

    it('takes an update before the snapshot for a hole', () => {
      const { latest, provider, room, errors } = createScene();
      const first = room.write((entries) => entries.set('a', 1));
      latest().says(room.info());
      update(latest(), 1, first);
      expect([provider.status.name, errors]).to.deep.equal(['waiting', ['gap']]);
    });

    it('sends what the document had before, as one difference, and nothing that the server has', () => {
      const room = new FakeRoom();
      room.write((entries) => entries.set('theirs', 1));
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc));
      doc.getMap('annotations').set('ours', 2);
      doc.getMap('annotations').set('ours too', 3);
      const { latest, claims, frames } = createScene({}, doc);
      expect(claims()).to.deep.equal([false, false]);
      room.welcome(latest());
      expect([claims(), frames().length]).to.deep.equal([[true, false], 1]);
      expect(frames()[0]?.length).to.be.below(Y.encodeStateAsUpdate(doc).length);
      expect(contentAfter(frames(), room.doc)).to.deep.equal({ theirs: 1, ours: 2, 'ours too': 3 });
      latest().says(ack(2));
      expect(claims()).to.deep.equal([true, true]);
    });
  });

  describe('edits', () => {
    it('[CLI-1] go out at once and are saved when they are acknowledged, not before', () => {
      const { latest, provider, map, frames, claims } = createScene().goLive();
      const told: boolean[] = [];
      provider.on('saved', (saved) => told.push(saved));
      map.set('a', 1);
      map.set('b', 2);
      expect([frames().length, claims()]).to.deep.equal([2, [true, false]]);
      latest().says(ack(1));
      expect(claims()).to.deep.equal([true, false]);
      latest().says(ack(2));
      expect([claims(), told]).to.deep.equal([
        [true, true],
        [false, true],
      ]);
    });

    it('are merged while the server is slow', () => {
      const { latest, map, frames } = createScene({ window: 2 }).goLive();
      for (let count = 0; count < 50; count += 1) map.set(`k${count}`, count);
      expect(frames()).to.have.lengthOf(2);
      latest().says(ack(1));
      expect(frames()).to.have.lengthOf(3);
      expect(Object.keys(contentAfter(frames()) as object)).to.have.lengthOf(50);
    });

    it('of others are applied and not sent back', () => {
      const { latest, room, map, frames } = createScene().goLive();
      update(
        latest(),
        1,
        room.write((entries) => entries.set('a', 1)),
      );
      expect([map.toJSON(), frames()]).to.deep.equal([{ a: 1 }, []]);
    });

    it('of several others may come as one frame, whose seq jumps', () => {
      const { latest, room, provider, errors } = createScene().goLive();
      const first = room.write((entries) => entries.set('a', 1));
      const second = room.write((entries) => entries.set('b', 2));
      update(latest(), 2, Y.mergeUpdates([first, second]));
      expect([provider.lastSeq, provider.status.name, errors]).to.deep.equal([2, 'live', []]);
    });

    it('that changed nothing are acknowledged with the last seq there was', () => {
      const { latest, room, map, claims, provider } = createScene().goLive();
      update(
        latest(),
        1,
        room.write((entries) => entries.set('a', 1)),
      );
      map.set('b', 1);
      latest().says(ack(1));
      expect([claims(), provider.status.name]).to.deep.equal([[true, true], 'live']);
    });
  });

  describe('coming back', () => {
    it('goes on after the last seq, takes what it missed, and only then is synced', () => {
      const { latest, provider, room, timers, claims, map } = createScene().goLive();
      update(
        latest(),
        1,
        room.write((entries) => entries.set('a', 1)),
      );
      latest().ends(1006);
      expect([provider.status.name, ...claims()]).to.deep.equal(['waiting', false, true]);
      const missed = [2, 3].map((value) => room.write((entries) => entries.set(`m${value}`, value)));
      timers.pass(1_000);
      expect(latest().url.searchParams.get('lastSeq')).to.equal('1');
      latest().says(room.info());
      missed.forEach((bytes, at) => {
        expect(provider.synced).to.equal(false);
        update(latest(), at + 2, bytes);
      });
      expect([provider.synced, map.size]).to.deep.equal([true, 3]);
    });

    it('[CLI-2] brings what was edited offline as one difference, however much it was', () => {
      const { latest, room, timers, claims, map, frames } = createScene().goLive();
      latest().ends(1006);
      for (let count = 0; count < 500; count += 1) map.set(`k${count % 10}`, count);
      expect(claims()).to.deep.equal([false, false]);
      timers.pass(1_000);
      latest().says(room.info());
      expect(frames()).to.have.lengthOf(1);
      room.take(...frames());
      latest().says(ack(1));
      expect([claims(), room.doc.getMap('annotations').toJSON()]).to.deep.equal([[true, true], map.toJSON()]);
    });

    it('[CLI-2] sends what was under way again, once: a lost ack or a lost frame make no difference', () => {
      for (const arrived of [true, false]) {
        const { latest, room, timers, provider, map, frames, claims } = createScene().goLive();
        map.set('a', 1);
        const [first] = frames();
        if (first === undefined) throw new Error('nothing was sent');
        if (arrived) room.take(first);
        latest().ends(1006);
        expect(claims()).to.deep.equal([false, false]);
        timers.pass(1_000);
        latest().says(room.info());
        if (arrived) update(latest(), 1, first);
        // What arrived is in the state vector that the server shows, and so on its disk.
        expect([claims(), frames().length]).to.deep.equal(arrived ? [[true, true], 0] : [[true, false], 1]);
        if (!arrived) latest().says(ack(1));
        expect([contentAfter(frames()), claims(), provider.status.name]).to.deep.equal([
          arrived ? {} : { a: 1 },
          [true, true],
          'live',
        ]);
      }
    });

    it('sends nothing where everything was acknowledged', () => {
      const { latest, room, timers, map, frames, claims } = createScene().goLive();
      map.set('a', 1);
      map.delete('a');
      room.take(...frames());
      latest().says(ack(1), ack(2));
      latest().ends(1001);
      expect(claims()).to.deep.equal([false, true]);
      timers.pass(1_000);
      latest().says(room.info());
      expect([frames(), claims()]).to.deep.equal([[], [true, true]]);
    });

    it('[CLI-2] gives back to a server what it lost, and takes its whole document', () => {
      const { latest, timers, map, frames, provider } = createScene().goLive();
      map.set('kept', 1);
      latest().says(ack(1));
      latest().ends(1006);
      timers.pass(1_000);
      const emptied = new FakeRoom();
      emptied.welcome(latest());
      expect([provider.synced, provider.saved, provider.lastSeq]).to.deep.equal([true, false, 0]);
      expect(contentAfter(frames())).to.deep.equal({ kept: 1 });
    });

    it('takes a whole document where what it missed is not kept any more', () => {
      const { latest, room, timers, provider, map } = createScene().goLive();
      latest().ends(1006);
      for (let count = 0; count < 3; count += 1) room.write((entries) => entries.set(`k${count}`, count));
      timers.pass(1_000);
      room.welcome(latest());
      expect([provider.synced, provider.lastSeq, map.size]).to.deep.equal([true, 3, 3]);
    });

    it('ends for good after a permanent close code, and rejects those who wait', async () => {
      const { latest, provider, timers, sockets, map, errors } = createScene().goLive();
      map.set('a', 1);
      const waiting = provider.whenSaved();
      latest().ends(4404, 'deleted');
      timers.pass(1e6);
      expect(await waiting.catch((error: unknown) => error)).to.include({ code: 'not_found' });
      expect([sockets.length, provider.status.name, provider.synced, provider.saved, errors]).to.deep.equal([
        1,
        'closed',
        false,
        false,
        ['not_found'],
      ]);
    });

    it('[CLI-1] stays saved where all was acknowledged before the room was closed', async () => {
      const { latest, provider, map } = createScene().goLive();
      map.set('a', 1);
      latest().says(ack(1));
      latest().ends(4403);
      await provider.whenSaved();
      map.set('b', 1);
      expect(provider.saved).to.equal(false);
    });
  });

  describe('a hole in the log', () => {
    for (const [what, messages] of [
      ['an ack beyond what is here', [ack(3)]],
      ['an event beyond what is here', [{ type: 'version.created', seq: 3, version: VERSION }]],
      [
        'an event that comes twice',
        [
          { type: 'version.created', seq: 1, version: VERSION },
          { type: 'version.created', seq: 1, version: VERSION },
        ],
      ],
    ] as const satisfies readonly (readonly [string, readonly RoomServerMessage[]])[]) {
      it(`[CLI-3] makes it come back for what is missing: ${what}`, () => {
        const { latest, map, provider, errors, sockets } = createScene().goLive();
        map.set('a', 1);
        latest().says(...messages);
        expect([provider.status.name, errors, sockets[0]?.closed?.code]).to.deep.equal([
          'waiting',
          ['gap'],
          4900,
        ]);
        expect(provider.saved).to.equal(false);
      });
    }

    it('[CLI-3] is an update that comes twice, which is not applied again', () => {
      const { latest, room, provider, errors, doc } = createScene().goLive();
      const first = room.write((entries) => entries.set('a', 1));
      update(latest(), 1, first);
      let changes = 0;
      doc.on('update', () => {
        changes += 1;
      });
      update(latest(), 1, first);
      expect([changes, provider.status.name, errors]).to.deep.equal([0, 'waiting', ['gap']]);
    });

    it('is an ack for nothing', () => {
      const { latest, errors } = createScene().goLive();
      latest().says(ack(0));
      expect(errors).to.deep.equal(['gap']);
    });

    it('is one of what was missed that does not come', () => {
      const { latest, room, timers, errors } = createScene().goLive();
      latest().ends(1006);
      room.write((entries) => entries.set('a', 1));
      const second = room.write((entries) => entries.set('b', 1));
      timers.pass(1_000);
      latest().says(room.info());
      update(latest(), 2, second);
      expect(errors).to.deep.equal(['gap']);
    });

    it('is an update that builds on what is not here: then the whole document is taken', () => {
      const { latest, room, timers, errors, provider, map } = createScene().goLive();
      room.write((entries) => entries.set('lost', 1));
      const second = room.write((entries) => entries.set('b', 1));
      update(latest(), 2, second);
      expect([errors, provider.synced]).to.deep.equal([['gap'], false]);
      timers.pass(1_000);
      expect(latest().url.searchParams.has('lastSeq')).to.equal(false);
      room.welcome(latest());
      expect([provider.synced, map.size]).to.deep.equal([true, 2]);
    });

    it('that shows again is filled by the whole document', () => {
      const { latest, timers, room, provider } = createScene().goLive();
      for (let count = 0; count < 2; count += 1) {
        latest().says({ type: 'version.created', seq: 5, version: VERSION });
        timers.pass(2_000);
        if (count === 0) latest().says(room.info());
      }
      expect(latest().url.searchParams.has('lastSeq')).to.equal(false);
      room.welcome(latest());
      expect(provider.status.name).to.equal('live');
    });
  });

  describe('a room that was read anew', () => {
    it('is merged in the middle of a stay, and what is under way is answered in its order', () => {
      const { latest, room, map, frames, claims, provider } = createScene().goLive();
      map.set('mine', 1);
      room.write((entries) => entries.set('theirs', 1));
      latest().says({ type: 'resync', seq: 1, stateVector: toBase64(room.vector) });
      expect([provider.status.name, claims()]).to.deep.equal(['catching-up', [false, false]]);
      map.set('meanwhile', 1);
      snapshot(latest(), room);
      expect([provider.status.name, claims(), map.size, frames().length]).to.deep.equal([
        'live',
        [true, false],
        3,
        1,
      ]);
      latest().says(ack(2));
      // Then all that it may lack.
      expect(frames()).to.have.lengthOf(2);
      expect(contentAfter(frames().slice(1))).to.deep.equal({ mine: 1, meanwhile: 1 });
      latest().says(ack(3));
      expect(claims()).to.deep.equal([true, true]);
    });
  });

  describe('refusals', () => {
    it('for lack of what came before are mended by the whole difference, after all answers', () => {
      const { latest, room, map, frames, claims, errors } = createScene().goLive();
      map.set('a', 1);
      map.set('b', 2);
      map.set('c', 3);
      latest().says(missing(room, 1), missing(room, 2));
      expect(frames()).to.have.lengthOf(3);
      map.set('d', 4);
      latest().says(missing(room, 3));
      expect([frames().length, claims(), errors]).to.deep.equal([4, [true, false], []]);
      expect(contentAfter(frames().slice(3))).to.deep.equal({ a: 1, b: 2, c: 3, d: 4 });
      latest().says(ack(1));
      expect(claims()).to.deep.equal([true, true]);
    });

    it('of the whole difference for the same lack end it: nothing is sent again and again', () => {
      const { latest, room, map, frames, provider, errors } = createScene().goLive();
      map.set('a', 1);
      latest().says(missing(room, 1));
      latest().says(missing(room, 2));
      map.set('b', 1);
      expect([frames().length, provider.saved, errors]).to.deep.equal([2, false, ['missing_updates']]);
    });

    for (const code of ['bad_update', 'too_large'] as const) {
      it(`[CLI-4] as ${code} are told, and nothing is sent any more, also not on the next socket`, () => {
        const { latest, room, map, frames, provider, errors, timers } = createScene().goLive();
        map.set('a', 1);
        latest().says(refusal(code, 1));
        map.set('b', 1);
        expect([frames().length, provider.saved, errors]).to.deep.equal([1, false, [code]]);
        latest().ends(1006);
        timers.pass(1_000);
        latest().says(room.info());
        map.set('c', 1);
        expect([frames(), provider.synced, provider.saved]).to.deep.equal([[], true, false]);
      });
    }

    for (const code of ['rate_limited', 'unavailable'] as const) {
      it(`[CLI-5] as ${code} make a pause; then everything goes out again in its order`, () => {
        const { latest, room, map, frames, timers, claims, errors } = createScene({
          backoff: { baseMs: 100 },
        }).goLive();
        map.set('a', 1);
        map.set('b', 1);
        map.set('c', 1);
        room.take(...frames().slice(0, 1));
        latest().says(ack(1), refusal(code, 2));
        map.set('d', 1);
        latest().says(missing(room, 3));
        expect([frames().length, errors]).to.deep.equal([3, [code]]);
        timers.pass(1_000);
        expect([frames().length, claims()]).to.deep.equal([4, [true, false]]);
        expect(contentAfter(frames().slice(3), room.doc)).to.deep.equal({ a: 1, b: 1, c: 1, d: 1 });
        latest().says(ack(2));
        expect(claims()).to.deep.equal([true, true]);
      });
    }

    it('[CLI-5] that say when there is room make a pause that is as long', () => {
      const { latest, map, frames, timers } = createScene({ backoff: { baseMs: 100 } }).goLive();
      map.set('a', 1);
      latest().says({ ...refusal('rate_limited', 1), retryAfterMs: 5_000 } as RoomServerMessage);
      timers.pass(4_999);
      expect(frames()).to.have.lengthOf(1);
      timers.pass(1);
      expect(frames()).to.have.lengthOf(2);
    });

    it('that answer no frame are told, and change nothing', () => {
      const { latest, map, claims, errors } = createScene().goLive();
      map.set('a', 1);
      latest().says({ type: 'error', code: 'rate_limited', message: 'too many messages' });
      latest().says({ type: 'error', code: 'bad_message', message: 'what?' });
      latest().says(ack(1));
      expect([claims(), errors]).to.deep.equal([
        [true, true],
        ['rate_limited', 'bad_message'],
      ]);
    });

    it('of a whole socket for one frame that is too large are not repeated', () => {
      const { latest, room, map, frames, provider, timers, errors } = createScene().goLive();
      map.set('small', 1);
      map.set('large', 'x'.repeat(1_000));
      latest().ends(1009);
      timers.pass(1_000);
      latest().says(room.info());
      expect(frames()).to.have.lengthOf(1);
      latest().ends(1009);
      timers.pass(2_000);
      latest().says(room.info());
      expect([frames(), provider.saved, errors]).to.deep.equal([[], false, ['too_large']]);
    });

    it('to show entries that do not validate are told with the entries, and the update is saved', () => {
      const { latest, map, provider, claims } = createScene().goLive();
      const told: unknown[] = [];
      provider.on('quarantined', (event) => told.push(event));
      map.set('a', 'rubbish');
      const entries = [{ id: 'a', path: '', message: 'must be a Y.Map' }];
      latest().says(ack(1), { type: 'error', code: 'quarantined', message: 'no', entries });
      expect([told, claims()]).to.deep.equal([[{ entries }], [true, true]]);
    });
  });

  describe('what else happens in a room', () => {
    it('is told, each with its seq, and a revert is in the document by then', () => {
      const { latest, room, provider, map, errors } = createScene().goLive();
      const told: unknown[] = [];
      for (const name of ['version', 'reverted', 'room', 'export'] as const) {
        provider.on(name, (event) => told.push([name, event.seq, map.toJSON()]));
      }
      latest().says({ type: 'version.created', seq: 1, version: VERSION });
      latest().says({ type: 'room.updated', seq: 2, room: ROOM_STATE });
      room.seq = 2;
      update(
        latest(),
        3,
        room.write((entries) => entries.set('back', 1)),
      );
      latest().says({ type: 'reverted', seq: 3, version: VERSION, by: 'bob', room: ROOM_STATE });
      expect(told).to.deep.equal([
        ['version', 1, {}],
        ['room', 2, {}],
        ['reverted', 3, { back: 1 }],
      ]);
      expect([provider.lastSeq, errors]).to.deep.equal([3, []]);
    });

    it('of kinds that this client does not know is passed over', () => {
      const { latest, provider } = createScene().goLive();
      latest().saysRaw('{"type":"news"}');
      latest().saysRaw(new Uint8Array([9, 1, 2, 3]).buffer);
      expect(provider.status.name).to.equal('live');
    });

    it('that is no frame of a room makes it come back', () => {
      for (const rubbish of ['[', '"x"', new ArrayBuffer(0), new Uint8Array([1, 255]).buffer]) {
        const { latest, provider } = createScene().goLive();
        latest().saysRaw(rubbish);
        expect(provider.status.name).to.equal('waiting');
      }
    });
  });

  it('[CLI-9] leaves no timer, no listener and no open socket behind when it is destroyed', () => {
    const { provider, timers, map, latest, frames } = createScene().goLive();
    provider.setPresence({ cursor: { x: 1, y: 1 } });
    provider.destroy();
    map.set('a', 1);
    expect([timers.waiting, frames(), latest().closed?.code, provider.status.name]).to.deep.equal([
      0,
      [],
      1000,
      'closed',
    ]);
  });

  it('ends with its document', () => {
    const { doc, provider } = createScene().goLive();
    doc.destroy();
    expect(provider.status.name).to.equal('closed');
  });
});
