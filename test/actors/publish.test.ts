import { expect } from 'chai';
import fc from 'fast-check';
import type { Notice } from '../../actors/door.ts';
import { PRESENCE_TTL_MS } from '../../actors/presence-table.ts';
import { LineDoor, Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

const add = (by = 1) => ({ type: 'add', by }) as const;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('subscribers of a document', () => {
  it('[DOC-4] are welcomed with the present seq and get every later event once, in order', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const listener = new Listener('bob');
    counter.join(listener);
    await Promise.all(range(1, 100).map(() => counter.execute(add(), ALICE)));
    await listener.until(() => listener.seqs.length === 100);
    expect(listener.of('welcome')).to.have.length(1);
    expect(listener.notices[0]).to.include({ type: 'welcome', seq: 1 });
    expect(listener.seqs).to.deep.equal(range(2, 101));
  });

  it('get what a turn publishes in one write, encoded once for all of them', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    const door = new LineDoor();
    const listeners = range(1, 50).map((i) => new Listener(`user ${i}`, door));
    await counter.execute(add(), ALICE);
    for (const listener of listeners) counter.join(listener);
    await nextTurn();
    door.encoded = 0;
    const before = listeners.map(({ writes }) => writes.length);
    await Promise.all(range(1, 40).map(() => counter.execute(add(), ALICE)));
    await nextTurn();
    expect(door.encoded).to.equal(40);
    for (const [i, { writes, seqs }] of listeners.entries()) {
      expect(seqs).to.deep.equal(range(2, 41));
      expect(writes.length - (before[i] ?? 0)).to.be.at.most(2);
    }
    expect(new Set(listeners.map(({ writes }) => writes.at(-1)?.bytes)).size).to.equal(1);
  });

  it('who come in the same turn as an event get what came after them, and hear of each other in one write', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const first = new Listener('first');
    counter.join(first);
    await nextTurn();
    const writes = first.writes.length;
    await counter.execute(add(), ALICE);
    const crowd = range(1, 100).map((i) => new Listener(`user ${i}`));
    for (const listener of crowd) counter.join(listener);
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(first.seqs).to.deep.equal([2, 3]);
    expect(first.writes.length - writes).to.be.at.most(2);
    expect(first.of('presence')).to.have.length(100);
    for (const [i, listener] of crowd.entries()) {
      expect(listener.of('welcome')[0]?.seq).to.equal(2);
      expect(listener.seqs).to.deep.equal([3]);
      expect(listener.of('welcome')[0]?.presence).to.have.length(i + 1);
      expect(listener.of('presence')).to.have.length(99 - i);
    }
  });

  it('are spared who is there, where their door ignores it: thousands come and go without a word', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const silent = Object.assign(new LineDoor(), { ignoresPresence: true as const });
    const [first, curious] = [new Listener('first', silent), new Listener('curious')];
    counter.join(first);
    counter.join(curious);
    await nextTurn();
    const crowd = range(1, 50).map((i) => new Listener(`user ${i}`, silent));
    for (const listener of crowd) counter.join(listener);
    counter.setPresence(curious.connectionId, { cursor: { x: 1, y: 2 } });
    for (const { connectionId } of crowd.slice(0, 20)) counter.leave(connectionId);
    await nextTurn();
    for (const listener of [first, ...crowd]) {
      expect(listener.notices).to.have.length(1);
      expect(listener.of('welcome')[0]?.presence).to.deep.equal([]);
    }
    expect(silent.encoded).to.equal(51);
    // Those of other doors see all of them.
    expect(curious.of('welcome')[0]?.presence).to.have.length(1);
    expect(curious.of('presence').map(({ change }) => change)).to.have.length(70);
    const late = new Listener('late');
    counter.join(late);
    await nextTurn();
    expect(late.of('welcome')[0]?.presence).to.have.length(32);
  });

  it('[DOC-4] miss nothing and see nothing twice, wherever they drop and whenever they return', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ events: fc.nat(30), online: fc.boolean() }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 20 }),
        async (steps, snapshotEvents) => {
          const { documents, time } = createRuntime({
            limits: { snapshotEvents, snapshotsKept: 1_000, idleMs: 1_000 },
          });
          const counter = documents.open('counter', newDocumentId());
          const seen: number[] = [];
          let head = (await counter.execute(add(), ALICE)).seq;
          let last = 0;
          for (const { events, online } of steps) {
            const listener = new Listener();
            if (online) counter.join(listener, last);
            for (let i = 0; i < events; i++) head = (await counter.execute(add(), ALICE)).seq;
            if (online) {
              await listener.until(() => last + listener.seqs.length >= head);
              seen.push(...listener.seqs);
              last = head;
              counter.leave(listener.connectionId);
            } else {
              time.ms += 2_000; // the document may leave memory and come back
              documents.sweep();
            }
          }
          expect(seen).to.deep.equal(range(1, last));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('[DOC-4] are told to resync where they claim to have seen what never was', async () => {
    const { documents } = createRuntime();
    const ahead = new Listener();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    counter.join(ahead, 99);
    expect(ahead.notices.slice(0, 2).map(({ type }) => type)).to.deep.equal(['welcome', 'resync']);
    await counter.execute(add(), ALICE);
    await ahead.until(() => ahead.seqs.length === 1);
    expect(ahead.seqs).to.deep.equal([2]);
  });

  it('[DOC-4] are told to resync where pruning took what they missed', async () => {
    const runtime = createRuntime({ limits: { snapshotEvents: 5, snapshotsKept: 1 } });
    const id = newDocumentId();
    for (let i = 0; i < 12; i++) await runtime.documents.open('counter', id).execute(add(), ALICE);
    await runtime.documents.stop();
    const counter = runtime.restarted().documents.open('counter', id);
    const [late, recent] = [new Listener(), new Listener()];
    counter.join(late, 3);
    await late.until(() => late.of('welcome').length === 1);
    expect(late.of('resync')).to.deep.equal([{ type: 'resync', seq: 12 }]);
    counter.join(recent, 12);
    await recent.until(() => recent.of('welcome').length === 1);
    expect(recent.of('resync')).to.be.empty;
  });

  it('[DOC-4] share one reading of the log when many come back at once', async () => {
    const runtime = createRuntime({ limits: { snapshotEvents: 5, snapshotsKept: 100 } });
    const id = newDocumentId();
    for (let i = 0; i < 40; i++) await runtime.documents.open('counter', id).execute(add(), ALICE);
    await runtime.documents.stop();
    const { documents, store } = runtime.restarted();
    const read = store.read.bind(store);
    let readings = 0;
    store.read = (...args) => {
      readings++;
      return read(...args);
    };
    const counter = documents.open('counter', id);
    const crowd = range(1, 100).map((i) => ({ last: 20 + (i % 15), listener: new Listener() }));
    await counter.head();
    readings = 0;
    counter.join(new Listener(), 20);
    for (const { last, listener } of crowd) counter.join(listener, last);
    await Promise.all(
      crowd.map(({ last, listener }) => listener.until(() => listener.seqs.length === 40 - last)),
    );
    for (const { last, listener } of crowd) expect(listener.seqs).to.deep.equal(range(last + 1, 40));
    expect(readings).to.equal(1);
  });

  it('are told of the deletion and then closed', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    const [listener, late] = [new Listener(), new Listener()];
    await counter.execute(add(), ALICE);
    counter.join(listener);
    await counter.execute({ type: 'delete' }, ALICE);
    expect(listener.seqs).to.deep.equal([2]);
    expect(listener.closed?.code).to.equal(4404);
    counter.join(late);
    expect(late.closed?.code).to.equal(4404);
  });

  it('[DOC-4] do not stay where their door fails to tell them something; those of other doors are told', async () => {
    const { documents, crashes } = createRuntime();
    class FailingDoor extends LineDoor {
      override encode(notice: Notice): Uint8Array {
        if (notice.type === 'fact') throw new TypeError('a defect in a door');
        return super.encode(notice);
      }
    }
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const [unlucky, lucky] = [new Listener('unlucky', new FailingDoor()), new Listener('lucky')];
    counter.join(unlucky);
    counter.join(lucky);
    await nextTurn();
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(unlucky.closed?.code).to.equal(1011);
    expect(lucky.seqs).to.deep.equal([2]);
    expect(crashes.map(String)).to.deep.equal(['TypeError: a defect in a door']);
  });

  it('hear passing news without a seq', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    const listener = new Listener();
    await counter.execute(add(), ALICE);
    counter.join(listener);
    counter.transient({ half: 'done' });
    await listener.until(() => listener.of('transient').length === 1);
    expect(listener.of('transient')[0]).to.deep.equal({ type: 'transient', fact: { half: 'done' } });
  });
});

describe('presence', () => {
  async function room() {
    const { documents, time } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const [ann, bob] = [new Listener('ann'), new Listener('bob')];
    counter.join(ann);
    counter.join(bob);
    await nextTurn();
    return { counter, documents, time, ann, bob };
  }
  const changes = (listener: Listener) =>
    listener.of('presence').map(({ change, presence }) => [change, presence.userId, presence.data]);

  it('tells who came and who left, to the others', async () => {
    const { counter, ann, bob } = await room();
    expect(changes(ann)).to.deep.equal([['joined', 'bob', {}]]);
    expect(bob.of('welcome')[0]?.presence.map(({ userId }) => userId)).to.deep.equal(['ann']);
    counter.leave(bob.connectionId);
    await nextTurn();
    expect(changes(ann)).to.deep.equal([
      ['joined', 'bob', {}],
      ['left', 'bob', {}],
    ]);
    expect(changes(bob)).to.be.empty;
  });

  it('tells the last of many moves of a turn, not to the one who moved', async () => {
    const { counter, ann, bob } = await room();
    for (let x = 0; x < 1_000; x++) counter.setPresence(ann.connectionId, { cursor: { x, y: 0 } });
    counter.setPresence(bob.connectionId, { typing: true });
    await nextTurn();
    expect(changes(bob)).to.deep.equal([['updated', 'ann', { cursor: { x: 999, y: 0 } }]]);
    expect(changes(ann).slice(1)).to.deep.equal([['updated', 'bob', { typing: true }]]);
    expect(bob.writes.at(-1)?.droppable).to.equal(true);
  });

  it('forgets what was not refreshed in time', async () => {
    const { counter, documents, time, ann, bob } = await room();
    counter.setPresence(ann.connectionId, { cursor: { x: 1, y: 2 } });
    await nextTurn();
    time.ms += PRESENCE_TTL_MS - 1;
    counter.touchPresence(ann.connectionId);
    time.ms += PRESENCE_TTL_MS - 1;
    documents.sweep();
    await nextTurn();
    expect(changes(bob)).to.have.length(1);
    time.ms += 1;
    documents.sweep();
    await nextTurn();
    expect(changes(bob).at(-1)).to.deep.equal(['updated', 'ann', {}]);
  });
});
