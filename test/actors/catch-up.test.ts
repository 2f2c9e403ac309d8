import { expect } from 'chai';
import type { Limits } from '../../actors/environment.ts';
import type { DocumentId, Seq } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import type { StoredEvent } from '../../storage/port.ts';
import { counterKind } from '../helpers/counter-kind.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId, type Runtime } from '../helpers/runtime.ts';

/** A store whose reads of the log wait, once they are told to, until they are let go. */
class HeldStore extends FaultyStore {
  /** Readings of the log. */
  reads = 0;
  #held: Promise<void> | undefined;

  /** @returns lets them go */
  hold(): () => void {
    let release = (): void => undefined;
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  override async *read(
    id: DocumentId,
    afterSeq: Seq,
    chunkBytes?: number,
  ): AsyncIterable<readonly StoredEvent[]> {
    this.reads += 1;
    await this.#held;
    yield* super.read(id, afterSeq, chunkBytes);
  }
}

describe('a reader that catches up from the log', () => {
  const add = (runtime: Runtime, id: DocumentId) =>
    runtime.documents.open('counter', id).execute({ type: 'add', by: 1 } as never, ALICE);

  /** A document in memory that knows of its first events only from the log: it was loaded from a later snapshot. */
  async function begin(
    limits: Partial<Limits> = {},
  ): Promise<{ runtime: Runtime; store: HeldStore; id: DocumentId }> {
    const store = new HeldStore(new MemoryStore());
    const first = createRuntime({ store, limits: { snapshotEvents: 2, ...limits } });
    const id = newDocumentId();
    for (let n = 0; n < 5; n += 1) {
      await add(first, id);
      await nextTurn(); // a snapshot of each second state is written
    }
    await first.documents.stop();
    const runtime = first.restarted();
    await add(runtime, id);
    return { runtime, store, id };
  }

  it('[DOC-4] gets what it missed and what came while it was read', async () => {
    const { runtime, store, id } = await begin();
    const release = store.hold();
    const reader = new Listener();
    runtime.documents.open('counter', id).join(reader, 2);
    await add(runtime, id);
    await nextTurn();
    expect(reader.notices).to.be.empty;
    release();
    await reader.until(({ seqs }) => seqs.includes(7));
    expect(reader.seqs).to.deep.equal([3, 4, 5, 6, 7]);
  });

  it('[DOC-7] is read for together with the others, also while the document goes on', async () => {
    const { runtime, store, id } = await begin();
    const release = store.hold();
    const before = store.reads;
    const readers = [new Listener(), new Listener(), new Listener()];
    for (const [index, reader] of readers.entries()) {
      runtime.documents.open('counter', id).join(reader, index === 2 ? 3 : 2);
      await add(runtime, id);
    }
    release();
    for (const [index, reader] of readers.entries()) {
      await reader.until(({ seqs }) => seqs.includes(9));
      expect(reader.seqs).to.deep.equal([3, 4, 5, 6, 7, 8, 9].slice(index === 2 ? 1 : 0));
    }
    expect(store.reads - before).to.equal(1);
  });

  it('[DOC-4] [DOC-7] is told to resync where what it missed is more than may be in memory', async () => {
    const MIB = 1024 * 1024;
    const heavy = {
      ...counterKind,
      encode: (event: Parameters<typeof counterKind.encode>[0]) =>
        Buffer.from(JSON.stringify(event).padEnd(MIB)),
    };
    const runtime = createRuntime({ kinds: [heavy], limits: { snapshotsKept: 100 } });
    const id = newDocumentId();
    for (let n = 0; n < 20; n += 1) await add(runtime, id);
    const [far, near] = [new Listener(), new Listener()];
    const document = runtime.documents.open('counter', id);
    document.join(far, 2);
    await far.until(({ notices }) => notices.length > 0);
    expect(far.notices.slice(0, 2).map(({ type }) => type)).to.deep.equal(['welcome', 'resync']);
    document.join(near, 10);
    await near.until(({ notices }) => notices.length > 0);
    expect(near.seqs).to.deep.equal([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it('is sent away where the document is deleted meanwhile', async () => {
    const { runtime, store, id } = await begin();
    const release = store.hold();
    const reader = new Listener();
    const document = runtime.documents.open('counter', id);
    document.join(reader, 2);
    await document.execute({ type: 'delete' } as never, ALICE);
    await nextTurn();
    release();
    await reader.until(({ closed }) => closed !== undefined);
    expect(reader.closed?.code).to.equal(4404);
    expect(reader.notices).to.be.empty;
    await nextTurn();
    expect(runtime.crashes).to.deep.equal([]);
  });

  it('[DOC-4] is told to resync where the store does not answer in time', async () => {
    const { runtime, store, id } = await begin({ loadMs: 20 });
    const release = store.hold();
    const reader = new Listener();
    runtime.documents.open('counter', id).join(reader, 2);
    await reader.until(({ notices }) => notices.length > 0);
    expect(reader.notices.slice(0, 2).map(({ type }) => type)).to.deep.equal(['welcome', 'resync']);
    release();
    await add(runtime, id);
    await reader.until(({ seqs }) => seqs.length > 0);
    expect(reader.seqs).to.deep.equal([7]);
  });

  it('is forgotten where it leaves meanwhile', async () => {
    const { runtime, store, id } = await begin();
    const release = store.hold();
    const reader = new Listener();
    const document = runtime.documents.open('counter', id);
    document.join(reader, 2);
    document.leave(reader.connectionId);
    release();
    await add(runtime, id);
    await nextTurn();
    expect(reader.notices).to.be.empty;
    expect(runtime.documents.actors()[0]).to.include({ id, subscribers: 0 });
  });
});
