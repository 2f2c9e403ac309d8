import { expect } from 'chai';
import * as Y from 'yjs';
import { ack, createScene, destroyRooms, FakeRoom } from './room-scene.ts';

describe('a room that was restored from a backup', () => {
  afterEach(destroyRooms);

  it('[CLI-2] is given back what its clients deleted since, and only then is all saved', () => {
    const scene = createScene().goLive();
    const { map, room, latest, frames, timers, claims } = scene;
    map.set('a', 1);
    room.take(...frames());
    latest().says(ack(1));
    const backup = new FakeRoom();
    backup.take(Y.encodeStateAsUpdate(room.doc));
    map.delete('a');
    latest().says(ack(2));
    expect(claims()).to.deep.equal([true, true]);
    latest().ends(1006);
    timers.pass(1_000);
    backup.welcome(latest());
    expect(claims()).to.deep.equal([true, false]);
    backup.take(...frames());
    expect(backup.doc.getMap('annotations').toJSON()).to.deep.equal({});
    latest().says(ack(backup.seq));
    expect(claims()).to.deep.equal([true, true]);
  });
});
