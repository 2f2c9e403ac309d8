import { expect } from 'chai';
import { Problem } from '../../protocol/problem.ts';
import { openRoomSession, startRoomSession, turn } from './room-fake.ts';
import type { RoomFrame } from './room-messages.ts';

const update = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const MALFORMED = new Problem('invalid', 'no update', { extra: { reason: 'malformed' } });

const shapeOf = (frames: readonly RoomFrame[]): string[] =>
  frames.map((frame) =>
    frame.type === 'error'
      ? [frame.code, frame.frame].filter((part) => part !== undefined).join(' ')
      : 'seq' in frame
        ? `${frame.type} ${frame.seq}`
        : frame.type,
  );

describe('a session at a room', () => {
  it('keeps frames that come before the room was shown, and takes them in order after it', async () => {
    const { session, room, said, catchUps } = startRoomSession({ updateBytes: 3 });
    session.opened();
    for (const bytes of [[1], [2], [1, 2, 3, 4], [3]]) session.binary(update(...bytes));
    session.text('?');
    await turn();
    expect(room.asked).to.deep.equal([]);
    room.welcome();
    await turn();
    session.binary(update(4));
    expect(room.asked.map((asked) => asked.update[0])).to.deep.equal([1, 2, 3, 4]);
    for (let n = 0; n < 4; n += 1) await room.commit();
    expect(shapeOf(said)).to.deep.equal([
      'roomInfo 0',
      'snapshot 0',
      'bad_json',
      'ack 1',
      'ack 2',
      'too_large 3',
      'ack 3',
      'ack 4',
    ]);
    expect(catchUps).to.deep.equal([true, true, false, false, false, false, false]);
  });

  it('answers each frame once, in the order of the frames', async () => {
    const { session, room, said, rejected } = await openRoomSession({ updateBytes: 3 });
    for (const bytes of [[1], [1, 2, 3, 4], [2], [3], [], [4]]) session.binary(update(...bytes));
    session.binaryRefused();
    expect(said).to.deep.equal([]);
    await room.commit();
    await room.commit();
    await room.change();
    await room.refuse(MALFORMED);
    await room.commit();
    expect(shapeOf(said)).to.deep.equal([
      'ack 1',
      'too_large 2',
      'ack 2',
      'ack 2',
      'bad_update 5',
      'ack 3',
      'rate_limited 7',
    ]);
    expect(rejected.sort()).to.deep.equal(['bad_update', 'rate_limited', 'too_large']);
  });

  it('says at once that a frame is too large where no other waits', async () => {
    const { session, said } = await openRoomSession({ updateBytes: 3 });
    session.binary(update(1, 2, 3, 4));
    expect(shapeOf(said)).to.deep.equal(['too_large 1']);
  });

  it('takes on only so much that is not on disk yet', async () => {
    const { session, room, said } = await openRoomSession({ unackedBytes: 5 });
    for (const bytes of [[1, 1, 1], [2, 2], [3], []]) session.binary(update(...bytes));
    await room.commit();
    session.binary(update(4, 4, 4));
    await room.commit();
    await room.refuse(MALFORMED);
    await room.commit();
    expect(shapeOf(said)).to.deep.equal(['ack 1', 'ack 2', 'rate_limited 3', 'bad_update 4', 'ack 3']);
    session.binary(new Uint8Array(1_000));
    session.binary(update(1));
    await room.commit();
    expect(shapeOf(said.slice(5))).to.deep.equal(['ack 4', 'rate_limited 7']);
  });

  it('[ROOM-12] takes only so many bytes a second, and says in its place when there is room', async () => {
    const limits = { updateBytes: 4, bytesPerSecond: 2 };
    const { session, room, said, clock } = await openRoomSession(limits);
    for (const bytes of [[1, 1, 1, 1], [2, 2], [3, 3, 3], [4]]) session.binary(update(...bytes));
    expect(said).to.deep.equal([]);
    await room.commit();
    await room.commit();
    expect(shapeOf(said)).to.deep.equal(['ack 1', 'ack 2', 'rate_limited 3', 'rate_limited 4']);
    expect(said.slice(2).map((frame) => 'retryAfterMs' in frame && frame.retryAfterMs)).to.deep.equal([
      1_500, 500,
    ]);
    clock.advance(1_500);
    session.binary(update(3, 3, 3));
    await room.commit();
    expect(shapeOf(said.slice(4))).to.deep.equal(['ack 3']);
  });

  it('says that the room has too much to do, and stays', async () => {
    const { session, room, said, closed } = await openRoomSession();
    session.binary(update(1));
    session.binary(update(2));
    const [first] = room.asked.splice(0, 1);
    await room.fail(new Problem('overloaded', 'Too many requests wait.'));
    expect(said).to.deep.equal([]);
    if (first !== undefined) room.asked.push(first);
    await room.commit();
    expect(shapeOf(said)).to.deep.equal(['ack 1', 'unavailable 2']);
    expect(closed).to.deep.equal([]);
  });

  it('closes 1013 where nobody knows what became of an update', async () => {
    for (const error of [new Problem('unavailable', 'It did not answer in time.'), new Error('a defect')]) {
      const { session, room, said, closed, logged } = await openRoomSession();
      session.binary(update(1));
      await room.fail(error);
      expect(said).to.deep.equal([]);
      expect(closed).to.deep.equal([{ code: 1013, reason: 'unavailable' }]);
      expect(logged.some(({ level }) => level >= 50)).to.equal(!(error instanceof Problem));
    }
  });

  it('closes 1008 after the third frame in a row that is no update, and not before', async () => {
    const { session, room, said, closed } = await openRoomSession();
    const bad = async (): Promise<void> => {
      session.binary(update(255));
      await room.refuse(MALFORMED);
    };
    await bad();
    await bad();
    session.binary(update(1));
    await room.commit();
    await bad();
    await bad();
    expect(closed).to.deep.equal([]);
    await bad();
    expect(closed).to.deep.equal([{ code: 1008, reason: 'too many bad updates' }]);
    expect(shapeOf(said)).to.deep.equal([
      'bad_update 1',
      'bad_update 2',
      'ack 1',
      'bad_update 4',
      'bad_update 5',
      'bad_update 6',
    ]);
  });

  it('tells its sender what was quarantined, after the ack', async () => {
    const { session, room, said } = await openRoomSession();
    session.binary(update(1));
    await room.commit({ quarantined: [{ id: 'x', path: '/type', message: 'is not known' }] });
    expect(shapeOf(said)).to.deep.equal(['ack 1', 'quarantined']);
  });

  it('shows who it is by the connection, whatever a message says', async () => {
    const { session, room } = await openRoomSession();
    const presence = { cursor: { x: 1, y: 2 }, selection: ['a'], typing: true, data: 'AA==' };
    session.text(JSON.stringify({ type: 'presence', userId: 'eve', ...presence }));
    session.text(JSON.stringify({ type: 'presence', cursor: null }));
    expect(room.presence).to.deep.equal([presence, {}]);
  });

  it('keeps presence alive by whatever is said', async () => {
    const { session, room, said } = await openRoomSession();
    session.text('{"type":"ping","ts":5}');
    session.binary(update(1));
    expect(room.touched).to.equal(2);
    expect(said[0]).to.include({ type: 'pong', ts: 5 });
  });

  it('answers what it does not understand, and closes 1008 after twenty in a row', async () => {
    const { session, said, closed } = await openRoomSession();
    const wrong = [
      '',
      '{',
      'null',
      '[]',
      '{}',
      '{"type":"nonsense"}',
      '{"type":"update"}',
      '{"type":"__proto__"}',
      '{"type":"presence","cursor":{"x":1}}',
      '{"type":"presence","cursor":{"x":1,"y":1e9}}',
      '{"type":"presence","selection":"a"}',
      `{"type":"presence","data":"${'x'.repeat(16_385)}"}`,
      '{"type":"presence","more":1}',
      '{"type":"ping","ts":"now"}',
      `"${'x'.repeat(100_000)}"`,
    ];
    for (const text of wrong) session.text(text);
    expect(shapeOf(said)).to.deep.equal([
      'bad_json',
      'bad_json',
      ...Array.from({ length: wrong.length - 2 }, () => 'bad_message'),
    ]);
    session.text('{"type":"ping"}');
    for (let n = 0; n < 19; n += 1) session.text('?');
    expect(closed).to.deep.equal([]);
    session.text('?');
    expect(closed).to.deep.equal([{ code: 1008, reason: 'too many bad messages' }]);
  });

  it('logs each frame at debug with room, user, seq, bytes and latency, and never what it says', async () => {
    const { session, room, clock, logged } = await openRoomSession();
    session.binary(Buffer.from('secret'));
    clock.advance(12);
    await room.commit();
    session.binary(Buffer.from('secret'));
    await room.refuse(MALFORMED);
    session.ended();
    const lines = logged.map(({ level, msg, document_id, user, seq, bytes, ms, code }) => {
      expect({ document_id, user }).to.deep.equal({ document_id: room.id, user: 'ann' });
      return { level, msg, seq, bytes, ms, code };
    });
    const none = { seq: undefined, bytes: undefined, ms: undefined, code: undefined };
    expect(lines).to.deep.equal([
      { ...none, level: 30, msg: 'joined' },
      { level: 20, msg: 'update', seq: 1, bytes: 6, ms: 12, code: undefined },
      { ...none, level: 20, msg: 'refused', code: 'bad_update' },
      { ...none, level: 30, msg: 'left', ms: 12 },
    ]);
    expect(JSON.stringify(logged)).to.not.contain('secret');
  });
});
