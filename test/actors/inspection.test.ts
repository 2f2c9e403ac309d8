import { expect } from 'chai';
import type { AnyDocumentKind } from '../../documents/kind.ts';
import type { OperationId } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { type CounterState, counterKind } from '../helpers/counter-kind.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId, type RuntimeOptions } from '../helpers/runtime.ts';

const add = (by = 1) => ({ type: 'add', by }) as const;

function create(options: RuntimeOptions = {}) {
  const store = new FaultyStore(new MemoryStore());
  const runtime = createRuntime({ ...options, store });
  return { ...runtime, store, counter: runtime.documents.open('counter', newDocumentId()) };
}

describe('the status of a document', () => {
  it('[DOC-2] tells the last durable event, the newest stored snapshot, and how many are joined', async () => {
    const { counter, store, documents } = create({ limits: { snapshotEvents: 3 } });
    expect(await counter.status()).to.deep.equal({ head: 0, snapshotSeq: 0, subscribers: 0 });
    for (let i = 0; i < 4; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await counter.status()).to.deep.equal({ head: 4, snapshotSeq: 3, subscribers: 0 });
    const [ann, bob] = [new Listener('ann'), new Listener('bob')];
    counter.join(ann);
    counter.join(bob);
    expect(documents.subscribersOf(counter.id)).to.equal(2);
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    expect(await counter.status()).to.deep.equal({ head: 4, snapshotSeq: 3, subscribers: 2 });
    store.release();
    await change;
    counter.leave(bob.connectionId);
    expect(await counter.status()).to.deep.equal({ head: 5, snapshotSeq: 3, subscribers: 1 });
    expect(documents.subscribersOf(newDocumentId())).to.equal(0);
  });

  it('knows the newest snapshot after a restart, also one that a version pinned, and tells it to newcomers', async () => {
    const pinning: AnyDocumentKind = {
      ...counterKind,
      execute: (state, command, instant, newId) => {
        const bytes = counterKind.snapshot(state as CounterState);
        const executed = counterKind.execute(state as CounterState, command as never, instant, newId);
        const isPinned = executed.event !== undefined && (command as { by: number }).by === 2;
        return isPinned ? { ...executed, pin: { seq: instant.seq - 1, bytes } } : executed;
      },
    };
    const runtime = create({ kinds: [pinning] });
    await runtime.counter.execute(add(), ALICE);
    await runtime.counter.execute(add(2), ALICE);
    expect((await runtime.counter.status()).snapshotSeq).to.equal(1);
    const again = runtime.restarted().documents.open('counter', runtime.counter.id);
    expect((await again.status()).snapshotSeq).to.equal(1);
    const ann = new Listener('ann');
    again.join(ann);
    expect(ann.of('welcome')[0]).to.include({ seq: 2, snapshotSeq: 1 });
  });
});

describe('a snapshot that is asked for', () => {
  it('[DOC-12] is of this moment, and answered once it is stored', async () => {
    const { counter, store } = create();
    for (let i = 0; i < 7; i++) await counter.execute(add(), ALICE);
    expect(await counter.snapshot()).to.equal(7);
    expect((await store.getSnapshot(counter.id))?.seq).to.equal(7);
    expect(await counter.status()).to.include({ snapshotSeq: 7 });
  });

  it('[DOC-12] is the newest one where nothing has changed since', async () => {
    const { counter, store } = create();
    await counter.execute(add(), ALICE);
    let stored = 0;
    const put = store.putSnapshot.bind(store);
    store.putSnapshot = (...args) => {
      stored++;
      return put(...args);
    };
    expect(await Promise.all([counter.snapshot(), counter.snapshot()])).to.deep.equal([1, 1]);
    expect(await counter.snapshot()).to.equal(1);
    expect(stored).to.equal(1);
    await counter.execute(add(), ALICE);
    expect(await counter.snapshot()).to.equal(2);
  });

  it('[DOC-2] waits for the changes that it has', async () => {
    const { counter, store } = create();
    await counter.execute(add(), ALICE);
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    const snapshot = counter.snapshot();
    await nextTurn();
    expect(await store.getSnapshot(counter.id)).to.equal(undefined);
    store.release();
    await change;
    expect(await snapshot).to.equal(2);
  });

  it('prunes as usual', async () => {
    const { counter, store } = create({ limits: { snapshotsKept: 2 } });
    for (let i = 0; i < 4; i++) {
      await counter.execute(add(), ALICE);
      await counter.snapshot();
    }
    await nextTurn();
    expect(await store.firstSeq(counter.id)).to.equal(4);
  });

  it('is taken also where the kind thinks it not worth its bytes', async () => {
    const { counter } = create({ kinds: [{ ...counterKind, isCompact: () => false }] });
    await counter.execute(add(), ALICE);
    expect(await counter.snapshot()).to.equal(1);
  });

  it('is refused where the store fails, and works again afterwards', async () => {
    const { counter, store, crashes } = create();
    await counter.execute(add(), ALICE);
    const put = store.putSnapshot.bind(store);
    store.putSnapshot = () => Promise.reject(new Error('disk full'));
    expect(await counter.snapshot().catch(({ code }) => code)).to.equal('unavailable');
    expect(crashes.map(String)).to.deep.equal(['Error: disk full']);
    store.putSnapshot = put;
    expect(await counter.snapshot()).to.equal(1);
  });
});

describe('the past of a document', () => {
  it("gives the kind's snapshot of any kept state", async () => {
    const { counter } = create({ limits: { snapshotEvents: 5, snapshotsKept: 2 } });
    for (let i = 0; i < 23; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    const valueAt = async (seq: number) => counterKind.restore('', await counter.stateAt(seq)).value;
    expect([await valueAt(15), await valueAt(19), await valueAt(23)]).to.deep.equal([15, 19, 23]);
    for (const gone of [14, 24]) {
      expect(await counter.stateAt(gone).catch((error) => error)).to.include({ code: 'state_gone' });
    }
  });

  it('lists what happened, as far as it is kept, page by page', async () => {
    const { counter } = create({ limits: { snapshotEvents: 5, snapshotsKept: 2 } });
    const operationId = 'once' as OperationId;
    for (let i = 0; i < 11; i++) await counter.execute(add(), ALICE);
    await counter.execute(add(), { ...ALICE, operationId });
    await nextTurn();
    const { events, firstSeq, head } = await counter.events(0, 100);
    expect({ firstSeq, head, seqs: events.map(({ seq }) => seq) }).to.deep.equal({
      firstSeq: 6,
      head: 12,
      seqs: [6, 7, 8, 9, 10, 11, 12],
    });
    const { at, ...last } = events.at(-1) ?? { at: 0 };
    expect(at).to.equal(Date.UTC(2026, 0, 1));
    const size = counterKind.encode({ type: 'added', by: 1 }).length;
    expect(last).to.deep.equal({ seq: 12, by: 'alice', operationId, type: 'added', size });
    const page = await counter.events(8, 2);
    expect(page.events.map(({ seq }) => seq)).to.deep.equal([9, 10]);
    expect(await counter.events(12, 10)).to.deep.equal({ events: [], firstSeq: 6, head: 12 });
    expect(await counter.events(0, 0)).to.deep.equal({ events: [], firstSeq: 6, head: 12 });
  });

  it('lists no more than is durable, and nothing of a document that never was', async () => {
    const { counter, store, documents } = create();
    await counter.execute(add(), ALICE);
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    expect((await counter.events(0, 10)).events).to.have.length(1);
    store.release();
    await change;
    const never = await documents.open('counter', newDocumentId()).events(0, 10);
    expect(never).to.deep.equal({ events: [], firstSeq: 1, head: 0 });
  });

  it('[DOC-7] never reads more events at once than it lists', async () => {
    const { counter, store } = create();
    for (let i = 0; i < 30; i++) await counter.execute(add(), ALICE);
    const chunks: number[] = [];
    const read = store.read.bind(store);
    store.read = async function* (...args) {
      for await (const chunk of read(...args)) {
        chunks.push(chunk.length);
        yield chunk;
      }
    };
    await counter.events(0, 7);
    expect(chunks).to.deep.equal([7]);
  });

  it('names events of a kind that does not name them', async () => {
    const nameless: AnyDocumentKind = { ...counterKind, decode: () => 'something' };
    const { counter } = create({ kinds: [nameless] });
    await counter.execute(add(), ALICE);
    expect((await counter.events(0, 1)).events[0]?.type).to.equal('event');
  });
});

describe('an operation', () => {
  it('[DOC-3] is known to be done once it is durable, also after a restart', async () => {
    const { counter, store, restarted } = create();
    const operationId = 'once' as OperationId;
    expect(await counter.hasDone(operationId)).to.equal(false);
    store.failNext('hang');
    const change = counter.execute(add(), { ...ALICE, operationId });
    const asked = counter.hasDone(operationId);
    let isAnswered = false;
    void asked.then(() => {
      isAnswered = true;
    });
    await nextTurn();
    expect(isAnswered).to.equal(false);
    store.release();
    await change;
    expect(await asked).to.equal(true);
    expect(await restarted().documents.open('counter', counter.id).hasDone(operationId)).to.equal(true);
  });
});
