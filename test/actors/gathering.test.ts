import { expect } from 'chai';
import fc from 'fast-check';
import type { Door, FactNotice, Notice, RefusalNotice, RepeatNotice } from '../../actors/door.ts';
import type { ConnectionId, UserId } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

type Line = { readonly type: string; readonly seq: number; readonly from?: number };

/** Gathers and merges: a merged line covers `from` to `seq`. Counts the facts that it encoded. */
class MergingDoor implements Door {
  readonly name = 'merging';
  readonly gatherMs = 16;
  encoded = 0;

  encode(notice: Notice): Uint8Array {
    this.encoded++;
    return line(notice);
  }

  encodeOwn({ seq }: FactNotice): Uint8Array {
    return line({ type: 'ack', seq });
  }

  encodeRepeat({ seq }: RepeatNotice): Uint8Array {
    return line({ type: 'ack', seq });
  }

  encodeRefusal({ problem }: RefusalNotice): Uint8Array {
    return line({ type: 'refused', seq: 0, code: problem.code });
  }

  encodeMerged(notices: readonly FactNotice[]): Uint8Array | undefined {
    this.encoded += notices.length;
    return line({ type: 'merged', from: notices[0]?.seq, seq: notices.at(-1)?.seq });
  }
}

const line = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`);
const add = (by = 1) => ({ type: 'add', by }) as const;
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const by = (connectionId: ConnectionId) => ({ by: 'ann' as UserId, connectionId });

/** What was told after the welcome, as short words: `2`, `3-5`, `ack 6`. */
const heard = (listener: Listener): string[] =>
  (listener.notices as readonly Line[]).flatMap(({ type, seq, from }) => {
    switch (type) {
      case 'fact':
        return [`${seq}`];
      case 'merged':
        return [`${from}-${seq}`];
      case 'ack':
        return [`ack ${seq}`];
      case 'refused':
        return ['refused'];
      case 'resync':
        return ['resync'];
      default:
        return [];
    }
  });

/** The seqs that a reader has after all that it was told, acknowledgements included. */
const covered = (listener: Listener): number[] =>
  (listener.notices as readonly Line[]).flatMap(({ type, seq, from }) => {
    if (type === 'merged') return range(from ?? 0, seq);
    return type === 'fact' || type === 'ack' ? [seq] : [];
  });

async function begin(names: readonly string[], door: Door = new MergingDoor()) {
  const store = new FaultyStore(new MemoryStore());
  const runtime = createRuntime({ store });
  const counter = runtime.documents.open('counter', newDocumentId());
  await counter.execute(add(), ALICE);
  const listeners = names.map((name) => new Listener(name, door));
  for (const listener of listeners) counter.join(listener);
  await nextTurn();
  runtime.ticks.tick();
  runtime.ticks.tick();
  expect(runtime.ticks.waiting).to.be.empty;
  return { ...runtime, store, counter, listeners: listeners as [Listener, Listener, ...Listener[]] };
}

describe('a door that gathers', () => {
  it('[DOC-11] tells the first change at once, what follows together when its time is over', async () => {
    const { counter, ticks, listeners } = await begin(['ann']);
    const [ann] = listeners;
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(heard(ann)).to.deep.equal(['2']);
    expect(ticks.waiting.map(({ ms }) => ms)).to.deep.equal([16]);
    for (let i = 0; i < 3; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(heard(ann)).to.deep.equal(['2']);
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', '3-5']);
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(heard(ann)).to.deep.equal(['2', '3-5']);
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', '3-5', '6']);
  });

  it('has a timer only while something was told a moment ago', async () => {
    const { counter, ticks } = await begin(['ann']);
    await counter.execute(add(), ALICE);
    await nextTurn();
    ticks.tick();
    expect(ticks.waiting).to.be.empty;
  });

  it('[DOC-10] [DOC-11] splits what it merges for those who asked for some of it, so that their acks keep their place', async () => {
    const { counter, ticks, listeners } = await begin(['ann', 'bob', 'carl']);
    const [ann, bob, carl] = listeners;
    await counter.execute(add(), ALICE);
    await nextTurn();
    await counter.execute(add(), ALICE); // 3
    await counter.execute(add(), ALICE); // 4
    await counter.execute(add(), by(ann.connectionId)); // 5
    await counter.execute(add(0), by(bob.connectionId)).catch(() => undefined);
    await counter.execute({ type: 'look' }, by(bob.connectionId));
    await counter.execute(add(), ALICE); // 6
    await counter.execute(add(), by(bob.connectionId)); // 7
    await counter.execute(add(), ALICE); // 8
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', '3-4', 'ack 5', '6-8']);
    expect(heard(bob)).to.deep.equal(['2', '3-5', 'refused', 'ack 5', '6', 'ack 7', '8']);
    expect(carl && heard(carl)).to.deep.equal(['2', '3-8']);
  });

  it('[DOC-11] lets one who comes meanwhile miss nothing and see nothing twice', async () => {
    const door = new MergingDoor();
    const { counter, ticks, listeners } = await begin(['ann'], door);
    const [ann] = listeners;
    await counter.execute(add(), ALICE);
    await nextTurn();
    await counter.execute(add(), ALICE);
    await counter.execute(add(), ALICE);
    const late = new Listener('late', door);
    counter.join(late);
    await counter.execute(add(), ALICE);
    await nextTurn();
    await counter.execute(add(), ALICE);
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', '3-4', '5-6']);
    expect(late.of('welcome')[0]?.seq).to.equal(4);
    expect(heard(late)).to.deep.equal(['5-6']);
  });

  it('[DOC-11] does not make the others wait', async () => {
    const { counter, listeners } = await begin(['ann']);
    const [ann] = listeners;
    const plain = new Listener('plain');
    counter.join(plain);
    for (let i = 0; i < 3; i++) {
      await counter.execute(add(), ALICE);
      await nextTurn();
    }
    expect(plain.seqs).to.deep.equal([2, 3, 4]);
    expect(heard(ann)).to.not.deep.equal(['2', '3', '4']);
  });

  it('gathers presence with the rest: the last of each', async () => {
    const { counter, ticks, listeners } = await begin(['ann', 'bob']);
    const [ann, bob] = listeners;
    const cursors = () =>
      bob.of('presence').flatMap(({ change, presence }) => (change === 'updated' ? [presence.data] : []));
    counter.setPresence(ann.connectionId, { x: 0 });
    await nextTurn();
    for (let x = 1; x <= 1_000; x++) {
      counter.setPresence(ann.connectionId, { x });
      if (x % 100 === 0) await nextTurn();
    }
    expect(cursors()).to.deep.equal([{ x: 0 }]);
    ticks.tick();
    expect(cursors()).to.deep.equal([{ x: 0 }, { x: 1_000 }]);
  });

  it('[DOC-7] does not let more than its bound wait', async () => {
    const { counter, ticks, listeners } = await begin(['ann']);
    const [ann] = listeners;
    await counter.execute(add(), ALICE);
    await nextTurn();
    await Promise.all(range(1, 1_500).map(() => counter.execute(add(), ALICE)));
    await nextTurn();
    expect(covered(ann)).to.deep.equal(range(2, 1_502));
    expect(ticks.waiting).to.have.length(1);
  });

  it('[DOC-7] does not do work that grows with readers times changes', async () => {
    const door = new MergingDoor();
    const { counter, ticks, listeners } = await begin(range(1, 200).map(String), door);
    await counter.execute(add(), ALICE);
    await nextTurn();
    door.encoded = 0;
    await Promise.all(
      listeners.flatMap(({ connectionId }) => [1, 2, 3].map(() => counter.execute(add(), by(connectionId)))),
    );
    ticks.tick();
    for (const listener of listeners) expect(covered(listener)).to.deep.equal(range(2, 602));
    expect(door.encoded).to.be.below(4 * 600);
  });

  it('asks for the frame of a notice once, also where readers get the changes one by one', async () => {
    const asked: Notice[] = [];
    class RememberingDoor extends MergingDoor {
      override encode(notice: Notice): Uint8Array {
        asked.push(notice);
        return super.encode(notice);
      }
    }
    const { counter, ticks, listeners } = await begin(range(1, 50).map(String), new RememberingDoor());
    const [ann, ...others] = listeners;
    await counter.execute(add(), ALICE);
    await nextTurn();
    await Promise.all(listeners.map(({ connectionId }) => counter.execute(add(), by(connectionId))));
    counter.leave(ann.connectionId);
    ticks.tick();
    expect(asked).to.have.length(new Set(asked).size);
    for (const listener of others) {
      expect(listener.of('presence').filter(({ change }) => change === 'left')).to.have.length(1);
      expect(covered(listener)).to.deep.equal(range(2, 52));
    }
  });

  it('tells what it has gathered before the document is deleted, and before everybody reads anew', async () => {
    const { counter, store, listeners } = await begin(['ann']);
    const [ann] = listeners;
    await counter.execute(add(), ALICE);
    await nextTurn();
    await counter.execute(add(), ALICE);
    store.failNext('lose-answer');
    await counter.execute(add(), ALICE).catch(() => undefined);
    await ann.until((listener) => listener.of('resync').length > 0);
    expect(heard(ann)).to.deep.equal(['2', '3', 'resync']);
    await counter.execute(add(), ALICE);
    await counter.execute({ type: 'delete' }, ALICE);
    expect(heard(ann)).to.deep.equal(['2', '3', 'resync', '5-6']);
    expect(ann.closed?.code).to.equal(4404);
  });

  it('tells what it has gathered when the server stops', async () => {
    const { counter, documents, listeners } = await begin(['ann']);
    const [ann] = listeners;
    await counter.execute(add(), ALICE);
    await nextTurn();
    await counter.execute(add(), ALICE);
    const stopped = documents.stop();
    expect(heard(ann)).to.deep.equal(['2', '3']);
    counter.leave(ann.connectionId);
    await stopped;
  });

  it('tells each fact by itself where it has no word for many', async () => {
    const door: Door = { name: 'gathering', gatherMs: 10, encode: line };
    const { counter, ticks, listeners } = await begin(['ann'], door);
    const [ann] = listeners;
    for (let i = 0; i < 4; i++) {
      await counter.execute(add(), ALICE);
      await nextTurn();
    }
    ticks.tick();
    expect(heard(ann)).to.deep.equal(['2', '3', '4', '5']);
  });

  it('[DOC-4] [DOC-10] [DOC-11] covers every seq once, in ascending order, whoever changes, comes, goes and waits', async () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant('add' as const), who: fc.nat(4) }),
      fc.record({ does: fc.constant('look' as const), who: fc.nat(4) }),
      fc.record({ does: fc.constantFrom('turn' as const, 'tick' as const), who: fc.nat(4) }),
      fc.record({
        does: fc.constantFrom('join' as const, 'leave' as const, 'move' as const),
        who: fc.nat(4),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80, size: 'max' }), async (steps) => {
        const door = new MergingDoor();
        const { counter, ticks } = await begin([], door);
        const present = new Map<number, Listener>();
        const everybody: { listener: Listener; until?: number }[] = [];
        const under: Promise<unknown>[] = [];
        for (const { does, who } of steps) {
          const listener = present.get(who);
          if (does === 'turn') await nextTurn();
          else if (does === 'tick') ticks.tick();
          else if (does === 'move' && listener) counter.setPresence(listener.connectionId, { who });
          else if (does === 'join' && !listener) {
            const newcomer = new Listener(`${who}`, door);
            present.set(who, newcomer);
            everybody.push({ listener: newcomer });
            counter.join(newcomer);
          } else if (does === 'leave' && listener) {
            counter.leave(listener.connectionId);
            present.delete(who);
          } else if (does === 'add')
            under.push(counter.execute(add(), listener ? by(listener.connectionId) : ALICE));
          else if (does === 'look')
            under.push(counter.execute({ type: 'look' }, listener ? by(listener.connectionId) : ALICE));
        }
        await Promise.all(under);
        await nextTurn();
        while (ticks.waiting.length > 0) ticks.tick();
        const head = await counter.head();
        for (const { listener } of everybody) {
          const isPresent = [...present.values()].includes(listener);
          const [welcome] = listener.of('welcome');
          if (!isPresent && welcome === undefined) continue;
          const lines = (listener.notices as readonly Line[]).filter(({ type }) =>
            ['fact', 'merged', 'ack'].includes(type),
          );
          let last = welcome?.seq ?? 0;
          for (const { type, from, seq } of lines) {
            // An acknowledgement of what changed nothing repeats the seq before it.
            if (type === 'ack' && seq === last) continue;
            expect(from ?? seq).to.equal(last + 1);
            last = seq;
          }
          if (isPresent) expect(last).to.equal(head);
        }
      }),
      { numRuns: 150 },
    );
  });
});
