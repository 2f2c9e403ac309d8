import { expect } from 'chai';
import { toBase64 } from 'lib0/buffer';
import type { RoomServerMessage } from '../../protocol/room-socket.ts';
import {
  ack,
  contentAfter,
  createScene,
  destroyRooms,
  FakeRoom,
  snapshot,
  update,
  VERSION,
} from './room-scene.ts';

describe('the provider of a room', () => {
  afterEach(destroyRooms);

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
});
