import { expect } from 'chai';
import { Inspection } from '../../actors/inspection.ts';
import { createInspectorParser } from '../../http/sockets/inspector-route.ts';
import { InspectorSession } from '../../http/sockets/inspector-session.ts';
import type { InspectorServerMessage } from '../../protocol/inspector-socket.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';
import { createChecker } from './contract-checker.ts';
import { FakeClock } from './fake-clock.ts';
import { payloadsOf } from './ws-frames.ts';

const add = { type: 'add', by: 1 } as const;
const parser = createInspectorParser();
const check = createChecker('InspectorServerMessage');

type MessageOf<Type> = Extract<InspectorServerMessage, { type: Type }>;

/** A session at a real runtime, on a connection that writes down what it is told. Each frame is checked. */
function start() {
  const runtime = createRuntime();
  const inspection = new Inspection(runtime.documents);
  const clock = new FakeClock();
  const told: InspectorServerMessage[] = [];
  const closed: number[] = [];
  const rejected: string[] = [];
  const connection = {
    waiting: 0,
    deliver: (frames: Uint8Array) => {
      for (const { payload } of payloadsOf(frames)) {
        const text = Buffer.from(payload).toString();
        const message = JSON.parse(text) as InspectorServerMessage;
        expect(check(message), text).to.equal('');
        told.push(message);
      }
    },
    close: (code: number) => void closed.push(code),
  };
  const session = new InspectorSession({
    connection,
    inspection,
    parser,
    clock,
    onRejected: (code) => rejected.push(code),
    onEnded: () => undefined,
    lists: new Set(),
  });
  session.opened();
  return {
    ...runtime,
    inspection,
    clock,
    connection,
    closed,
    rejected,
    session,
    told,
    say: (message: unknown) => session.text(typeof message === 'string' ? message : JSON.stringify(message)),
    of: <Type extends InspectorServerMessage['type']>(type: Type) =>
      told.filter((message): message is MessageOf<Type> => message.type === type),
    /** Time goes on, and what comes of it is told. */
    pass: async (ms: number) => {
      clock.advance(ms);
      await nextTurn();
    },
    create: async () => {
      const counter = runtime.documents.open('counter', newDocumentId());
      await counter.execute(add, ALICE);
      return counter;
    },
  };
}

describe('a session of the actor inspector', () => {
  it('[INS-7] is welcomed with the chart', () => {
    const { told } = start();
    expect(told.map(({ type }) => type)).to.deep.equal(['welcome', 'crashes']);
    const [welcome] = told;
    expect(welcome?.type === 'welcome' && welcome.chart.states).to.have.length(4);
  });

  it('[INS-6] tells the list once a second to who wants it, and only what changed', async () => {
    const { say, of, pass, create, clock } = start();
    const [first, second] = [await create(), await create()];
    await first.execute(add, ALICE);
    await pass(5_000);
    expect(of('actors')).to.deep.equal([]);
    say({ type: 'list', sort: 'seq' });
    await nextTurn();
    expect(of('actors')[0]).to.include({ total: 2, matching: 2, offset: 0 });
    expect(of('actors')[0]?.rows).to.have.length(2);
    for (let i = 0; i < 2; i++) await second.execute(add, ALICE);
    await pass(1_000);
    const [, changed] = of('actors');
    expect(changed?.order).to.deep.equal([second.id, first.id]);
    expect(changed?.rows.map(({ id, seq }) => [id, seq])).to.deep.equal([[second.id, 3]]);
    await pass(1_000);
    expect(of('actors')[2]).not.to.have.property('order');
    say({ type: 'list', text: first.id });
    expect(of('actors')[3]).to.deep.include({ matching: 1, order: [first.id], rows: [] });
    say({ type: 'unlist' });
    await pass(5_000);
    expect(of('actors')).to.have.length(4);
    expect(clock.timers).to.equal(1);
  });

  it('[INS-6] keeps its frames small however many actors there are', async () => {
    const { say, told, pass, documents } = start();
    for (let i = 0; i < 5_000; i++) documents.open('counter', newDocumentId()).query({ type: 'value' });
    say({ type: 'list', limit: 200 });
    while (!told.some((message) => message.type === 'actors' && message.total === 5_000)) await pass(1_000);
    for (const message of told) expect(JSON.stringify(message).length).to.be.below(64 * 1024);
  });

  it('[INS-1] tells what the watched document does, as it does it, and nothing of others', async () => {
    const { say, of, pass, create } = start();
    const [watched, other] = [await create(), await create()];
    const ann = new Listener('ann');
    watched.join(ann);
    say({ type: 'watch', id: watched.id });
    expect(of('actor')[0]?.actor).to.include({ kind: 'counter', state: 'active', seq: 1, subscribers: 1 });
    await watched.execute(add, ALICE);
    await other.execute(add, ALICE);
    await nextTurn();
    await pass(100);
    const executed = of('records')
      .flatMap(({ records }) => records)
      .filter(({ type }) => type === 'execute');
    expect(executed).to.have.length(1);
    const { taken_us = -1, executed_us = -1, committed_us = -1, published_us = -1 } = executed[0] ?? {};
    const times = [0, taken_us, executed_us, committed_us, published_us];
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
    expect(executed[0]).to.include({ command: 'add', from: 'http', seq: 2, outcome: 'ok', readers: 1 });
    await pass(1_000);
    expect(of('actor').at(-1)?.actor).to.include({ seq: 2, committed: 2 });
    const { length } = of('records');
    await pass(1_000);
    expect(of('records')).to.have.length(length);
  });

  it('[INS-4] tells at once that the watched document left memory or failed, and each crash', async () => {
    const { say, of, pass, create, documents, time, crashes } = start();
    const watched = await create();
    say({ type: 'watch', id: watched.id });
    await watched.execute({ type: 'explode' }, ALICE).catch(() => undefined);
    expect(crashes).to.have.length(1);
    await pass(1_000);
    const types = () => of('records').flatMap(({ records }) => records.map(({ type }) => type));
    expect(types()).to.include('actor.crashed');
    expect(of('crashes').at(-1)).to.deep.include({ total: 1 });
    expect(of('crashes').at(-1)?.crashes[0]).to.include({ id: watched.id, seq: 1 });
    time.ms += 600_000;
    documents.sweep();
    while (documents.size > 0) await nextTurn();
    await pass(100);
    expect(types()).to.include('actor.stopped');
    expect(of('actor').at(-1)).not.to.have.property('actor');
  });

  it('[INS-3] drops what a reader that is behind cannot take, counts it, and goes on', async () => {
    const { say, of, told, pass, create, connection } = start();
    const watched = await create();
    say({ type: 'list' });
    say({ type: 'watch', id: watched.id });
    await nextTurn();
    const { length } = told;
    connection.waiting = 10_000_000;
    for (let i = 0; i < 10; i++) await watched.execute(add, ALICE);
    await pass(2_000);
    expect(told).to.have.length(length);
    connection.waiting = 0;
    await watched.execute(add, ALICE);
    await pass(100);
    const last = of('records').at(-1);
    expect(last?.dropped).to.equal(20);
    expect(last?.records.map(({ seq }) => seq)).to.deep.equal([12, 12]);
  });

  it('[INS-1] watches no more when another is watched, or the session ends', async () => {
    const { say, create, session, clock, documents } = start();
    const [one, two] = [await create(), await create()];
    const isTapped = (id: typeof one.id) =>
      (documents.liveDocument(id) as { tap?: unknown }).tap !== undefined;
    say({ type: 'watch', id: one.id });
    say({ type: 'watch', id: two.id.toUpperCase() });
    expect([isTapped(one.id), isTapped(two.id)]).to.deep.equal([false, true]);
    say({ type: 'unwatch' });
    expect(isTapped(two.id)).to.equal(false);
    say({ type: 'watch', id: two.id });
    say({ type: 'list' });
    session.ended();
    expect(isTapped(two.id)).to.equal(false);
    expect(clock.timers).to.equal(0);
  });

  it('answers a ping, and says what it did not understand; twenty in a row close it', () => {
    const { say, told, closed, rejected, session, inspection } = start();
    say({ type: 'ping', ts: 7 });
    expect(told.at(-1)).to.deep.equal({ type: 'pong', ts: 7 });
    for (const nonsense of ['{', '[]', { type: 'shout' }, { type: 'list', sort: 'beauty' }]) say(nonsense);
    say({ type: 'watch', id: 'main' });
    session.binary();
    session.rateLimited();
    expect(rejected).to.deep.equal([
      'bad_json',
      ...Array.from({ length: 5 }, () => 'bad_message'),
      'rate_limited',
    ]);
    const watches = Array.from({ length: 32 }, () => inspection.watch(newDocumentId()));
    say({ type: 'watch', id: newDocumentId() });
    expect(rejected.at(-1)).to.equal('overloaded');
    for (const watch of watches) watch.close();
    for (let i = 0; i < 13; i++) say('{');
    expect(closed).to.deep.equal([1008]);
  });
});
