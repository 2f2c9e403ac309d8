import { expect } from 'chai';
import type { OperationId } from '../../protocol/ids.ts';
import { counterKind } from '../helpers/counter-kind.ts';
import { nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId, type RuntimeOptions } from '../helpers/runtime.ts';

const add = (by = 1) => ({ type: 'add', by }) as const;

/** A counter with an event every ten seconds: event n at `start + 10_000 n`. */
async function begin(events: number, options: RuntimeOptions = {}) {
  const runtime = createRuntime(options);
  const counter = runtime.documents.open('counter', newDocumentId());
  const start = runtime.time.ms;
  for (let n = 1; n <= events; n++) {
    runtime.time.ms = start + n * 10_000;
    await counter.execute(add(n), ALICE);
  }
  await nextTurn();
  return { ...runtime, counter, start };
}

const read = async (log: AsyncIterable<readonly { readonly seq: number }[]>): Promise<number[]> => {
  const seqs: number[] = [];
  for await (const chunk of log) seqs.push(...chunk.map(({ seq }) => seq));
  return seqs;
};

describe('the log of a document', () => {
  it('[DOC-17] gives back what happened, and when, and by whom', async () => {
    const { counter, start } = await begin(2);
    await counter.execute(add(5), { ...ALICE, operationId: 'named' as OperationId });
    const events: unknown[] = [];
    for await (const chunk of counter.log(1)) events.push(...chunk);
    expect(events).to.deep.equal([
      { seq: 2, at: start + 20_000, by: 'alice', event: { type: 'added', by: 2 } },
      { seq: 3, at: start + 20_000, by: 'alice', operationId: 'named', event: { type: 'added', by: 5 } },
    ]);
  });

  it('[DOC-17] is read in chunks, from any event to any other', async () => {
    const { counter } = await begin(1_300, { limits: { snapshotEvents: 10_000 } });
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    expect(await read(counter.log(0))).to.deep.equal(range(1, 1_300));
    expect(await read(counter.log(100, 1_250))).to.deep.equal(range(101, 1_250));
    expect(await read(counter.log(1_299, 5_000))).to.deep.equal([1_300]);
    expect(await read(counter.log(7, 7))).to.be.empty;
    expect(await read(counter.log(1_300))).to.be.empty;
    let chunks = 0;
    for await (const chunk of counter.log(0)) if (chunk.length > 0) chunks += 1;
    expect(chunks).to.be.greaterThan(1);
  });

  it('[DOC-17] says which event was the last at a time', async () => {
    const { counter, start } = await begin(37);
    const at = (ms: number) => counter.seqAt(start + ms);
    expect(await at(0)).to.equal(0);
    expect(await at(9_999)).to.equal(0);
    expect(await at(10_000)).to.equal(1);
    expect(await at(10_001)).to.equal(1);
    expect(await at(200_000)).to.equal(20);
    expect(await at(369_999)).to.equal(36);
    expect(await at(99_999_999)).to.equal(37);
  });

  it('takes the last of many events of one moment', async () => {
    const { counter, start } = await begin(3);
    for (let i = 0; i < 4; i++) await counter.execute(add(), ALICE);
    expect(await counter.seqAt(start + 30_000)).to.equal(7);
    expect(await counter.seqAt(start + 29_999)).to.equal(2);
  });

  it('says so where what happened at a time is no longer kept', async () => {
    const { counter, start } = await begin(40, { limits: { snapshotEvents: 10, snapshotsKept: 1 } });
    const at = (ms: number) => counter.seqAt(start + ms).catch(({ code }) => code);
    expect(await at(390_000)).to.equal('state_gone');
    expect(await at(400_000)).to.equal(40);
    await counter.execute(add(), ALICE);
    expect(await at(400_000)).to.equal(41);
    expect(await at(100_000)).to.equal('state_gone');
  });

  it('[DOC-17] [DOC-8] is replayed in stretches, between which others get their turn', async () => {
    const slow: typeof counterKind = {
      ...counterKind,
      replay(...happened) {
        const until = performance.now() + 0.2;
        while (performance.now() < until); // as an event that changes a lot
        return counterKind.replay(...happened);
      },
    };
    const { counter, restarted } = await begin(100, { kinds: [slow] });
    const order: string[] = [];
    const loading = restarted()
      .documents.open('counter', counter.id)
      .head()
      .then((head) => order.push(`head ${head}`));
    const turn = nextTurn().then(() => order.push('turn'));
    await Promise.all([loading, turn]);
    expect(order).to.deep.equal(['turn', 'head 100']);
  });
});
