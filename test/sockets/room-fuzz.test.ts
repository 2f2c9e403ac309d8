import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { Problem } from '../../protocol/problem.ts';
import { clientFrame } from './harness.ts';
import { mangledUpdates } from './mangled-updates.ts';
import { yBox } from './room-client.ts';
import { openRoomSession, turn } from './room-fake.ts';
import { startRoomHarness } from './room-harness.ts';
import { createRoomChecker } from './room-messages.ts';
import { rubbishBytes, rubbishTexts, writeAt } from './rubbish-messages.ts';

const SEEDS = 1_900;
const SEEDS_ON_SOCKETS = 100;

const VALID: readonly object[] = [
  { type: 'presence', userId: 'eve', cursor: { x: 1, y: 2 }, selection: ['a'], typing: true, data: 'AA==' },
  { type: 'presence', cursor: null },
  { type: 'ping', ts: 1 },
  { type: 'ping' },
];

const text = rubbishTexts(VALID);

const step = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constant('unread' as const) },
  { weight: 4, arbitrary: fc.constantFrom('commit', 'nothing', 'bad', 'missing', 'overloaded') },
);

const ANSWERS: Readonly<Record<string, Problem>> = {
  bad: new Problem('invalid', 'cut off', { extra: { reason: 'malformed' } }),
  missing: new Problem('invalid', 'builds on others', { extra: { reason: 'missing_updates' } }),
};

describe('rubbish at the room door', () => {
  it(`[ROOM-6] of ${SEEDS} kinds is answered once, in its order, or means what it says, and never throws`, async () => {
    const check = createRoomChecker();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { session, room, said, closed } = await openRoomSession({ updateBytes: 4, unackedBytes: 12 });
        let binaries = 0;
        for (const what of steps) {
          if (closed.length > 0) break;
          if (what instanceof Uint8Array) {
            binaries += 1;
            session.binary(what);
          } else if (what === 'unread') {
            binaries += 1;
            session.binaryRefused();
          } else if (what === 'commit' || what === 'nothing') {
            if (room.asked.length > 0) await (what === 'commit' ? room.commit() : room.change());
          } else if (Object.hasOwn(ANSWERS, what)) {
            const problem = ANSWERS[what];
            if (room.asked.length > 0 && problem !== undefined) await room.refuse(problem);
          } else if (what === 'overloaded') {
            if (room.asked.length > 0) await room.fail(new Problem('overloaded', 'Too much.'));
          } else {
            const before = said.length + room.presence.length;
            session.text(what);
            const answers = said.length + room.presence.length - before;
            expect(answers, what).to.equal(1);
          }
        }
        while (room.asked.length > 0 && closed.length === 0) await room.commit();
        let next = 1;
        for (const frame of said) {
          if (frame.type === 'snapshot' || frame.type === 'update') continue;
          expect(check(frame), JSON.stringify(frame)).to.equal('');
          if (frame.type === 'error' && frame.frame !== undefined) expect(frame.frame).to.equal(next);
          if (frame.type === 'ack' || (frame.type === 'error' && frame.frame !== undefined)) next += 1;
        }
        if (closed.length === 0) expect(next - 1).to.equal(binaries);
        else expect(closed[0]?.code).to.equal(1008);
        session.ended();
        await turn();
      }),
      { numRuns: SEEDS },
    );
  }).timeout(120_000);

  it(`[ROOM-6] of ${SEEDS_ON_SOCKETS} kinds on real sockets harms nobody`, async () => {
    const harness = await startRoomHarness();
    const id = await harness.create();
    const [witness, other] = [await harness.join(id, 'witness'), await harness.join(id, 'other')];
    const update = mangledUpdates(witness.doc).map((bytes) => clientFrame(2, bytes));
    const raw = rubbishBytes(
      text.map((message) => clientFrame(1, message)),
      update,
      update,
    );
    let edits = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(raw, { minLength: 1, maxLength: 8 }), async (writes) => {
        await writeAt(harness, `/v1/ws/rooms/${id}?userId=eve`, writes, async () => {
          witness.edit((annotations) => annotations.set(randomUUID(), yBox(edits)));
          edits += 1;
          await witness.until(() => witness.of('ack').length === edits);
        });
      }),
      { numRuns: SEEDS_ON_SOCKETS },
    );
    while (harness.sockets.count() > 2) await witness.settled();
    const head = await harness.runtime.documents.open('annotation', id).head();
    await Promise.all([witness, other].map((client) => client.reach(head)));
    const late = await harness.join(id, 'late');
    for (const client of [witness, other]) {
      expect(client.annotations.toJSON()).to.deep.equal(late.annotations.toJSON());
      expect(client.seqs).to.deep.equal([...client.seqs].sort((a, b) => a - b));
      expect(client.errors).to.deep.equal([]);
      expect(client.doc.store.pendingStructs).to.equal(null);
    }
    expect(harness.logged.filter(({ level }) => level >= 50)).to.deep.equal([]);
    expect(harness.runtime.crashes).to.deep.equal([]);
    await harness.close();
  }).timeout(120_000);
});
