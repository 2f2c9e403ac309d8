import { expect } from 'chai';
import { fromBase64, toBase64 } from 'lib0/buffer';
import { readAwareness, writeAwareness } from '../../client/awareness-update.ts';
import { CONNECTION, createScene, destroyRooms, type RoomScene } from './room-scene.ts';

const BOB = '99999999-2222-4333-8444-555555555555';
const bob = { connectionId: BOB, userId: 'bob', displayName: 'Bob', cursor: { x: 1, y: 2 } };

const said = ({ latest }: Pick<RoomScene, 'latest'>) => latest().sentOf('presence');

describe('presence in a room', () => {
  afterEach(destroyRooms);

  it('shows who is there, where they are, and that they left', () => {
    const scene = createScene();
    const told: unknown[] = [];
    scene.provider.on('presence', (guest) => told.push([guest.userId, guest.cursor, guest.left]));
    scene.room.welcome(scene.latest(), [bob, { ...bob, connectionId: CONNECTION, userId: 'ann' }]);
    expect([...scene.provider.guests.keys()]).to.deep.equal([BOB]);
    scene.latest().says({ type: 'presence', ...bob, cursor: { x: 5, y: 5 }, typing: true });
    expect(scene.provider.guests.get(BOB)).to.deep.include({ cursor: { x: 5, y: 5 }, typing: true });
    scene.latest().says({ type: 'presence', ...bob, cursor: null, left: true });
    expect([scene.provider.guests.size, told]).to.deep.equal([
      0,
      [
        ['bob', { x: 1, y: 2 }, undefined],
        ['bob', { x: 5, y: 5 }, undefined],
        ['bob', null, true],
      ],
    ]);
  });

  it('is said with all that was set before, and not more often than anybody sees', () => {
    const scene = createScene().goLive();
    const { provider, timers } = scene;
    timers.pass(100);
    const before = said(scene).length;
    provider.setPresence({ selection: ['a'], typing: true });
    for (let x = 0; x < 100; x += 1) provider.setPresence({ cursor: { x, y: 0 } });
    expect(said(scene)).to.have.lengthOf(before + 1);
    timers.pass(100);
    expect(said(scene)).to.have.lengthOf(before + 2);
    const { data: _, ...last } = said(scene).at(-1) ?? { type: '' };
    expect(last).to.deep.equal({ type: 'presence', selection: ['a'], typing: true, cursor: { x: 99, y: 0 } });
    provider.setPresence({ cursor: null, typing: null, selection: null });
    timers.pass(100);
    expect(Object.keys(said(scene).at(-1) ?? {}).sort()).to.deep.equal(['data', 'type']);
  });

  it('is said again after each return, and the others are unknown until then', () => {
    const scene = createScene();
    scene.provider.setPresence({ cursor: { x: 7, y: 7 } });
    scene.room.welcome(scene.latest(), [bob]);
    scene.latest().ends(1006);
    expect(scene.provider.guests.size).to.equal(0);
    scene.timers.pass(1_000);
    expect(said(scene)).to.deep.equal([]);
    scene.latest().says(scene.room.info());
    expect(said(scene)).to.have.lengthOf(1);
    expect(said(scene)[0]).to.deep.include({ cursor: { x: 7, y: 7 } });
  });

  it('[CLI-7] carries the awareness of each to the others, until they leave', () => {
    const [ann, other] = [createScene(), createScene()];
    ann.provider.awareness.setLocalStateField('user', { name: 'Ann' });
    ann.goLive();
    const data = String(said(ann).at(-1)?.['data']);
    other.room.welcome(other.latest(), [{ ...bob, userId: 'ann', data }]);
    const { clientID } = ann.doc;
    expect(other.provider.awareness.getStates().get(clientID)).to.deep.equal({ user: { name: 'Ann' } });
    other.latest().says({ type: 'presence', ...bob, cursor: null, left: true });
    expect(other.provider.awareness.getStates().has(clientID)).to.equal(false);
    other.latest().says({ type: 'presence', ...bob, data });
    expect(other.provider.awareness.getStates().has(clientID)).to.equal(true);
    other.latest().ends(1006);
    expect(other.provider.awareness.getStates().has(clientID)).to.equal(false);
  });

  it('[CLI-7] shows all clients of which one connection tells, and each until it tells of them no more', () => {
    const scene = createScene().goLive();
    const { awareness } = scene.provider;
    const shown = (): number[] => [...awareness.getStates().keys()].filter((id) => id !== awareness.clientID);
    const tell = (connectionId: string, ...ids: readonly number[]): void => {
      const entries = ids.map((clientId) => ({ clientId, clock: 1, state: '{"name":"x"}' }));
      scene.latest().says({
        type: 'presence',
        ...bob,
        connectionId,
        data: toBase64(writeAwareness(entries)),
      });
    };
    tell(BOB, 7, 8, awareness.clientID, 9);
    expect(shown()).to.deep.equal([7, 8, 9]);
    expect(awareness.getLocalState()).to.deep.equal({});
    tell(BOB, 7, 9);
    expect(shown()).to.deep.equal([7, 9]);
    // It came back on another socket before the old one was given up.
    tell(CONNECTION, 9);
    scene.latest().says({ type: 'presence', ...bob, cursor: null, left: true });
    expect(shown()).to.deep.equal([9]);
    tell(CONNECTION);
    expect(shown()).to.deep.equal([]);
  });

  it('[CLI-7] says who it is with a higher clock after each return: with the old one it has left, to the others', () => {
    const scene = createScene().goLive();
    const clock = (): number => {
      const data = String(said(scene).at(-1)?.['data']);
      return readAwareness(fromBase64(data))?.[0]?.clock ?? 0;
    };
    const before = clock();
    scene.latest().ends(1006);
    scene.timers.pass(1_000);
    scene.room.welcome(scene.latest());
    expect(clock()).to.be.above(before);
  });

  it('tells of an awareness state that is too large for the server, and keeps the last one', () => {
    const scene = createScene().goLive();
    scene.timers.pass(100);
    scene.provider.awareness.setLocalStateField('huge', 'x'.repeat(20_000));
    scene.timers.pass(100);
    expect(scene.errors).to.deep.equal(['too_large']);
    expect(said(scene)).to.have.lengthOf(1);
  });
});
