import { expect } from 'chai';
import { Inspection } from '../../actors/inspection.ts';
import type { InspectionRecord } from '../../actors/inspection-record.ts';
import { SYSTEM } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId, type RuntimeOptions } from '../helpers/runtime.ts';

const add = (by = 1) => ({ type: 'add', by }) as const;

/** A runtime whose inspector has a clock that goes on by a millisecond whenever it is looked at. */
function create(options: RuntimeOptions = {}) {
  const store = new FaultyStore(new MemoryStore());
  const runtime = createRuntime({ ...options, store });
  let ticks = 0;
  const inspection = new Inspection(runtime.documents, () => ++ticks);
  const counter = runtime.documents.open('counter', newDocumentId());
  return { ...runtime, store, inspection, counter };
}

const ofType = (records: readonly InspectionRecord[], type: string) =>
  records.filter((record) => record.type === type);

describe('a watched document', () => {
  it('[INS-1] shows each message with its times from the ask to the mailbox, the log and the sockets', async () => {
    const { inspection, counter } = create();
    await counter.execute(add(), ALICE);
    const ann = new Listener('ann');
    counter.join(ann);
    await nextTurn();
    const watch = inspection.watch(counter.id);
    await counter.execute(add(5), { ...ALICE, connectionId: ann.connectionId });
    await nextTurn();
    const { records, skipped } = watch.read(100);
    expect(skipped).to.equal(0);
    const [executed] = ofType(records, 'execute');
    const { at = 0, taken = 0, executed: done = 0, committed = 0, published = 0 } = executed ?? {};
    expect([at, taken, done, committed, published]).to.deep.equal(
      [at, taken, done, committed, published].sort((a, b) => a - b),
    );
    expect(at).to.be.below(taken);
    expect(done).to.be.below(committed);
    expect(committed).to.be.below(published);
    expect(executed).to.include({
      command: 'add',
      from: 'lines',
      by: 'alice',
      connectionId: ann.connectionId,
      seq: 2,
      readers: 1,
      outcome: 'ok',
      state: 'active',
    });
    expect(executed?.doors).to.deep.equal(['lines']);
    expect(executed?.size).to.be.above(0);
    expect(ofType(records, 'committed')[0]).to.include({ from: 'store', seq: 2, events: 1 });
    watch.close();
  });

  it('[INS-1] tells who asked: a door, HTTP or the system; and the code of what was refused', async () => {
    const { inspection, counter } = create();
    const watch = inspection.watch(counter.id);
    const ann = new Listener('ann');
    await counter.execute(add(), ALICE);
    await counter.execute(add(), { by: SYSTEM });
    await counter.execute({ type: 'look' }, ALICE);
    await counter.execute(add(0), ALICE).catch(() => undefined);
    await counter.query({ type: 'value' });
    counter.join(ann);
    counter.setPresence(ann.connectionId, { cursor: { x: 1, y: 2 } });
    counter.leave(ann.connectionId);
    await nextTurn();
    const told = watch
      .read(100)
      .records.filter(({ from }) => from !== 'store' && from !== 'runtime')
      .map(({ type, command, from, outcome }) => [type, command, from, outcome].join(' '));
    expect(told).to.deep.equal([
      'execute add http ok',
      'execute add system ok',
      'execute look http unchanged',
      'execute add http invalid',
      'query value http ok',
      'join  lines ok',
      'presence  lines ok',
      'leave  lines ok',
    ]);
    watch.close();
  });

  it('[INS-1] shows what waits for the store as pending, and tells it again when it is durable', async () => {
    const { inspection, counter, store } = create();
    await counter.execute(add(), ALICE);
    const watch = inspection.watch(counter.id);
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    const [pending] = ofType(watch.read(100).records, 'execute');
    const { no, outcome, seq } = pending ?? {};
    expect({ outcome, seq }).to.deep.equal({ outcome: 'pending', seq: 2 });
    expect(watch.read(100).records).to.deep.equal([]);
    store.release();
    await change;
    expect(ofType(watch.read(100).records, 'execute')[0]).to.include({ no, outcome: 'ok' });
    watch.close();
  });

  it('[INS-1] shows what waits until the document is loaded, for how long, and the states of its chart', async () => {
    const { inspection, counter, restarted } = create();
    await counter.execute(add(), ALICE);
    const again = restarted();
    const watching = new Inspection(again.documents);
    const watch = watching.watch(counter.id);
    expect(watch.state()).to.equal(undefined);
    expect(watch.view()).to.deep.equal({ id: counter.id, messages: 0 });
    const change = again.documents.open('counter', counter.id).execute(add(), ALICE);
    expect(ofType(watch.read(100).records, 'execute')[0]).to.include({
      outcome: 'waiting',
      state: 'loading',
    });
    await change;
    const { records } = watch.read(100);
    expect(ofType(records, 'execute')[0]).to.include({ outcome: 'ok', state: 'active', seq: 2 });
    expect(ofType(records, 'loaded')[0]).to.include({ stateBefore: 'loading', state: 'active' });
    expect(watch.state()).to.equal('active');
    expect(watch.view().actor).to.include({ kind: 'counter', seq: 2, committed: 2 });
    watch.close();
    inspection.watch(counter.id).close();
  });

  it('[INS-2] shows types, sizes, ids and codes, and never what a message says', async () => {
    const secret = 'correct horse battery staple';
    const { inspection, counter } = create();
    const watch = inspection.watch(counter.id);
    const ann = new Listener('ann');
    await counter.execute({ ...add(), note: secret } as never, ALICE);
    await counter.query({ type: 'value', note: secret } as never);
    counter.join(ann);
    counter.setPresence(ann.connectionId, { cursor: { note: secret } });
    await nextTurn();
    const shown = JSON.stringify([watch.read(100), watch.view(), inspection.export(counter.id)]);
    expect(shown).to.contain('cursor').and.not.to.contain(secret);
    expect(watch.view().actor?.visitors).to.deep.equal([
      { connectionId: ann.connectionId, userId: 'ann', door: 'lines', shows: ['cursor'] },
    ]);
    watch.close();
  });

  it('[INS-3] counts what is too much to be recorded, and goes on', async () => {
    const { inspection, counter } = create();
    await counter.execute(add(), ALICE);
    const watch = inspection.watch(counter.id);
    await Promise.all(Array.from({ length: 2_000 }, () => counter.execute(add(), ALICE)));
    const { records, skipped } = watch.read(10_000);
    const { messages } = watch.view();
    expect(messages).to.be.above(2_000);
    expect(records).to.have.length.within(100, 1_000);
    expect(ofType(records, 'execute').length + ofType(records, 'committed').length + skipped).to.equal(
      messages,
    );
    await counter.execute(add(), ALICE);
    expect(ofType(watch.read(100).records, 'execute')[0]).to.include({ seq: 2_002, outcome: 'ok' });
    watch.close();
  });

  it('[INS-3] gives one reading the newest records only, and counts the others', async () => {
    const { inspection, counter } = create();
    const watch = inspection.watch(counter.id);
    for (let i = 0; i < 20; i++) await counter.execute(add(), ALICE);
    const { records, skipped } = watch.read(5);
    expect(records).to.have.length(5);
    expect(Math.max(...records.map(({ seq = 0 }) => seq))).to.equal(20);
    expect(skipped).to.be.above(30);
    watch.close();
  });

  it('[INS-3] is not harmed by what fails in watching it', async () => {
    const { documents, crashes } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    let looks = 0;
    const broken = new Inspection(documents, () => {
      looks += 1;
      if (looks > 5) throw new Error('the clock is broken');
      return looks;
    });
    const watch = broken.watch(counter.id);
    const ann = new Listener('ann');
    counter.join(ann);
    for (let i = 1; i <= 20; i++) expect((await counter.execute(add(), ALICE)).seq).to.equal(i);
    await nextTurn();
    expect(looks).to.equal(6);
    expect(ann.seqs).to.have.length(20);
    expect(crashes).to.deep.equal([]);
    expect(watch.read(100).records).to.have.length.above(0);
    watch.close();
  });

  it('[INS-1] leaves no trace of being watched when the last watcher has gone', async () => {
    const { inspection, counter, documents } = create();
    await counter.execute(add(), ALICE);
    const tapOf = () => (documents.liveDocument(counter.id) as { tap?: unknown }).tap;
    const [first, second] = [inspection.watch(counter.id), inspection.watch(counter.id)];
    first.close();
    first.close();
    expect(tapOf()).not.to.equal(undefined);
    second.close();
    expect(tapOf()).to.equal(undefined);
    await counter.execute(add(), ALICE);
    expect(
      inspection
        .watch(counter.id)
        .read(100)
        .records.map(({ type }) => type),
    ).to.deep.equal(['actor.started']);
  });

  it('[INS-3] is one of so many that can be watched at the same time', () => {
    const { inspection } = create();
    const watches = Array.from({ length: 32 }, () => inspection.watch(newDocumentId()));
    expect(() => inspection.watch(newDocumentId())).to.throw('No more than 32');
    watches[0]?.close();
    inspection.watch(newDocumentId());
  });
});

describe('the life of a watched document', () => {
  it('[INS-4] tells that it failed and why, and goes on with the next incarnation', async () => {
    const { inspection, counter, store, crashes } = create();
    await counter.execute(add(), ALICE);
    const ann = new Listener('ann');
    counter.join(ann);
    const watch = inspection.watch(counter.id);
    const before = watch.view().actor?.session;
    store.failNext('refuse');
    await counter.execute(add(), ALICE).catch(() => undefined);
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(crashes).to.have.length(1);
    const { records } = watch.read(100);
    const life = records.filter(({ type }) => type.startsWith('actor.'));
    expect(life.map(({ type }) => type)).to.deep.equal(['actor.started', 'actor.crashed', 'actor.started']);
    expect(life[1]?.reason).to.equal('Error: disk full');
    expect(ofType(records, 'execute').map(({ outcome }) => outcome)).to.deep.equal(['failed', 'ok']);
    expect(ofType(records, 'execute')[1]).to.include({ seq: 2, readers: 1 });
    expect(watch.view().actor?.session).not.to.equal(before);
    expect(watch.view().actor?.crashes).to.equal(1);
    watch.close();
  });

  it('[INS-4] tells that it left memory, and that it is there again', async () => {
    const { inspection, counter, documents, time } = create({ limits: { idleMs: 1_000 } });
    await counter.execute(add(), ALICE);
    const watch = inspection.watch(counter.id);
    time.ms += 2_000;
    documents.sweep();
    while (documents.size > 0) await nextTurn();
    expect(watch.state()).to.equal(undefined);
    await counter.execute(add(), ALICE);
    const states = watch
      .read(100)
      .records.filter(({ type, stateBefore }) => stateBefore !== undefined || type.startsWith('actor.'))
      .map(({ type, stateBefore = '', state }) => `${type}: ${stateBefore} > ${state}`);
    expect(states).to.deep.equal([
      'actor.started:  > active',
      'passivate: active > passivating',
      'left: passivating > stopped',
      'actor.stopped:  > stopped',
      'actor.started:  > loading',
      'loaded: loading > active',
    ]);
    watch.close();
  });

  it('[INS-7] has a chart that is read from the machine that runs', () => {
    const { chart } = create().inspection;
    expect(chart).to.include({ id: 'document', initial: 'loading' });
    expect(chart.states.map(({ name }) => name)).to.deep.equal([
      'loading',
      'active',
      'passivating',
      'stopped',
    ]);
    const [loading, active, passivating, stopped] = chart.states;
    expect(loading?.transitions).to.deep.include({ event: 'loaded', target: 'active', actions: ['begin'] });
    expect(loading?.transitions).to.deep.include({ event: '*', actions: ['stash'] });
    expect(active).to.deep.include({ tags: ['hot'], entry: ['unstash'] });
    expect(active?.handles).to.include.members(['execute', 'committed', 'join']);
    expect(active?.transitions[0]).to.include({
      event: 'passivate',
      guard: 'isQuiet',
      target: 'passivating',
    });
    expect(passivating?.transitions.filter(({ event }) => event === 'left')).to.have.length(2);
    expect(stopped?.isFinal).to.equal(true);
  });
});

describe('the crashes of documents', () => {
  it('[INS-9] are remembered with their reasons, whether somebody watches or not', async () => {
    const { inspection, counter, documents, time } = create();
    const other = documents.open('counter', newDocumentId());
    await counter.execute({ type: 'explode' }, ALICE).catch(() => undefined);
    time.ms += 5;
    await other.query({ type: 'explode' }).catch(() => undefined);
    const at = Date.UTC(2026, 0, 1);
    expect(inspection.crashes).to.deep.equal([
      { no: 2, at: at + 5, id: other.id, kind: 'counter', seq: 0, reason: 'TypeError: a defect in a query' },
      { no: 1, at, id: counter.id, kind: 'counter', seq: 0, reason: 'TypeError: a defect in a command' },
    ]);
    expect(inspection.crashCount).to.equal(2);
  });
});
