import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { EntityId } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

const add = (by = 1) => ({ type: 'add', by }) as const;

describe('the life of a document', () => {
  it('leaves memory when it is idle and comes back with all that it was', async () => {
    const { documents, store, time } = createRuntime({ limits: { idleMs: 1_000 } });
    const id = newDocumentId();
    await documents.open('counter', id).execute(add(7), ALICE);
    time.ms += 1_001;
    documents.sweep();
    await nextTurn();
    expect(documents.size).to.equal(0);
    expect((await store.getSnapshot(id))?.seq).to.equal(1);
    expect(await documents.open('counter', id).query({ type: 'value' })).to.equal(7);
  });

  it('answers what comes while it is leaving', async () => {
    const { documents, time, crashes } = createRuntime({ limits: { idleMs: 1_000 } });
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(7), ALICE);
    time.ms += 1_001;
    documents.sweep();
    expect(documents.actors().map(({ state }) => state)).to.deep.equal(['passivating']);
    expect(await counter.execute(add(1), ALICE)).to.deep.equal({ seq: 2, answer: 8 });
    expect(documents.actors().map(({ state }) => state)).to.deep.equal(['active']);
    expect(crashes).to.be.empty;
  });

  it('stays while somebody listens', async () => {
    const { documents, time } = createRuntime({ limits: { idleMs: 1_000 } });
    const counter = documents.open('counter', newDocumentId());
    const listener = new Listener();
    await counter.execute(add(), ALICE);
    counter.join(listener);
    time.ms += 10_000;
    documents.sweep();
    await nextTurn();
    expect(documents.size).to.equal(1);
    counter.leave(listener.connectionId);
    documents.sweep();
    await nextTurn();
    expect(documents.size).to.equal(0);
  });

  it('is not found before it exists, nor under another kind, nor once it is deleted', async () => {
    const { documents, restarted } = createRuntime();
    const id = newDocumentId();
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => 'found',
        ({ code }) => code,
      );
    expect(await code(documents.find('counter', id))).to.equal('not_found');
    expect(await code(documents.find('counter', 'no-uuid'))).to.equal('not_found');
    await documents.open('counter', id).execute(add(), ALICE);
    expect(await code(documents.find('counter', id))).to.equal('found');
    expect(await code(documents.find('counter', id.toUpperCase()))).to.equal('found');
    expect(await code(documents.find('other', id))).to.equal('not_found');
    await documents.open('counter', id).execute({ type: 'delete' }, ALICE);
    for (const process of [documents, restarted().documents]) {
      expect(await code(process.find('counter', id))).to.equal('not_found');
      expect(await code(process.find('counter', id, { includeDeleted: true }))).to.equal('found');
    }
  });

  it('snapshots every so many events, keeps the newest few, and loads from them', async () => {
    const { documents, store, restarted } = createRuntime({
      limits: { snapshotEvents: 10, snapshotsKept: 2 },
    });
    const id = newDocumentId();
    const counter = documents.open('counter', id);
    for (let i = 0; i < 57; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect((await store.getSnapshot(id))?.seq).to.equal(50);
    expect(await store.firstSeq(id)).to.equal(41);
    expect(await restarted().documents.open('counter', id).query({ type: 'value' })).to.equal(57);
  });

  it('snapshots what changed a while ago', async () => {
    const { documents, store, time } = createRuntime({ limits: { snapshotMs: 30_000 } });
    const id = newDocumentId();
    await documents.open('counter', id).execute(add(), ALICE);
    time.ms += 29_000;
    documents.sweep();
    await nextTurn();
    expect(await store.getSnapshot(id)).to.equal(undefined);
    time.ms += 1_000;
    documents.sweep();
    await nextTurn();
    expect((await store.getSnapshot(id))?.seq).to.equal(1);
  });

  it('can be asked about its past as long as that is kept', async () => {
    const { documents } = createRuntime({ limits: { snapshotEvents: 5, snapshotsKept: 2 } });
    const counter = documents.open('counter', newDocumentId());
    for (let i = 0; i < 23; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    expect(await counter.queryAt(18, { type: 'value' })).to.equal(18);
    expect(await counter.queryAt(20, { type: 'value' })).to.equal(20);
    const gone = await counter.queryAt(12, { type: 'value' }).catch((error) => error);
    expect(gone).to.include({ code: 'state_gone' });
  });

  it('is not held up for ever by a snapshot that cannot be written', async () => {
    const inner = new MemoryStore();
    const store = new FaultyStore(inner);
    store.putSnapshot = () => new Promise(() => undefined);
    const { documents, time, crashes } = createRuntime({ store, limits: { idleMs: 1_000, appendMs: 10 } });
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(4), ALICE);
    time.ms += 1_001;
    documents.sweep();
    expect(await counter.query({ type: 'value' })).to.equal(4);
    expect(crashes).to.have.length(1);
  });

  it('starts its unfinished work once it is durable, and again after a restart', async () => {
    const first = createRuntime();
    const id = newDocumentId();
    const work = randomUUID() as EntityId;
    const counter = first.documents.open('counter', id);
    await counter.execute(add(), ALICE);
    const begun = counter.execute({ type: 'begin', id: work } as { type: string }, ALICE);
    expect(first.effects).to.be.empty;
    await begun;
    expect(first.effects).to.deep.equal([{ id, effect: { type: 'work', id: work } }]);
    const second = first.restarted();
    await second.documents.wakeUnfinished();
    await second.documents.open('counter', id).head();
    expect(second.effects).to.deep.equal(first.effects);
  });

  it('lets everything under way become durable when the server stops, and takes nothing more', async () => {
    const { documents, store } = createRuntime();
    const ids = Array.from({ length: 20 }, newDocumentId);
    const under = ids.map((id) => documents.open('counter', id).execute(add(), ALICE));
    const stopped = documents.stop();
    expect((await Promise.all(under)).map(({ seq }) => seq)).to.deep.equal(Array(20).fill(1));
    await stopped;
    expect(documents.size).to.equal(0);
    expect((await store.getSnapshot(ids[0] as (typeof ids)[0]))?.seq).to.equal(1);
    const late = await documents
      .open('counter', newDocumentId())
      .head()
      .catch((error) => error);
    expect(late).to.include({ code: 'unavailable' });
  });
});
