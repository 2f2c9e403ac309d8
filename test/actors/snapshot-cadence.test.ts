import { expect } from 'chai';
import type { AnyDocumentKind } from '../../documents/kind.ts';
import type { OperationId, Seq } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { type CounterState, counterKind } from '../helpers/counter-kind.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId, type RuntimeOptions } from '../helpers/runtime.ts';

const add = (by = 1) => ({ type: 'add', by }) as const;

function create(options: RuntimeOptions = {}) {
  const store = new FaultyStore(new MemoryStore());
  const runtime = createRuntime({ ...options, store });
  const counter = runtime.documents.open('counter', newDocumentId());
  const snapshotSeq = async (): Promise<Seq> => (await store.getSnapshot(counter.id))?.seq ?? 0;
  return { ...runtime, store, counter, snapshotSeq };
}

describe('snapshots, as they come without a setting', () => {
  it('[DOC-12] are made every 200 events', async () => {
    const { counter, snapshotSeq } = create();
    for (let i = 0; i < 199; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await snapshotSeq()).to.equal(0);
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await snapshotSeq()).to.equal(200);
    for (let i = 0; i < 200; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await snapshotSeq()).to.equal(400);
  });

  it('[DOC-12] are made 30 s after the first event that none has', async () => {
    const { counter, documents, time, snapshotSeq } = create();
    await counter.execute(add(), ALICE);
    time.ms += 20_000;
    await counter.execute(add(), ALICE);
    time.ms += 9_999;
    documents.sweep();
    await nextTurn();
    expect(await snapshotSeq()).to.equal(0);
    time.ms += 1;
    documents.sweep();
    await nextTurn();
    expect(await snapshotSeq()).to.equal(2);
    time.ms += 60_000;
    documents.sweep();
    await nextTurn();
    expect(await snapshotSeq()).to.equal(2);
  });

  it('[DOC-12] are made in time also of a document that is never at rest', async () => {
    const { counter, documents, store, time, snapshotSeq } = create();
    await counter.execute(add(), ALICE);
    time.ms += 30_000;
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    documents.sweep();
    await nextTurn();
    expect(await snapshotSeq()).to.equal(0);
    store.release();
    await change;
    await nextTurn();
    expect(await snapshotSeq()).to.equal(2);
  });

  it('[DOC-12] are kept five at a time, and the events before the oldest of them are pruned', async () => {
    const { counter, store } = create();
    for (let i = 0; i < 1_399; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await store.firstSeq(counter.id)).to.equal(401);
    expect((await store.getSnapshot(counter.id, 599))?.seq).to.equal(400);
    expect(await store.getSnapshot(counter.id, 399)).to.equal(undefined);
  });

  it('[DOC-12] come at the cadence of their kind, where it has one', async () => {
    const slow: AnyDocumentKind = { ...counterKind, cadence: { events: 500, ms: 90_000 } };
    const { counter, documents, time, snapshotSeq } = create({
      kinds: [slow],
      limits: { idleMs: 1_000_000 },
    });
    for (let i = 0; i < 499; i++) await counter.execute(add(), ALICE);
    time.ms += 89_999;
    documents.sweep();
    await nextTurn();
    expect(await snapshotSeq()).to.equal(0);
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await snapshotSeq()).to.equal(500);
    await counter.execute(add(), ALICE);
    time.ms += 90_000;
    documents.sweep();
    await nextTurn();
    expect(await snapshotSeq()).to.equal(501);
  });

  it('[DOC-14] are thinned and no event is pruned, where the kind keeps its log', async () => {
    const keeping: AnyDocumentKind = { ...counterKind, cadence: { events: 10, ms: 60_000 }, keepsLog: true };
    const { counter, store, restarted } = create({ kinds: [keeping], limits: { snapshotsSpread: 4 } });
    for (let i = 0; i < 400; i++) {
      await counter.execute(add(), ALICE);
      if (i % 10 === 9) await nextTurn();
    }
    expect(await store.firstSeq(counter.id)).to.equal(1);
    const snapshots: Seq[] = [];
    for (let seq: Seq | undefined = 400; seq !== undefined; ) {
      const found: Seq | undefined = (await store.getSnapshot(counter.id, seq))?.seq;
      if (found !== undefined) snapshots.push(found);
      seq = found && found - 1;
    }
    expect(snapshots).to.have.length(4);
    expect(snapshots[0]).to.equal(400);
    for (const seq of [1, 57, 230, 399, 400]) {
      expect(await counter.queryAt(seq, { type: 'value' })).to.equal(seq);
    }
    expect(await restarted().documents.open('counter', counter.id).query({ type: 'value' })).to.equal(400);
  });

  it('[DOC-6] [DOC-12] are compressed where they are large, and the document is the same after a restart', async () => {
    const padded: AnyDocumentKind = {
      ...counterKind,
      snapshot: (state) =>
        Buffer.concat([counterKind.snapshot(state as CounterState), Buffer.alloc(1_000_000, ' ')]),
    };
    const { counter, store, restarted } = create({ kinds: [padded] });
    await counter.execute(add(7), { ...ALICE, operationId: 'once' as OperationId });
    expect(await counter.snapshot()).to.equal(1);
    expect((await store.getSnapshot(counter.id))?.bytes.length).to.be.lessThan(1_000);
    const again = restarted().documents.open('counter', counter.id);
    expect(await again.query({ type: 'value' })).to.equal(7);
    expect(await again.execute(add(7), { ...ALICE, operationId: 'once' as OperationId })).to.deep.equal({
      seq: 1,
      answer: 7,
    });
  });

  it('are tried again later where one could not be written', async () => {
    const { counter, documents, store, time, snapshotSeq, crashes } = create();
    await counter.execute(add(), ALICE);
    const put = store.putSnapshot.bind(store);
    store.putSnapshot = () => Promise.reject(new Error('disk full'));
    time.ms += 30_000;
    documents.sweep();
    await nextTurn();
    expect(crashes.map(String)).to.deep.equal(['Error: disk full']);
    store.putSnapshot = put;
    time.ms += 30_000;
    documents.sweep();
    await nextTurn();
    expect(await snapshotSeq()).to.equal(1);
  });
});

describe('a state that unfinished work needs', () => {
  it('[DOC-13] is held from before it is looked at, whatever pruning is under way', async () => {
    const { counter, store } = create({ limits: { snapshotEvents: 5, snapshotsKept: 1 } });
    for (let i = 0; i < 9; i++) await counter.execute(add(), ALICE);
    const prune = store.prune.bind(store);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    store.prune = async (...args) => {
      await held;
      return prune(...args);
    };
    await counter.execute(add(), ALICE); // the snapshot at 10 is to drop what the state after 7 needs
    await nextTurn();
    const late = counter.keeping(7, () => counter.queryAt(7, { type: 'value' }));
    release();
    expect(await late.catch(({ code }) => code)).to.equal('state_gone');
    await counter.keeping(12, async () => {
      for (let i = 0; i < 30; i++) await counter.execute(add(), ALICE);
      await nextTurn();
      expect(await counter.queryAt(12, { type: 'value' })).to.equal(12);
    });
    for (let i = 0; i < 5; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await counter.queryAt(12, { type: 'value' }).catch(({ code }) => code)).to.equal('state_gone');
  });

  it('[DOC-13] is still held after a crash of the document, until it is let go', async () => {
    const { counter, store } = create({ limits: { snapshotEvents: 5, snapshotsKept: 1 } });
    for (let i = 0; i < 7; i++) await counter.execute(add(), ALICE);
    await counter.keeping(7, async () => {
      store.failNext('refuse');
      expect(await counter.execute(add(), ALICE).catch(({ code }) => code)).to.equal('unavailable');
      for (let i = 0; i < 20; i++) await counter.execute(add(), ALICE);
      await nextTurn();
      expect(await counter.queryAt(7, { type: 'value' })).to.equal(7);
    });
    for (let i = 0; i < 5; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await counter.queryAt(7, { type: 'value' }).catch(({ code }) => code)).to.equal('state_gone');
  });

  it('[DOC-13] is held while nobody else uses the document', async () => {
    const { counter, documents, time } = create({ limits: { idleMs: 1_000 } });
    await counter.execute(add(), ALICE);
    const pass = async (): Promise<number> => {
      time.ms += 2_000;
      documents.sweep();
      await nextTurn();
      return documents.size;
    };
    expect(await counter.keeping(1, pass)).to.equal(1);
    expect(await pass()).to.equal(0);
  });

  it('is let go where what it was held for fails', async () => {
    const { counter, store } = create({ limits: { snapshotEvents: 5, snapshotsKept: 1 } });
    for (let i = 0; i < 7; i++) await counter.execute(add(), ALICE);
    const failing = counter.keeping(7, () => Promise.reject(new Error('no')));
    expect(String(await failing.catch((error) => error))).to.equal('Error: no');
    for (let i = 0; i < 8; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await store.firstSeq(counter.id)).to.equal(16);
  });

  it('[DOC-13] is not pruned before the work is done', async () => {
    let needed: Seq[] = [7];
    const working: AnyDocumentKind = {
      ...counterKind,
      unfinished: () => [{ type: 'other' }, ...needed.map((seq) => ({ type: 'work', seq }))],
    };
    const { counter, store } = create({ kinds: [working], limits: { snapshotEvents: 5, snapshotsKept: 2 } });
    for (let i = 0; i < 40; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await counter.queryAt(7, { type: 'value' })).to.equal(7);
    expect(await store.firstSeq(counter.id)).to.equal(6);
    needed = [];
    for (let i = 0; i < 5; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await store.firstSeq(counter.id)).to.equal(41);
  });
});
