import { expect } from 'chai';
import fc from 'fast-check';
import type { Door, FactNotice, Notice, RefusalNotice, RepeatNotice } from '../../actors/door.ts';
import type { ConnectionId, OperationId, UserId } from '../../protocol/ids.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

type Line = { readonly type: string; readonly seq: number; readonly from?: number; readonly of?: number[] };

/** Tells the same bytes to everybody: merges but for facts with an even value, acknowledges beside. */
class SharingDoor implements Door {
  readonly name = 'sharing';
  readonly sharesOwn = true;
  readonly gatherMs: number;
  merged = 0;

  constructor(gatherMs: number) {
    this.gatherMs = gatherMs;
  }

  encode(notice: Notice): Uint8Array | undefined {
    return notice.type === 'presence' ? undefined : line(notice);
  }

  encodeOwn(): Uint8Array {
    throw new TypeError('is not asked');
  }

  encodeAcks(notices: readonly FactNotice[]): Uint8Array {
    return line({ type: 'acks', of: notices.map(({ seq }) => seq), seq: notices.at(-1)?.seq });
  }

  encodeRepeat({ seq }: RepeatNotice): Uint8Array {
    return line({ type: 'acks', of: [seq], seq });
  }

  encodeRefusal({ problem }: RefusalNotice): Uint8Array {
    return line({ type: 'refused', seq: 0, code: problem.code });
  }

  merges({ fact }: FactNotice): boolean {
    return (fact as { value: number }).value % 2 === 1;
  }

  encodeMerged(notices: readonly FactNotice[]): Uint8Array | undefined {
    this.merged += 1;
    return line({ type: 'merged', from: notices[0]?.seq, seq: notices.at(-1)?.seq });
  }
}

const line = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`);
/** A change by an odd number makes an odd value even: that fact has a frame of its own. */
const add = (by: number) => ({ type: 'add', by }) as const;
const by = (connectionId: ConnectionId) => ({ by: 'ann' as UserId, connectionId });

/** What was told after the welcome: `2`, `3-5`, `acks 3,5`. */
const heard = (listener: Listener): string[] =>
  (listener.notices as readonly Line[]).flatMap(({ type, seq, from, of }) => {
    switch (type) {
      case 'fact':
        return [`${seq}`];
      case 'merged':
        return [`${from}-${seq}`];
      case 'acks':
        return [`acks ${of}`];
      case 'refused':
        return ['refused'];
      default:
        return [];
    }
  });

async function begin(names: readonly string[], gatherMs = 16) {
  const door = new SharingDoor(gatherMs);
  const runtime = createRuntime();
  const counter = runtime.documents.open('counter', newDocumentId());
  await counter.execute(add(1), ALICE);
  const listeners = names.map((name) => new Listener(name, door));
  for (const listener of listeners) counter.join(listener);
  await nextTurn();
  runtime.ticks.tick();
  runtime.ticks.tick();
  return { ...runtime, door, counter, listeners: listeners as [Listener, Listener, ...Listener[]] };
}

describe('a door that tells everybody the same', () => {
  it('[DOC-16] acknowledges what one asked for in one frame, right before the frame that has it', async () => {
    const { counter, ticks, listeners, door } = await begin(['ann', 'bob', 'carl']);
    const [ann, bob, carl] = listeners;
    await counter.execute(add(2), ALICE); // 2: opens the gathering
    await nextTurn();
    await counter.execute(add(2), ALICE);
    await counter.execute(add(2), by(ann.connectionId));
    await counter.execute(add(2), by(bob.connectionId));
    await counter.execute(add(2), by(ann.connectionId));
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', 'acks 4,6', '3-6']);
    expect(heard(bob)).to.deep.equal(['2', 'acks 5', '3-6']);
    expect(carl && heard(carl)).to.deep.equal(['2', '3-6']);
    expect(door.merged).to.equal(1);
  });

  it('[DOC-16] acknowledges at once, too, where it does not gather', async () => {
    const { counter, listeners } = await begin(['ann', 'bob'], 0);
    const [ann, bob] = listeners;
    await counter.execute(add(2), by(ann.connectionId));
    await nextTurn();
    await counter.execute(add(2), by(bob.connectionId));
    await nextTurn();
    expect(heard(ann)).to.deep.equal(['acks 2', '2', '3']);
    expect(heard(bob)).to.deep.equal(['2', 'acks 3', '3']);
  });

  it('[DOC-16] keeps a fact that may not be merged in its place, and the acknowledgements in theirs', async () => {
    const { counter, ticks, listeners } = await begin(['ann', 'bob']);
    const [ann, bob] = listeners;
    await counter.execute(add(2), ALICE); // 2
    await nextTurn();
    await counter.execute(add(2), by(ann.connectionId)); // 3
    await counter.execute(add(2), ALICE); // 4
    await counter.execute(add(1), by(ann.connectionId)); // 5 has an even value
    await counter.execute(add(1), ALICE); // 6
    await counter.execute(add(2), by(ann.connectionId)); // 7
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', 'acks 3', '3-4', 'acks 5', '5', 'acks 7', '6-7']);
    expect(heard(bob)).to.deep.equal(['2', '3-4', '5', '6-7']);
  });

  it('[DOC-10] [DOC-16] tells one its repeats and refusals among them', async () => {
    const { counter, ticks, listeners } = await begin(['ann', 'bob']);
    const [ann, bob] = listeners;
    await counter.execute(add(2), ALICE); // 2
    await nextTurn();
    const again = { ...by(ann.connectionId), operationId: 'once' as OperationId };
    await counter.execute(add(2), again); // 3
    await counter.execute(add(2), again);
    await counter.execute(add(0), by(ann.connectionId)).catch(() => undefined);
    await counter.execute(add(2), ALICE); // 4
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', 'acks 3', 'acks 3', 'refused', '3-4']);
    expect(heard(bob)).to.deep.equal(['2', '3-4']);
    await counter.execute(add(2), again);
    await nextTurn();
    ticks.tick();
    expect(heard(ann).slice(5)).to.deep.equal(['acks 3']);
  });

  it('[DOC-11] [DOC-16] lets one who comes meanwhile miss nothing and see nothing twice', async () => {
    const { counter, ticks, listeners, door } = await begin(['ann']);
    const [ann] = listeners;
    await counter.execute(add(2), ALICE); // 2
    await nextTurn();
    await counter.execute(add(2), ALICE); // 3
    await counter.execute(add(2), ALICE); // 4
    const late = new Listener('late', door);
    counter.join(late);
    await counter.execute(add(2), ALICE); // 5
    await counter.execute(add(2), by(late.connectionId)); // 6
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', '3-6']);
    expect(late.of('welcome')[0]?.seq).to.equal(4);
    expect(heard(late)).to.deep.equal(['acks 6', '5-6']);
  });

  it('[DOC-11] [DOC-16] covers each event once, in ascending order, whoever asks and comes when', async () => {
    const step = fc.record({
      type: fc.constantFrom('add', 'add', 'add', 'tick', 'join'),
      reader: fc.nat(3),
      odd: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const { counter, ticks, listeners, door } = await begin(['0', '1']);
        const crowd: Listener[] = [...listeners];
        const asked = new Map<Listener, number[]>();
        for (const one of steps) {
          if (one.type === 'tick') {
            await nextTurn();
            ticks.tick();
          } else if (one.type === 'join') {
            const late = new Listener('late', door);
            crowd.push(late);
            counter.join(late);
          } else {
            const reader = crowd[one.reader];
            const caller = reader === undefined ? ALICE : by(reader.connectionId);
            const { seq } = await counter.execute(add(one.odd ? 1 : 2), caller);
            if (reader !== undefined) asked.set(reader, [...(asked.get(reader) ?? []), seq]);
          }
        }
        await nextTurn();
        ticks.tick();
        await nextTurn();
        const head = await counter.head();
        for (const reader of crowd) {
          const lines = reader.notices as readonly Line[];
          const seqs = lines.map(({ seq }) => seq);
          expect(seqs).to.deep.equal([...seqs].sort((a, b) => a - b));
          const covered = lines.flatMap(({ type, seq, from }) => {
            if (type === 'fact') return [seq];
            return type === 'merged' ? range(from ?? 0, seq) : [];
          });
          expect(covered).to.deep.equal(range((reader.of('welcome')[0]?.seq ?? 0) + 1, head));
          const acked = lines.flatMap(({ type, of = [] }) => (type === 'acks' ? of : []));
          expect(acked).to.deep.equal(asked.get(reader) ?? []);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
