import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import type { FactNotice, Presence, WelcomeNotice } from '../../actors/door.ts';
import { RoomAnswers } from '../../http/sockets/room-answers.ts';
import { RoomDoor } from '../../http/sockets/room-door.ts';
import type { AnnotationFact } from '../../protocol/annotation-messages.ts';
import type { ConnectionId, DocumentId, UserId } from '../../protocol/ids.ts';
import { everyFact, someAnnotation, someDocument, someJob, someVersion } from './facts.ts';
import { DOCUMENT_ID, OTHER_ID } from './harness.ts';
import { createRoomChecker, type RoomFrame, roomFramesOf } from './room-messages.ts';

const EMPTY = Uint8Array.of(0, 0);
const CONNECTION = OTHER_ID as ConnectionId;
const check = createRoomChecker();

const edit = (update: Uint8Array): AnnotationFact => ({
  type: 'annotation.updated',
  annotation: someAnnotation,
  update,
});
const noticeOf = (seq: number, fact: AnnotationFact): FactNotice => ({ type: 'fact', seq, fact });
const shapeOf = (frames: readonly RoomFrame[]): string[] =>
  frames.map((frame) => `${frame.type} ${'seq' in frame ? frame.seq : '-'}`);
const isBinary = ({ type }: RoomFrame): boolean => type === 'snapshot' || type === 'update';

/** The updates of edits that Yjs clients made one after another, and the document that they make. */
function edited(steps: readonly { readonly client: number; readonly key: string }[]): {
  updates: Uint8Array[];
  doc: Y.Doc;
} {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const [index, { client, key }] of steps.entries()) {
    const own = new Y.Doc();
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
    own.clientID = client;
    own.getMap('annotations').set(key, index);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(own, Y.encodeStateVector(doc)));
  }
  return { updates, doc };
}

const presence: Presence = {
  connectionId: CONNECTION,
  userId: 'ann' as UserId,
  displayName: 'Ann',
  data: { cursor: { x: 1, y: 2 }, selection: ['a'], typing: true, data: 'AAEC', color: 'red' },
};

const welcome = (more: object = {}): WelcomeNotice => ({
  type: 'welcome',
  documentId: DOCUMENT_ID as DocumentId,
  connectionId: CONNECTION,
  seq: 7,
  snapshotSeq: 4,
  presence: [presence],
  opening: { update: Uint8Array.of(1, 2, 3), stateVector: Uint8Array.of(0) },
  ...more,
});
const WELCOME = welcome();

const framesOfWelcome = (door: RoomDoor, notice: WelcomeNotice): RoomFrame[] => [
  ...roomFramesOf(door.encode(notice)),
  ...roomFramesOf(door.encodeOpening(notice)),
];

function guestAt(door: RoomDoor) {
  const acknowledged: number[] = [];
  const answers = new RoomAnswers({
    onAcknowledged: (_, seq) => acknowledged.push(seq),
    onRefused: () => undefined,
  });
  door.admit({ connectionId: CONNECTION, userId: 'ann' as UserId, answers });
  return { answers, acknowledged };
}

describe('the room door', () => {
  const door = new RoomDoor();

  it('tells each event in frames with its seq, and text frames as asyncapi.yaml describes them', () => {
    for (const [index, fact] of everyFact.entries()) {
      const frames = roomFramesOf(door.encode(noticeOf(index + 1, fact)));
      expect(frames, fact.type).to.not.deep.equal([]);
      for (const frame of frames) {
        expect('seq' in frame && frame.seq, fact.type).to.equal(index + 1);
        if (!isBinary(frame)) expect(check(frame), fact.type).to.equal('');
      }
    }
  });

  it('tells what an event did to the Yjs document, also where that is nothing', () => {
    const [frame] = roomFramesOf(door.encode(noticeOf(3, edit(Uint8Array.of(5, 6)))));
    expect(frame).to.deep.equal({ type: 'update', seq: 3, update: [5, 6] });
    const nothing: AnnotationFact = {
      type: 'annotations.changed',
      created: [],
      updated: [],
      deleted: [],
      update: EMPTY,
    };
    expect(roomFramesOf(door.encode(noticeOf(4, nothing)))).to.deep.equal([
      { type: 'update', seq: 4, update: [0, 0] },
    ]);
  });

  it('tells a revert as an update, and directly after it what it means, with the same seq', () => {
    const fact: AnnotationFact = {
      type: 'document.reverted',
      document: { ...someDocument, updated_by: 'bob', image_url: '/v1/rooms/x/image', width: 10, height: 20 },
      version: { ...someVersion, tag: 'v1' },
      created: [],
      updated: [someAnnotation],
      deleted: [],
      update: Uint8Array.of(5, 6),
    };
    const { id, name, created_at, updated_at } = someDocument;
    expect(roomFramesOf(door.encode(noticeOf(9, fact)))).to.deep.equal([
      { type: 'update', seq: 9, update: [5, 6] },
      {
        type: 'reverted',
        seq: 9,
        version: { id: someVersion.id, seq: 3, tag: 'v1', createdAt: someVersion.created_at },
        by: 'bob',
        room: {
          id,
          name,
          width: 10,
          height: 20,
          hasImage: true,
          createdAt: created_at,
          updatedAt: updated_at,
        },
      },
    ]);
  });

  it('welcomes with the room, then its state; without the state where what was missed follows', () => {
    guestAt(door);
    const [info, snapshot, ...more] = framesOfWelcome(door, welcome());
    expect(info).to.deep.equal({
      type: 'roomInfo',
      roomId: DOCUMENT_ID,
      seq: 7,
      snapshotSeq: 4,
      stateVector: 'AA==',
      userId: 'ann',
      connectionId: OTHER_ID,
      presence: [
        {
          connectionId: OTHER_ID,
          userId: 'ann',
          displayName: 'Ann',
          cursor: { x: 1, y: 2 },
          selection: ['a'],
          typing: true,
          data: 'AAEC',
        },
      ],
    });
    expect(info && check(info)).to.equal('');
    expect(snapshot).to.deep.equal({ type: 'snapshot', seq: 7, update: [1, 2, 3] });
    expect(more).to.deep.equal([]);
    const back = welcome({ after: 5, opening: { stateVector: Uint8Array.of(0) } });
    expect(shapeOf(framesOfWelcome(door, back))).to.deep.equal(['roomInfo 7']);
    door.dismiss(CONNECTION);
  });

  it('[ROOM-1] makes the frame of a state once, however many come to it', () => {
    const [first, second] = [door.encodeOpening(WELCOME), door.encodeOpening({ ...WELCOME, snapshotSeq: 6 })];
    expect(second).to.equal(first);
    // Something happened that left the Yjs document as it is.
    const later = door.encodeOpening({ ...WELCOME, seq: 8 });
    expect(shapeOf(roomFramesOf(later))).to.deep.equal(['snapshot 8']);
    const other = door.encodeOpening(welcome({ opening: { update: Uint8Array.of(1, 2, 3) } }));
    expect(other).to.not.equal(first);
    expect(other).to.deep.equal(first);
  });

  it('tells a crash as a new state, but not a second time to one who was just welcomed', () => {
    const opening = { update: Uint8Array.of(1, 2, 3), stateVector: Uint8Array.of(0) };
    const frames = roomFramesOf(door.encode({ type: 'resync', seq: 8, opening }));
    expect(frames).to.deep.equal([
      { type: 'resync', seq: 8, stateVector: 'AA==' },
      { type: 'snapshot', seq: 8, update: [1, 2, 3] },
    ]);
    expect(frames[0] && check(frames[0])).to.equal('');
    expect(door.encode({ type: 'resync', seq: 8 })).to.equal(undefined);
  });

  it('tells the progress of exports without a seq, and nothing else that passes', () => {
    const fact: AnnotationFact = { type: 'export.updated', job: someJob };
    expect(roomFramesOf(door.encode({ type: 'transient', fact }))).to.deep.equal([fact]);
    expect(door.encode({ type: 'transient', fact: edit(EMPTY) })).to.equal(undefined);
  });

  it('shows presence of other doors as far as it knows it, and who has left', () => {
    const told = (change: 'joined' | 'updated' | 'left', data: object) => {
      const [frame] = roomFramesOf(
        door.encode({ type: 'presence', change, presence: { ...presence, data: { ...data } } }),
      );
      if (frame === undefined) throw new Error('nothing was told');
      expect(check(frame), change).to.equal('');
      return frame;
    };
    const who = { type: 'presence', connectionId: OTHER_ID, userId: 'ann', displayName: 'Ann' };
    expect(told('joined', {})).to.deep.equal({ ...who, cursor: null });
    expect(told('updated', presence.data)).to.deep.equal({
      ...who,
      cursor: { x: 1, y: 2 },
      selection: ['a'],
      typing: true,
      data: 'AAEC',
    });
    const strange = { cursor: { from: 1, to: 2 }, selection: 'all', typing: 1, data: { a: 1 } };
    expect(told('updated', strange)).to.deep.equal({ ...who, cursor: null });
    expect(told('left', presence.data)).to.deep.equal({ ...who, cursor: null, left: true });
  });

  it('acknowledges edits to the one who made them, and tells that one everything else as all others', () => {
    const { answers, acknowledged } = guestAt(door);
    const origin = { connectionId: CONNECTION, operationId: undefined };
    for (let n = 0; n < 3; n += 1) answers.open(10, 0);
    const own = { ...noticeOf(3, edit(Uint8Array.of(5, 6))), origin };
    // However often it is asked.
    for (let n = 0; n < 2; n += 1) {
      expect(roomFramesOf(door.encodeOwn(own))).to.deep.equal([{ type: 'ack', seq: 3 }]);
    }
    expect(roomFramesOf(door.encodeRepeat({ type: 'repeat', seq: 3, origin }))).to.deep.equal([
      { type: 'ack', seq: 3 },
    ]);
    const version = { ...noticeOf(4, { type: 'version.created', version: someVersion }), origin };
    expect(shapeOf(roomFramesOf(door.encodeOwn(version)))).to.deep.equal(['version.created 4']);
    expect(acknowledged).to.deep.equal([3, 3]);
    door.dismiss(CONNECTION);
    expect(door.encodeRepeat({ type: 'repeat', seq: 3, origin })).to.equal(undefined);
  });

  it('merges edits that follow each other into one frame with the last seq, which means the same', () => {
    const steps = fc.array(
      fc.record({ client: fc.integer({ min: 2, max: 5 }), key: fc.constantFrom('a', 'b', 'c', 'd') }),
      { minLength: 2, maxLength: 30, size: 'max' },
    );
    fc.assert(
      fc.property(steps, (plan) => {
        const { updates, doc } = edited(plan);
        const notices = updates.map((update, index) => noticeOf(index + 1, edit(update)));
        const frames = roomFramesOf(door.encodeMerged(notices));
        expect(shapeOf(frames)).to.deep.equal([`update ${updates.length}`]);
        const reader = new Y.Doc();
        for (const frame of frames) {
          if (frame.type === 'update') Y.applyUpdate(reader, Uint8Array.from(frame.update));
        }
        expect(reader.getMap('annotations').toJSON()).to.deep.equal(doc.getMap('annotations').toJSON());
        expect(reader.store.pendingStructs).to.equal(null);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps what is no edit in its place between merged ones', () => {
    const { updates } = edited([
      { client: 2, key: 'a' },
      { client: 2, key: 'b' },
      { client: 3, key: 'c' },
    ]);
    const [a = EMPTY, b = EMPTY, c = EMPTY] = updates;
    const notices = [
      noticeOf(1, edit(a)),
      noticeOf(2, edit(b)),
      noticeOf(3, { type: 'version.created', version: someVersion }),
      noticeOf(4, edit(EMPTY)),
      noticeOf(5, edit(c)),
      noticeOf(6, edit(EMPTY)),
      noticeOf(7, { type: 'document.updated', document: someDocument }),
      noticeOf(8, edit(EMPTY)),
      noticeOf(9, edit(EMPTY)),
    ];
    const frames = roomFramesOf(door.encodeMerged(notices));
    expect(shapeOf(frames)).to.deep.equal([
      'update 2',
      'version.created 3',
      'update 6',
      'room.updated 7',
      'update 9',
    ]);
    expect(frames[2]).to.deep.equal({ type: 'update', seq: 6, update: [...c] });
    expect(frames[4]).to.deep.equal({ type: 'update', seq: 9, update: [0, 0] });
  });

  it('does not merge what is large, nor too many at once', () => {
    const large = (client: number): Uint8Array => {
      const doc = new Y.Doc();
      doc.clientID = client;
      doc.getMap('annotations').set(`${client}`, 'x'.repeat(150 * 1024));
      return Y.encodeStateAsUpdate(doc);
    };
    const many = [2, 3, 4].map((client, index) => noticeOf(index + 1, edit(large(client))));
    expect(shapeOf(roomFramesOf(door.encodeMerged(many)))).to.deep.equal([
      'update 1',
      'update 2',
      'update 3',
    ]);
    const { updates } = edited(Array.from({ length: 150 }, () => ({ client: 2, key: 'a' })));
    const notices = updates.map((update, index) => noticeOf(index + 1, edit(update)));
    expect(shapeOf(roomFramesOf(door.encodeMerged(notices)))).to.deep.equal([
      'update 64',
      'update 128',
      'update 150',
    ]);
  });
});
