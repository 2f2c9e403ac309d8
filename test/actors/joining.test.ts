import { expect } from 'chai';
import fc from 'fast-check';
import type { Door } from '../../actors/door.ts';
import type { AnyDocumentKind } from '../../documents/kind.ts';
import { Problem } from '../../protocol/problem.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';
import { AskingDoor, add, begin, kind } from './asking-door.ts';

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const door = new AskingDoor();

describe('a newcomer', () => {
  it('[DOC-9] waits for what it would be shown and is not durable yet, and goes on right behind it', async () => {
    const { store, counter } = await begin();
    store.failNext('hang');
    const changes = [counter.execute(add(), ALICE), counter.execute(add(), ALICE)];
    const newcomer = new Listener('newcomer', door);
    counter.join(newcomer);
    changes.push(counter.execute(add(), ALICE));
    await nextTurn();
    expect(newcomer.notices).to.be.empty;
    store.release();
    await Promise.all(changes);
    await nextTurn();
    expect(newcomer.of('welcome')).to.have.length(1);
    expect(newcomer.of('welcome')[0]).to.include({ seq: 3, opening: 3 });
    expect(newcomer.seqs).to.deep.equal([4]);
  });

  it('[DOC-9] is given what its door makes once for all right after its welcome: the same bytes', async () => {
    const { counter } = await begin();
    const opening = Buffer.from('{"type":"resync","seq":1}\n');
    const sharing: Door = { ...door, encode: door.encode, encodeOpening: () => opening };
    for (const name of ['ann', 'bob']) {
      const newcomer = new Listener(name, sharing);
      counter.join(newcomer);
      await nextTurn();
      expect(newcomer.notices.slice(0, 2).map(({ type }) => type)).to.deep.equal(['welcome', 'resync']);
      expect(newcomer.writes[1]?.bytes).to.equal(opening);
    }
  });

  it('[DOC-9] that comes back is asked what one who goes on needs, as of the same moment', async () => {
    const { store, counter } = await begin();
    await counter.execute(add(), ALICE);
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    const newcomer = new Listener('newcomer', door);
    counter.join(newcomer, 1);
    await nextTurn();
    expect(newcomer.notices).to.be.empty;
    store.release();
    await change;
    await nextTurn();
    expect(newcomer.of('welcome')[0]).to.include({ seq: 3, after: 1, opening: 6 });
    expect(newcomer.seqs).to.deep.equal([2, 3]);
  });

  it('[DOC-9] that must begin anew gets what one who begins needs', async () => {
    const { counter } = await begin();
    const newcomer = new Listener('newcomer', door);
    counter.join(newcomer, 99);
    expect(newcomer.of('welcome')[0]).to.include({ seq: 1, opening: 1 });
    expect(newcomer.of('resync')).to.deep.equal([{ type: 'resync', seq: 1 }]);
  });

  it('[DOC-4] [DOC-9] sees each event once, in the opening or after it, whenever it comes and wherever it was', async () => {
    const step = fc.oneof(
      fc.constant('add' as const),
      fc.constant('hang' as const),
      fc.constant('release' as const),
      fc.constant('turn' as const),
      fc.constant('join' as const),
      fc.nat(40),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 2, max: 9 }),
        async (steps, snapshotEvents) => {
          const { store, counter, restarted, documents } = await begin({ limits: { snapshotEvents } });
          for (let i = 0; i < 20; i++) await counter.execute(add(), ALICE);
          await documents.stop();
          const again = restarted().documents.open('counter', counter.id);
          await again.head();
          const changes: Promise<unknown>[] = [];
          const listeners: { listener: Listener; afterSeq: number | undefined }[] = [];
          for (const one of steps) {
            if (one === 'add') changes.push(again.execute(add(), ALICE));
            else if (one === 'hang') store.failNext('hang', counter.id);
            else if (one === 'release') store.release();
            else if (one === 'turn') await nextTurn();
            else {
              const listener = new Listener('somebody', door);
              const afterSeq = one === 'join' ? undefined : one;
              listeners.push({ listener, afterSeq });
              again.join(listener, afterSeq);
            }
          }
          let settled = false;
          const all = Promise.all(changes).then(() => {
            settled = true;
          });
          while (!settled) {
            store.release();
            await nextTurn();
          }
          await all;
          store.release();
          const head = await again.head();
          await Promise.all(
            listeners.map(({ listener }) => listener.until(({ notices }) => notices.length > 0)),
          );
          await nextTurn();
          for (const { listener, afterSeq } of listeners) {
            const welcomes = listener.of('welcome');
            expect(welcomes).to.have.length(1);
            const { seq = 0, after, opening } = welcomes[0] ?? {};
            expect(opening).to.equal(after === undefined ? seq : seq * 2);
            if (after !== undefined) expect(after).to.equal(afterSeq);
            expect(listener.seqs).to.deep.equal(range((after ?? seq) + 1, head));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('[DOC-4] gets all that it missed where more happened while it waited than is remembered', async () => {
    const { store, counter } = await begin({ limits: { snapshotEvents: 10_000 } });
    store.failNext('hang');
    const first = counter.execute(add(), ALICE);
    const newcomer = new Listener('newcomer', door);
    const many = range(1, 999).map(() => counter.execute(add(), ALICE));
    const more = range(1, 999).map(() => counter.execute(add(), ALICE));
    counter.join(newcomer, 1);
    store.release();
    await Promise.all([first, ...many, ...more]);
    await newcomer.until(({ seqs }) => seqs.at(-1) === 2_000);
    expect(newcomer.of('resync')).to.be.empty;
    expect(newcomer.of('welcome')[0]).to.include({ after: 1, opening: 4_000 });
    expect(newcomer.seqs).to.deep.equal(range(2, 2_000));
  });

  it('[DOC-9] is sent away where the document is deleted before its turn, and nobody else is held up', async () => {
    const { store, counter, crashes } = await begin();
    const there = new Listener('there', door);
    counter.join(there);
    store.failNext('hang');
    const deleted = counter.execute({ type: 'delete' }, ALICE);
    const newcomer = new Listener('newcomer', door);
    counter.join(newcomer);
    await nextTurn();
    expect(newcomer.closed).to.equal(undefined);
    store.release();
    await deleted;
    await nextTurn();
    expect(newcomer.closed?.code).to.equal(4404);
    expect(newcomer.notices).to.be.empty;
    expect(there.seqs).to.deep.equal([2]);
    expect(there.closed?.code).to.equal(4404);
    expect(crashes).to.be.empty;
  });

  it('is sent away where its door asks what the document refuses, and nobody else is held up', async () => {
    const { counter, crashes, documents } = await begin({
      kinds: [
        {
          ...kind,
          query: () => {
            throw new Problem('too_large', 'The counter is too large.');
          },
        },
      ],
    });
    const [asking, other] = [new Listener('asking', door), new Listener('other')];
    counter.join(asking);
    counter.join(other);
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(asking.closed).to.deep.equal({ code: 1009, reason: 'too_large' });
    expect(other.seqs).to.deep.equal([2]);
    expect(documents.subscribersOf(counter.id)).to.equal(1);
    expect(crashes).to.be.empty;
  });

  it('[DOC-8] is closed where its door meets a defect; the document starts anew', async () => {
    const { counter, crashes } = await begin();
    const asking = new Listener('asking', { ...door, encode: door.encode, opening: { type: 'explode' } });
    counter.join(asking);
    await asking.until(({ closed }) => closed !== undefined);
    expect(asking.closed?.code).to.equal(1011);
    expect(crashes.map(String)).to.deep.equal(['TypeError: a defect in a query']);
    expect(await counter.query({ type: 'value' })).to.equal(1);
  });

  it('[DOC-4] that waits when the document fails is welcomed by the next incarnation', async () => {
    const { store, counter, crashes } = await begin();
    store.failNext('lose-answer');
    const lost = counter.execute(add(), ALICE).catch(({ code }) => code);
    const newcomer = new Listener('newcomer', door);
    counter.join(newcomer, 1);
    expect(await lost).to.equal('unavailable');
    await newcomer.until(({ notices }) => notices.length > 0);
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(crashes).to.have.length(1);
    expect(newcomer.of('welcome').map(({ seq }) => seq)).to.deep.equal([2]);
    expect(newcomer.seqs).to.deep.equal([2, 3]);
  });

  it('[DOC-4] keeps what it pointed at before it was welcomed, whenever the document fails meanwhile', async () => {
    const { store, counter, crashes } = await begin();
    const [there, newcomer] = [new Listener('there'), new Listener('newcomer')];
    counter.join(there);
    await nextTurn();
    store.failNext('lose-answer');
    const lost = counter.execute(add(), ALICE).catch(({ code }) => code);
    counter.join(newcomer);
    counter.setPresence(newcomer.connectionId, { x: 1 });
    const claim = store.claim.bind(store);
    store.claim = async (...args) => {
      store.claim = claim;
      await claim(...args);
      throw new Error('cannot be read');
    };
    expect(await lost).to.equal('unavailable');
    await there.until((listener) => listener.of('presence').length === 2);
    expect(crashes).to.have.length(2);
    expect(there.of('presence').map(({ change, presence }) => [change, presence.data])).to.deep.equal([
      ['joined', {}],
      ['updated', { x: 1 }],
    ]);
  });

  it('is forgotten where it leaves before its turn', async () => {
    const { store, counter, documents } = await begin();
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    const newcomer = new Listener('newcomer', door);
    counter.join(newcomer);
    expect(documents.subscribersOf(counter.id)).to.equal(1);
    counter.leave(newcomer.connectionId);
    expect(documents.subscribersOf(counter.id)).to.equal(0);
    store.release();
    await change;
    await nextTurn();
    expect(newcomer.notices).to.be.empty;
  });

  it('[DOC-7] is sent away where too many wait', async () => {
    const { store, counter } = await begin({ limits: { asks: 3 } });
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    const crowd = range(1, 4).map(() => new Listener('somebody', door));
    for (const listener of crowd) counter.join(listener);
    expect(crowd.map(({ closed }) => closed?.code)).to.deep.equal([undefined, undefined, 1013, 1013]);
    store.release();
    await change;
    await nextTurn();
    expect(crowd.map(({ notices }) => notices.length > 0)).to.deep.equal([true, true, false, false]);
  });

  it('may point at something before it is welcomed: the others see it, wherever it waits', async () => {
    const { store, counter, documents, time } = await begin({ limits: { idleMs: 1_000 } });
    const cursor = (listener: Listener) =>
      listener
        .of('presence')
        .flatMap(({ change, presence }) => (change === 'updated' ? [presence.data] : []));
    time.ms += 2_000;
    documents.sweep();
    await nextTurn();
    expect(documents.size).to.equal(0);
    const [there, loading, waiting] = [
      new Listener('there'),
      new Listener('loading'),
      new Listener('waiting'),
    ];
    counter.join(there);
    counter.join(loading);
    counter.setPresence(loading.connectionId, { x: 0 });
    counter.setPresence(loading.connectionId, { x: 1 });
    await there.until((listener) => cursor(listener).length > 0);
    expect(cursor(there)).to.deep.equal([{ x: 1 }]);
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    counter.join(waiting);
    counter.setPresence(waiting.connectionId, { x: 2 });
    store.release();
    await change;
    await nextTurn();
    expect(cursor(there)).to.deep.equal([{ x: 1 }, { x: 2 }]);
  });
});

describe('a door whose question the document refuses after a crash', () => {
  it('loses its subscribers, and the other doors go on', async () => {
    const store = new FaultyStore(new MemoryStore());
    let refuses = false;
    const refusing: AnyDocumentKind = {
      ...kind,
      query: (state, query) => {
        if (refuses) throw new Problem('too_large', 'The counter is too large.');
        return kind.query(state, query);
      },
    };
    const { documents, crashes } = createRuntime({ store, kinds: [refusing] });
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const [asking, other] = [new Listener('asking', door), new Listener('other')];
    counter.join(asking);
    counter.join(other);
    refuses = true;
    store.failNext('lose-answer');
    await counter.execute(add(), ALICE).catch(() => undefined);
    await other.until((listener) => listener.of('resync').length > 0);
    expect(asking.closed).to.deep.equal({ code: 1009, reason: 'too_large' });
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(other.seqs).to.deep.equal([3]);
    expect(crashes).to.have.length(1);
  });
});
