import { expect } from 'chai';
import { toBase64 } from 'lib0/buffer';
import type { RoomServerMessage } from '../../protocol/room-socket.ts';
import { ack, contentAfter, createScene, destroyRooms, type FakeRoom } from './room-scene.ts';

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
});
