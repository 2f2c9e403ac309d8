import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import type { TextServerMessage } from '../../protocol/text-socket.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { ALICE } from '../helpers/runtime.ts';
import { b64, startTextHarness, type TextClient, type TextHarness } from './text-harness.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** What one stay was told, as the document that a Yjs client makes of it. */
function read(doc: Y.Doc, frames: readonly TextServerMessage[]): void {
  for (const frame of frames) {
    if (frame.type === 'state' && frame.snapshotB64)
      Y.applyUpdate(doc, Buffer.from(frame.snapshotB64, 'base64'));
    if (frame.type === 'remote_update') Y.applyUpdate(doc, Buffer.from(frame.deltaB64, 'base64'));
  }
}

/** Each number once, ascending, without a gap after the state. */
function expectWhole(client: TextClient): void {
  const first = client.frames[0];
  expect(first?.type).to.equal('state');
  const version = first?.type === 'state' ? first.version : Number.NaN;
  expect(client.seqs).to.deep.equal(range(version + 1, version + client.seqs.length));
}

describe('the order of what the text door tells', () => {
  let harness: TextHarness;
  before(async () => {
    harness = await startTextHarness({ cadence: { updates: 10, activeMs: 60_000 } });
  });
  after(async () => {
    await harness.close();
  });

  it('[TEXT-5] is that of the events, acks among updates, without a gap, for everybody', async () => {
    const id = await harness.create();
    const clients = await Promise.all(['a', 'b', 'c'].map((name) => harness.join(id, name)));
    for (let n = 0; n < 300; n += 1) clients[n % 3]?.update(`op ${n}`, `delta ${n}`);
    await Promise.all(clients.map((client) => client.seq(301)));
    for (const client of clients) {
      expectWhole(client);
      expect(client.of('ack')).to.have.lengthOf(100);
      expect(client.of('remote_update')).to.have.lengthOf(200);
    }
    const sent = clients[0]?.of('ack').map(({ opId }) => opId);
    expect(sent).to.deep.equal(range(0, 99).map((n) => `op ${n * 3}`));
  });

  it('[TEXT-7] goes on after any lastSeq with exactly what was missed, or begins anew', async () => {
    const id = await harness.create();
    const ann = await harness.join(id);
    for (let n = 2; n <= 12; n += 1) ann.update(`op ${n}`, `delta ${n}`);
    await ann.seq(12);
    ann.say({ type: 'snapshot', version: 6, snapshotB64: b64('state 6') });
    await ann.seq(13);
    const later = await harness.restart();
    for (let lastSeq = 0; lastSeq <= 15; lastSeq += 1) {
      const client = await later.join(id, 'bob', `&lastSeq=${lastSeq}`);
      await client.settled();
      const fits = lastSeq >= 6 && lastSeq <= 13;
      const state = { type: 'state', headSeq: 13 };
      expect(client.frames[0], `${lastSeq}`).to.deep.equal(
        fits
          ? { ...state, version: lastSeq, snapshotB64: null }
          : { ...state, version: 6, snapshotB64: b64('state 6') },
      );
      expect(client.seqs).to.deep.equal(range((fits ? lastSeq : 6) + 1, 13));
    }
    harness = later;
  });

  it('[TEXT-6] holds for a retry after a restart: the old seq, and nothing is told twice', async () => {
    const store = new MemoryStore();
    const first = await startTextHarness({ store });
    const id = await first.create();
    const ann = await first.join(id);
    ann.update('one', 'x');
    ann.update('two', 'y');
    await ann.seq(3);
    const second = await first.restart();
    const [back, bob] = [await second.join(id, 'ann', '&lastSeq=1'), await second.join(id, 'bob')];
    back.update('two', 'y');
    back.update('three', 'z');
    await back.seq(4);
    expect(back.of('ack').map(({ opId, seq }) => `${opId} ${seq}`)).to.deep.equal(['two 3', 'three 4']);
    await bob.seq(4);
    expectWhole(bob);
    await second.close();
  });

  it('[TEXT-5] survives a failure of the store: nothing acked is lost, nothing is told twice', async () => {
    const store = new FaultyStore(new MemoryStore());
    const own = await startTextHarness({ store });
    const id = await own.create();
    const [ann, bob] = [await own.join(id, 'ann'), await own.join(id, 'bob')];
    ann.update('one', 'x');
    await ann.seq(2);
    store.failNext('lose-answer');
    ann.update('two', 'y');
    const { code, opId } = await ann.hear('error');
    expect([code, opId]).to.deep.equal(['unavailable', 'two']);
    // The document was read anew: both begin again from it.
    for (const client of [ann, bob]) await client.hear('state', () => client.of('state').length === 2);
    store.failNext('refuse');
    bob.update('three', 'z');
    await bob.hear('error');
    for (const client of [ann, bob]) await client.hear('state', () => client.of('state').length === 3);
    ann.update('two', 'y');
    bob.update('three', 'z');
    await ann.seq(4);
    await bob.hear('ack');
    await ann.settled();
    expect(ann.of('ack').map(({ opId, seq }) => `${opId} ${seq}`)).to.deep.equal(['one 2', 'two 3']);
    expect(bob.of('ack')).to.deep.equal([{ type: 'ack', opId: 'three', seq: 4 }]);
    const carol = await own.join(id, 'carol');
    expect(carol.of('remote_update').map(({ deltaB64 }) => deltaB64)).to.deep.equal(['x', 'y', 'z'].map(b64));
    await own.close();
  });

  it('[TEXT-1] answers what is said before the state is there behind it', async () => {
    const store = new FaultyStore(new MemoryStore());
    const own = await startTextHarness({ store });
    const id = await own.create();
    const ann = await own.join(id, 'ann');
    store.failNext('hang', id);
    ann.update('one', 'x');
    await ann.knock();
    const bob = await own.connect(id, 'userId=bob');
    bob.update('rubbish', 'y', { deltaB64: '?' });
    bob.say({ type: 'ping', ts: 7 });
    await bob.knock();
    expect(bob.frames).to.deep.equal([]);
    store.release();
    await bob.hear('pong');
    expect(bob.frames.map(({ type }) => type)).to.deep.equal([
      'state',
      'document',
      'remote_update',
      'error',
      'pong',
    ]);
    await own.close();
  });

  it('[TEXT-2] lets two Yjs clients converge, whatever the interleaving and whenever they drop out', async () => {
    const step = fc.record({
      who: fc.nat(1),
      what: fc.constantFrom('type', 'type', 'type', 'cut', 'drop', 'wait'),
      at: fc.nat(1_000),
      text: fc.string({ minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
        fc.constantFrom('opaque' as const, 'yjs' as const),
        async (steps, crdt) => {
          const id = await harness.create(crdt);
          const people = [1, 2].map((clientID) => {
            const doc = new Y.Doc();
            doc.clientID = clientID;
            const unacked = new Map<string, Uint8Array>();
            let made = 0;
            const person = { doc, unacked, client: undefined as TextClient | undefined, last: 0 };
            doc.on('update', (update: Uint8Array, origin: unknown) => {
              if (origin !== 'typed') return;
              made += 1;
              const opId = `${clientID}-${made}`;
              unacked.set(opId, update);
              person.client?.update(opId, update);
            });
            return person;
          });
          const arrive = async (person: (typeof people)[number]): Promise<void> => {
            person.client = await harness.join(id, 'ann', person.last === 0 ? '' : `&lastSeq=${person.last}`);
            for (const [opId, update] of person.unacked) person.client.update(opId, update);
          };
          const drop = async (person: (typeof people)[number]): Promise<void> => {
            const { client } = person;
            if (client === undefined) return;
            client.ws.terminate();
            await client.closed;
            read(person.doc, client.frames);
            for (const { opId } of client.of('ack')) person.unacked.delete(opId);
            const [first] = client.of('state');
            // The ack of a retry repeats an old number.
            person.last = Math.max(first?.version ?? 0, ...client.seqs);
            person.client = undefined;
          };
          for (const { who, what, at, text } of steps) {
            const person = people[who];
            if (person === undefined) continue;
            const shared = person.doc.getText('t');
            if (what === 'drop') await drop(person);
            else if (what === 'wait') await person.client?.settled();
            else if (what === 'cut') {
              person.doc.transact(() => shared.delete(0, Math.min(shared.length, at % 5)), 'typed');
            } else person.doc.transact(() => shared.insert(at % (shared.length + 1), text), 'typed');
            if (person.client === undefined && what !== 'drop') await arrive(person);
          }
          for (const person of people) if (person.client === undefined) await arrive(person);
          for (const person of people) {
            const { client, unacked } = person;
            if (client === undefined) continue;
            await client.hear('state');
            for (const opId of unacked.keys()) await client.hear('ack', (ack) => ack.opId === opId);
          }
          const head = await harness.runtime.documents.open('text', id).head();
          for (const { client } of people) {
            const { version = 0 } = client?.of('state')[0] ?? {};
            if (head > version) await client?.seq(head);
          }
          for (const person of people) await drop(person);
          const witness = await harness.join(id, 'witness');
          const third = new Y.Doc();
          read(third, witness.frames);
          expectWhole(witness);
          await witness.leave();
          const texts = [...people.map(({ doc }) => doc), third].map((doc) => doc.getText('t').toString());
          expect(new Set(texts).size, JSON.stringify(texts)).to.equal(1);
        },
      ),
      { numRuns: 30 },
    );
  }).timeout(120_000);

  it('[TEXT-1] is the same for one who comes while others write', async () => {
    const id = await harness.create();
    const ann = await harness.join(id);
    let made = 0;
    const write = (count: number) => {
      for (let n = 0; n < count; n += 1) ann.update(`op ${++made}`, `delta ${made}`);
    };
    const comers: TextClient[] = [];
    for (let n = 0; n < 20; n += 1) {
      write(10);
      comers.push(await harness.connect(id, `userId=c${n}`));
    }
    for (const comer of comers) {
      await comer.seq(made + 1);
      expectWhole(comer);
    }
  });

  it('names the documents by what they are: none of another kind is at this door', async () => {
    const { documents } = harness.runtime;
    const id = await harness.create();
    expect(await documents.find('counter', id).catch(({ code }: { code: string }) => code)).to.equal(
      'not_found',
    );
    await documents.open('text', id).execute({ type: 'document.delete' }, ALICE);
  });
});
