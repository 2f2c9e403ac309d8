import { expect } from 'chai';
import type { Door } from '../../actors/door.ts';
import type { OperationId } from '../../protocol/ids.ts';
import type { Problem } from '../../protocol/problem.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId, type RuntimeOptions } from '../helpers/runtime.ts';

const add = (by = 1) => ({ type: 'add', by }) as const;
const refusal = (promise: Promise<unknown>): Promise<Problem> =>
  promise.then(
    () => expect.fail('answered, but a refusal was expected'),
    (error: Problem) => error,
  );

function create(options: RuntimeOptions = {}) {
  const store = new FaultyStore(new MemoryStore());
  return { ...createRuntime({ ...options, store }), store };
}

describe('a document whose store fails', () => {
  it('[DOC-2] acknowledges nothing of an append that failed, and comes back as the log has it', async () => {
    const { documents, store, crashes } = create();
    const id = newDocumentId();
    const counter = documents.open('counter', id);
    await counter.execute(add(5), ALICE);
    store.failNext('refuse');
    const outcomes = await Promise.allSettled([
      counter.execute(add(1), ALICE),
      counter.execute(add(2), ALICE),
      counter.query({ type: 'value' }),
    ]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected']);
    expect(crashes).to.have.length(1);
    expect(await counter.query({ type: 'value' })).to.equal(5);
    expect((await counter.execute(add(1), ALICE)).seq).to.equal(2);
  });

  it('[DOC-3] tells the outcome of an append whose answer was lost to the retry', async () => {
    const { documents, store } = create();
    const counter = documents.open('counter', newDocumentId());
    const once = { ...ALICE, operationId: 'once' as OperationId };
    await counter.execute(add(1), ALICE);
    store.failNext('lose-answer');
    expect(await refusal(counter.execute(add(10), once))).to.include({ code: 'unavailable' });
    expect(await counter.execute(add(10), once)).to.deep.equal({ seq: 2, answer: 11 });
    expect(await counter.query({ type: 'value' })).to.equal(11);
  });

  it('[DOC-5] gives up an append that hangs, and the late append is fenced', async () => {
    const { documents, store, time } = create({ limits: { appendMs: 20, askMs: 10_000 } });
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(1), ALICE);
    store.failNext('hang');
    const hanging = refusal(counter.execute(add(10), ALICE));
    await nextTurn();
    time.ms += 1_000;
    documents.sweep();
    expect(await hanging).to.include({ code: 'unavailable' });
    expect(await counter.execute(add(2), ALICE)).to.deep.equal({ seq: 2, answer: 3 });
    store.release();
    await nextTurn();
    expect(await counter.execute(add(3), ALICE)).to.deep.equal({ seq: 3, answer: 6 });
  });

  it('[DOC-2] fails an ask that nobody answers in time, and does not answer it later', async () => {
    const { documents, store, time } = create({ limits: { appendMs: 60_000, askMs: 1_000 } });
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(1), ALICE);
    store.failNext('hang');
    const slow = refusal(counter.execute(add(10), ALICE));
    await nextTurn();
    time.ms += 2_000;
    documents.sweep();
    expect(await slow).to.include({ code: 'unavailable' });
    store.release();
    expect(await counter.query({ type: 'value' })).to.equal(11);
  });

  it('[DOC-8] harms no other document', async () => {
    const { documents, store } = create();
    const [sick, well] = [newDocumentId(), newDocumentId()];
    await documents.open('counter', sick).execute(add(1), ALICE);
    store.failNext('refuse', sick);
    const refused = refusal(documents.open('counter', sick).execute(add(1), ALICE));
    const done = await Promise.all(
      Array.from({ length: 50 }, () => documents.open('counter', well).execute(add(1), ALICE)),
    );
    expect(done.at(-1)).to.deep.equal({ seq: 50, answer: 50 });
    expect(await refused).to.include({ code: 'unavailable' });
    expect(documents.actors().find(({ id }) => id === well)).to.include({ crashes: 0, seq: 50 });
    expect(documents.actors().find(({ id }) => id === sick)).to.include({ crashes: 1 });
  });

  it('[DOC-4] tells the sockets that it carries over to resync', async () => {
    const { documents, store } = create();
    const counter = documents.open('counter', newDocumentId());
    const listener = new Listener();
    await counter.execute(add(1), ALICE);
    counter.join(listener);
    store.failNext('lose-answer');
    await refusal(counter.execute(add(1), ALICE));
    await listener.until(() => listener.of('resync').length > 0);
    expect(listener.of('resync')).to.deep.equal([{ type: 'resync', seq: 2 }]);
    await counter.execute(add(1), ALICE);
    await listener.until(() => listener.seqs.includes(3));
    expect(listener.seqs).to.deep.equal([3]);
    expect(listener.closed).to.equal(undefined);
  });

  it('[DOC-8] is refused for a while when it fails again and again, and then tried anew', async () => {
    const { documents, store, time } = create({ limits: { crashesForgiven: 2, crashWindowMs: 60_000 } });
    const id = newDocumentId();
    const counter = documents.open('counter', id);
    const listener = new Listener();
    await counter.execute(add(1), ALICE);
    counter.join(listener);
    store.isDown = true;
    store.failNext('refuse');
    await refusal(counter.execute(add(1), ALICE));
    await listener.until(() => listener.closed !== undefined);
    expect(listener.closed?.code).to.equal(1013);
    expect((await refusal(counter.query({ type: 'value' }))).message).to.match(/failed repeatedly/);
    store.isDown = false;
    time.ms += 61_000;
    expect(await counter.query({ type: 'value' })).to.equal(1);
  });
});

describe('a document with a defect', () => {
  it('[DOC-4] loses no socket that came together with what ends it', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    const listener = new Listener();
    const ended = refusal(counter.execute({ type: 'explode' }, ALICE));
    counter.join(listener);
    expect(await ended).to.include({ code: 'unavailable' });
    await listener.until(() => listener.of('resync').length > 0);
    await counter.execute(add(), ALICE);
    await listener.until(() => listener.seqs.includes(1));
  });

  it('[DOC-4] loses no socket that waited together with the one that ends it', async () => {
    const { documents, crashes } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    const broken: Door = {
      name: 'broken',
      encode: () => {
        throw new TypeError('a defect in a door');
      },
    };
    const [first, second] = [new Listener('first', broken), new Listener('second')];
    counter.join(first);
    counter.join(second);
    const gone = new Listener('gone');
    counter.join(gone);
    counter.leave(gone.connectionId);
    await second.until(({ notices }) => notices.length > 0);
    expect(first.closed?.code).to.equal(1011);
    await counter.execute(add(), ALICE);
    await second.until(({ seqs }) => seqs.includes(1));
    expect(documents.actors()[0]).to.include({ subscribers: 1 });
    expect(crashes).to.have.length(1);
  });

  it('[DOC-8] ends, starts anew from the log, and names no detail to the caller', async () => {
    const { documents, crashes } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(2), ALICE);
    const problem = await refusal(counter.execute({ type: 'explode' }, ALICE));
    expect(problem).to.include({ code: 'unavailable' });
    expect(problem.message).not.to.match(/defect/);
    expect(crashes.map(String)).to.deep.equal(['TypeError: a defect in a command']);
    expect(await counter.query({ type: 'value' })).to.equal(2);
    await refusal(counter.query({ type: 'explode' }));
    expect(await counter.execute(add(2), ALICE)).to.deep.equal({ seq: 2, answer: 4 });
  });
});

describe('a busy document', () => {
  it('[DOC-7] takes no more than its bound of events that wait, though their askers have gone', async () => {
    const { documents, store, time } = create({ limits: { asks: 5, askMs: 1_000, appendMs: 60_000 } });
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    store.failNext('hang');
    const slow = Array.from({ length: 5 }, () => refusal(counter.execute(add(), ALICE)));
    await nextTurn();
    time.ms += 2_000;
    documents.sweep();
    expect((await Promise.all(slow)).map(({ code }) => code)).to.deep.equal(Array(5).fill('unavailable'));
    expect(await refusal(counter.execute(add(), ALICE))).to.include({ code: 'overloaded' });
    store.release();
    await nextTurn();
    expect(await counter.query({ type: 'value' })).to.equal(6);
  });

  it('[DOC-7] refuses what is more than its bound, and does all the rest', async () => {
    const { documents } = createRuntime({ limits: { asks: 10 } });
    const counter = documents.open('counter', newDocumentId());
    const all = await Promise.allSettled(Array.from({ length: 30 }, () => counter.execute(add(), ALICE)));
    const refused = all.filter((one) => one.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).to.deep.equal(Array(20).fill('overloaded'));
    expect(await counter.query({ type: 'value' })).to.equal(10);
  });

  it('[DOC-7] refuses what is more than its stash while it loads', async () => {
    const { documents } = createRuntime({ limits: { stash: 3 } });
    const counter = documents.open('counter', newDocumentId());
    const listener = new Listener();
    const all = Array.from({ length: 5 }, () => counter.execute(add(), ALICE));
    counter.join(listener);
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(3);
    expect(listener.closed?.code).to.equal(1013);
  });
});
