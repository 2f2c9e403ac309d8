import { expect } from 'chai';
import * as Y from 'yjs';
import {
  AT,
  ack,
  contentAfter,
  createScene,
  destroyRooms,
  FakeRoom,
  snapshot,
  update,
  VERSION,
} from './room-scene.ts';

const ROOM_STATE = { id: VERSION.id, name: 'Room', hasImage: false, createdAt: AT, updatedAt: AT };

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
