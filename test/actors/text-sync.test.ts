import { expect } from 'chai';
import * as Y from 'yjs';
import { TextReader } from '../../actors/text-reader.ts';
import { TextSync } from '../../actors/text-sync.ts';
import type { TextFact, TextOpening } from '../../protocol/text-messages.ts';
import { newDocumentId } from '../helpers/runtime.ts';

/** A text document that is nothing but its log. */
class Log {
  readonly id = newDocumentId();
  readonly server = new Y.Doc();
  snapshot: TextOpening['snapshot'] = { version: 0, bytes: new Uint8Array(0) };
  tail: TextFact[] = [];

  add(delta: Uint8Array): void {
    Y.applyUpdate(this.server, delta);
    this.tail.push({ type: 'update', actorId: 'ann', delta, snapshotDue: false });
  }

  /** As the server does: the snapshot swallows the tail. */
  compact(): void {
    const version = this.snapshot.version + this.tail.length;
    this.snapshot = { version, bytes: new Uint8Array(Y.encodeStateAsUpdate(this.server)) };
    this.tail = [];
  }

  query(): Promise<TextOpening> {
    return Promise.resolve({ snapshot: this.snapshot, tail: this.tail.slice() });
  }
}

const edit = (doc: Y.Doc, change: (text: Y.Text) => void): Uint8Array => {
  const before = Y.encodeStateVector(doc);
  const text = doc.getText('text');
  doc.transact(() => change(text));
  return Y.encodeStateAsUpdate(doc, before);
};

/** Numbers that look random and are the same each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed + 1;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

for (const [where, smallBytes] of [
  ['at once', 1_000_000],
  ['in a thread', 0],
] as const) {
  describe(`comparing a text with its clients, read ${where}`, () => {
    const reader = new TextReader({ smallBytes });
    after(() => reader.stop());

    it('brings any two states together, whatever each lacks, and knows what is known', async () => {
      for (let seed = 0; seed < 12; seed += 1) {
        const roll = dice(seed);
        const sync = new TextSync({ reader });
        const log = new Log();
        const clients = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
        for (let step = 0; step < 60; step += 1) {
          const client = clients[roll(3)] ?? new Y.Doc();
          const update = edit(client, (text) => {
            if (roll(3) > 0 || text.length === 0) text.insert(roll(text.length + 1), `${step};`);
            else text.delete(roll(text.length), 1);
          });
          // Some of it arrives at once, the rest with the handshake.
          if (roll(2) === 0 && Y.decodeStateVector(Y.encodeStateVector(log.server)).size > 0) {
            Y.applyUpdate(client, Y.encodeStateAsUpdate(log.server, Y.encodeStateVector(client)));
            log.add(Y.encodeStateAsUpdate(client, Y.encodeStateVector(log.server)));
          } else if (step === 0) log.add(update);
          if (roll(20) === 0) log.compact();
          if (roll(5) > 0) continue;
          const { updates, stateVector } = await sync.difference(log, Y.encodeStateVector(client));
          for (const each of updates) Y.applyUpdate(client, each);
          expect(stateVector.length).to.be.at.least(1);
          const answer = Y.encodeStateAsUpdate(client, stateVector);
          const before = Y.encodeStateAsUpdate(log.server);
          const isKnown = await sync.isKnown(log, answer);
          if (!isKnown) log.add(answer);
          expect(client.getText('text').toString()).to.equal(log.server.getText('text').toString());
          if (isKnown) expect(Y.encodeStateAsUpdate(client)).to.deep.equal(before);
          expect(await sync.isKnown(log, answer)).to.equal(true);
        }
      }
    });

    it('says of a text exactly what it has, also where updates in the middle are missing', async () => {
      const sync = new TextSync({ reader });
      const log = new Log();
      const doc = Object.assign(new Y.Doc(), { clientID: 5 });
      const parts = ['a', 'b', 'c'].map((letter) => edit(doc, (text) => text.insert(text.length, letter)));
      expect(await sync.stateVector(log)).to.deep.equal(Uint8Array.of(0));
      for (const [at, clock] of [
        [0, 1],
        [2, 1],
        [1, 3],
      ] as const) {
        log.add(parts[at] ?? new Uint8Array(0));
        expect(await sync.stateVector(log)).to.deep.equal(Uint8Array.of(1, 5, clock));
      }
    });

    it('tells one who lacks only deletions the deletions only', async () => {
      const sync = new TextSync({ reader });
      const log = new Log();
      const doc = new Y.Doc();
      log.add(edit(doc, (text) => text.insert(0, 'x'.repeat(5_000))));
      log.compact();
      const client = new Y.Doc();
      Y.applyUpdate(client, Y.encodeStateAsUpdate(doc));
      log.add(edit(doc, (text) => text.delete(10, 4_000)));
      const { updates } = await sync.difference(log, Y.encodeStateVector(client));
      expect(updates).to.have.lengthOf(1);
      expect(updates[0]?.length).to.be.below(20);
      Y.applyUpdate(client, updates[0] ?? new Uint8Array(0));
      expect(client.getText('text').length).to.equal(1_000);
    });

    it('refuses what is no state vector, and knows nothing that is no update', async () => {
      const sync = new TextSync({ reader });
      const log = new Log();
      const failure = await sync.difference(log, Uint8Array.of(9)).catch((error: unknown) => error);
      expect(failure).to.include({ code: 'bad_message' });
      expect(await sync.isKnown(log, Uint8Array.of(9))).to.equal(false);
    });
  });
}

describe('the thread that reads updates', () => {
  it('takes one job after the other, and fails alone', async () => {
    const reader = new TextReader({ smallBytes: 0 });
    const doc = new Y.Doc();
    const update = edit(doc, (text) => text.insert(0, 'word'));
    const results = await Promise.allSettled([
      reader.read({ covered: [update] }),
      reader.read({ covered: [Uint8Array.of(7, 7)] }),
      reader.read({ covered: [update] }),
    ]);
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    await reader.stop();
  });
});
