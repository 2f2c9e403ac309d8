import { expect } from 'chai';
import type { AnyDocumentKind } from '../../documents/kind.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import type { Claim, EventBatch } from '../../storage/port.ts';
import { counterKind } from '../helpers/counter-kind.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

const GAP_MS = 20;
const gapped: AnyDocumentKind = { ...counterKind, appendGapMs: GAP_MS };
const add = { type: 'add', by: 1 } as const;

/** Writes down how many events each append had. */
class CountingStore extends FaultyStore {
  readonly appends: number[] = [];

  override append(claim: Claim, batch: EventBatch): Promise<void> {
    this.appends.push(batch.events.length);
    return super.append(claim, batch);
  }
}

async function begin() {
  const store = new CountingStore(new MemoryStore());
  const runtime = createRuntime({ store, kinds: [gapped] });
  const counter = runtime.documents.open('counter', newDocumentId());
  const settled: number[] = [];
  const change = (): Promise<void> =>
    counter.execute(add, ALICE).then(
      ({ seq }) => void settled.push(seq),
      () => void settled.push(-1),
    );
  return { ...runtime, store, counter, change, settled };
}

describe('a kind of document whose appends keep a gap', () => {
  it('appends the first change at once, and what comes within the gap together when it is over', async () => {
    const { change, settled, store, ticks } = await begin();
    const first = change();
    await first;
    const others = [change(), change(), change()];
    await nextTurn();
    expect(store.appends).to.deep.equal([1]);
    expect(ticks.waiting.map(({ ms }) => ms)).to.deep.equal([GAP_MS]);
    ticks.tick();
    await Promise.all(others);
    expect(store.appends).to.deep.equal([1, 3]);
    expect(settled).to.deep.equal([1, 2, 3, 4]);
    ticks.tick();
    await change();
    expect(store.appends).to.deep.equal([1, 3, 1]);
  });

  it('appends again at once where an append took longer than the gap', async () => {
    const { change, store, ticks } = await begin();
    store.failNext('hang');
    const changes = [change(), change()];
    await nextTurn();
    ticks.tick();
    expect(store.appends).to.deep.equal([1]);
    store.release();
    await Promise.all(changes);
    expect(store.appends).to.deep.equal([1, 1]);
  });

  it('answers a reader behind what waits only when that is durable', async () => {
    const { change, counter, ticks } = await begin();
    await change();
    const second = change();
    let seen: unknown;
    const read = counter.query({ type: 'value' }).then((value) => {
      seen = value;
    });
    await nextTurn();
    expect(seen).to.equal(undefined);
    ticks.tick();
    await Promise.all([second, read]);
    expect(seen).to.equal(2);
  });

  it('appends nothing more of an incarnation that has failed', async () => {
    const { change, counter, settled, store, ticks } = await begin();
    await change();
    ticks.tick();
    store.failNext('refuse');
    const lost = [change(), change()];
    await Promise.all(lost);
    expect(settled).to.deep.equal([1, -1, -1]);
    await nextTurn();
    const appends = store.appends.length;
    ticks.tick();
    await nextTurn();
    expect(store.appends).to.have.length(appends);
    await counter.execute(add, ALICE);
    expect((await counter.status()).head).to.equal(2);
  });
});
