import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { DocumentId, EntityId, UserId } from '../../protocol/ids.ts';
import {
  type Claim,
  type DocumentRow,
  type DocumentStore,
  type EntityRow,
  Fenced,
  SeqConflict,
  type Snapshot,
  type StoredEvent,
} from '../../storage/port.ts';

const AT = Date.UTC(2026, 0, 1);
const newDocument = (): DocumentId => randomUUID() as DocumentId;

const event = (seq: number, text = `event ${seq}`): StoredEvent => ({
  seq,
  at: AT + seq,
  by: 'alice' as UserId,
  version: 1,
  bytes: Buffer.from(text),
});
const events = (from: number, to: number): StoredEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => event(from + i));
const snapshot = (seq: number, pinned = false): Snapshot => ({
  seq,
  at: AT + seq,
  bytes: Buffer.from(`state ${seq}`),
  pinned,
});
const row = (id: DocumentId, change: Partial<DocumentRow> = {}): DocumentRow => ({
  id,
  kind: 'counter',
  title: 'A title',
  createdAt: AT,
  updatedAt: AT,
  deleted: false,
  wire: { id, name: 'A title', list: [1, null, 'ü'] },
  ...change,
});
const entity = (documentId: DocumentId, change: Partial<EntityRow> = {}): EntityRow => ({
  id: randomUUID() as EntityId,
  type: 'annotation',
  documentId,
  createdAt: AT,
  deleted: false,
  open: false,
  ...change,
});

/** Rejects with the error; fails where the promise resolves. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('resolved, but a rejection was expected');
}

/**
 * The promises of the storage port, which every store keeps.
 * @param open a fresh, empty store
 */
export function describeDocumentStore(name: string, open: () => Promise<DocumentStore>): void {
  describe(`the ${name} store`, () => {
    let store: DocumentStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const seqs = async (id: DocumentId, after = 0): Promise<number[]> => {
      const found: number[] = [];
      for await (const chunk of store.read(id, after)) found.push(...chunk.map(({ seq }) => seq));
      return found;
    };
    const claimed = async (upTo = 0): Promise<Claim> => {
      const claim = await store.claim(newDocument(), 'test');
      if (upTo > 0) await store.append(claim, { events: events(1, upTo) });
      return claim;
    };

    describe('claims', () => {
      it('[STORE-1] counts epochs up and tells the head of the log', async () => {
        const first = await claimed(3);
        const second = await store.claim(first.id, 'other');
        expect([first.epoch, first.head]).to.deep.equal([1, 0]);
        expect([second.epoch, second.head, second.owner]).to.deep.equal([2, 3, 'other']);
      });

      it('[STORE-2] fences every older claim from appending, snapshotting and pruning', async () => {
        const old = await claimed(1);
        const present = await store.claim(old.id, 'other');
        expect(await failure(store.append(old, { events: [event(2)], row: row(old.id) }))).to.be.instanceOf(
          Fenced,
        );
        expect(await failure(store.putSnapshot(old, snapshot(1)))).to.be.instanceOf(Fenced);
        expect(await failure(store.prune(old, 1))).to.be.instanceOf(Fenced);
        expect(await seqs(old.id)).to.deep.equal([1]);
        expect(await store.directory.find(old.id)).to.equal(undefined);
        await store.append(present, { events: [event(2)] });
        expect(await seqs(old.id)).to.deep.equal([1, 2]);
      });

      it('[STORE-2] lets only one of many owners win when all claim at once', async () => {
        const id = newDocument();
        const claims = await Promise.all(Array.from({ length: 10 }, (_, i) => store.claim(id, `node ${i}`)));
        expect(new Set(claims.map(({ epoch }) => epoch)).size).to.equal(10);
        const outcomes = await Promise.allSettled(
          claims.map((claim) => store.append(claim, { events: [event(1)] })),
        );
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
        expect(await seqs(id)).to.deep.equal([1]);
      });
    });

    describe('the log', () => {
      it('[STORE-3] gives back each event as it was, in order', async () => {
        const claim = await claimed();
        const stored: StoredEvent = {
          ...event(1),
          operationId: 'op' as NonNullable<StoredEvent['operationId']>,
          operationType: 'add',
          version: 7,
          bytes: Uint8Array.from({ length: 256 }, (_, i) => i),
        };
        await store.append(claim, { events: [stored, event(2)] });
        const read: StoredEvent[] = [];
        for await (const chunk of store.read(claim.id, 0)) read.push(...chunk);
        expect(read.map((one) => ({ ...one, bytes: [...one.bytes] }))).to.deep.equal(
          [stored, event(2)].map((one) => ({ ...one, bytes: [...one.bytes] })),
        );
      });

      it('[STORE-3] reads what comes after a seq, also over many chunks', async () => {
        const claim = await claimed(1_500);
        expect(await seqs(claim.id, 1_490)).to.deep.equal([
          1491, 1492, 1493, 1494, 1495, 1496, 1497, 1498, 1499, 1500,
        ]);
        expect(await seqs(claim.id)).to.have.length(1_500);
        expect(await seqs(claim.id, 1_500)).to.deep.equal([]);
        expect(await seqs(newDocument())).to.deep.equal([]);
      });

      it('[STORE-3] reads no more events at once than it is asked for', async () => {
        const claim = await claimed(20);
        const chunks: number[][] = [];
        for await (const chunk of store.read(claim.id, 3, undefined, 7))
          chunks.push(chunk.map(({ seq }) => seq));
        expect(chunks.flat()).to.deep.equal(Array.from({ length: 17 }, (_, i) => i + 4));
        expect(chunks.map(({ length }) => length)).to.deep.equal([7, 7, 3]);
      });

      it('[STORE-15] tells where many logs are at once, also where all events are pruned', async () => {
        const [plain, pinned, pruned, empty] = await Promise.all([
          claimed(3),
          claimed(9),
          claimed(5),
          claimed(),
        ]);
        await store.append(pinned, { events: [event(10)], pins: [snapshot(4, true)] });
        await store.putSnapshot(pruned, snapshot(2));
        await store.putSnapshot(pruned, snapshot(5));
        await store.prune(pruned, 1);
        const ids = [plain.id, empty.id, pinned.id, newDocument(), pruned.id];
        const expected = [
          [plain.id, { head: 3, snapshotSeq: 0 }],
          [pinned.id, { head: 10, snapshotSeq: 4 }],
          [pruned.id, { head: 5, snapshotSeq: 5 }],
        ];
        expect([...(await store.heads(ids))]).to.have.deep.members(expected);
        expect([...(await store.heads([]))]).to.deep.equal([]);
      });

      it('[STORE-4] refuses a batch that leaves a gap, repeats or jumps, and keeps nothing of it', async () => {
        const claim = await claimed(2);
        for (const wrong of [[event(4)], [event(2)], [event(3), event(5)], [event(3), event(3)]]) {
          const batch = { events: wrong, row: row(claim.id), entities: [entity(claim.id)] };
          expect(await failure(store.append(claim, batch))).to.be.instanceOf(SeqConflict);
        }
        expect(await seqs(claim.id)).to.deep.equal([1, 2]);
        expect(await store.directory.find(claim.id)).to.equal(undefined);
        await store.append(claim, { events: [event(3)] });
        expect(await seqs(claim.id)).to.deep.equal([1, 2, 3]);
      });

      it('[STORE-4] keeps logs of different documents apart', async () => {
        const [one, other] = await Promise.all([claimed(3), claimed(5)]);
        expect(await seqs(one.id)).to.have.length(3);
        expect(await seqs(other.id)).to.have.length(5);
      });
    });

    describe('snapshots', () => {
      it('[STORE-5] finds the newest one at or before a seq', async () => {
        const claim = await claimed(30);
        await store.putSnapshot(claim, snapshot(10));
        await store.putSnapshot(claim, snapshot(20));
        const at = async (seq?: number) => (await store.getSnapshot(claim.id, seq))?.seq;
        expect([await at(), await at(25), await at(20), await at(19), await at(9)]).to.deep.equal([
          20,
          20,
          20,
          10,
          undefined,
        ]);
        expect(Buffer.from((await store.getSnapshot(claim.id))?.bytes ?? []).toString()).to.equal('state 20');
      });

      it('[STORE-5] gives back a large one as it was, beside others', async () => {
        const claim = await claimed(3);
        const large = randomBytes(3 * 1024 * 1024 + 17);
        await store.putSnapshot(claim, snapshot(1));
        await Promise.all([
          store.putSnapshot(claim, { ...snapshot(2), bytes: large }),
          store.append(claim, { events: [event(4)] }),
        ]);
        await store.putSnapshot(claim, snapshot(3));
        const found = await store.getSnapshot(claim.id, 2);
        expect(found?.seq).to.equal(2);
        expect(Buffer.compare(found?.bytes ?? Buffer.of(), large)).to.equal(0);
        await store.prune(claim, 1);
        expect((await store.getSnapshot(claim.id))?.seq).to.equal(3);
        expect(await store.getSnapshot(claim.id, 2)).to.equal(undefined);
      });

      it('[STORE-7] keeps the pin where a large snapshot of the same state is put, too', async () => {
        const claim = await claimed(3);
        await store.append(claim, { events: [event(4)], pins: [snapshot(3, true)] });
        const large = { ...snapshot(3), bytes: new Uint8Array(2 * 1024 * 1024) };
        await store.putSnapshot(claim, large);
        expect((await store.getSnapshot(claim.id, 3))?.pinned).to.equal(true);
      });

      it('[STORE-5] refuses a state that the log does not have', async () => {
        const claim = await claimed(3);
        expect(await failure(store.putSnapshot(claim, snapshot(4)))).to.be.instanceOf(SeqConflict);
        const ahead = { events: [event(4)], pins: [snapshot(5, true)] };
        expect(await failure(store.append(claim, ahead))).to.be.instanceOf(SeqConflict);
        expect(await store.getSnapshot(claim.id)).to.equal(undefined);
        expect(await seqs(claim.id)).to.deep.equal([1, 2, 3]);
      });

      it('[STORE-6] prunes to the newest few and the events behind them', async () => {
        const claim = await claimed(50);
        for (const seq of [10, 20, 30, 40]) await store.putSnapshot(claim, snapshot(seq));
        await store.prune(claim, 2);
        expect(await store.firstSeq(claim.id)).to.equal(31);
        expect(await seqs(claim.id)).to.have.length(20);
        expect((await store.getSnapshot(claim.id, 29))?.seq).to.equal(undefined);
        await store.append(claim, { events: [event(51)] });
        expect(await seqs(claim.id, 49)).to.deep.equal([50, 51]);
        expect((await store.claim(claim.id, 'next')).head).to.equal(51);
      });

      it('[STORE-6] keeps the whole log while there is no snapshot', async () => {
        const claim = await claimed(20);
        await store.prune(claim, 5);
        expect(await store.firstSeq(claim.id)).to.equal(1);
        expect(await seqs(claim.id)).to.have.length(20);
      });

      it('[STORE-6] keeps what a state that is needed is rebuilt from, until it is needed no longer', async () => {
        const claim = await claimed(50);
        for (const seq of [10, 20, 30, 40]) await store.putSnapshot(claim, snapshot(seq));
        await store.prune(claim, 1, [35, 25]);
        expect((await store.getSnapshot(claim.id, 25))?.seq).to.equal(20);
        expect(await store.getSnapshot(claim.id, 19)).to.equal(undefined);
        expect((await seqs(claim.id))[0]).to.equal(21);
        await store.prune(claim, 1, [35]);
        expect((await seqs(claim.id))[0]).to.equal(31);
        await store.prune(claim, 1, []);
        expect((await seqs(claim.id))[0]).to.equal(41);
      });

      it('[STORE-6] keeps the whole log for a state that is rebuilt from nothing', async () => {
        const claim = await claimed(30);
        for (const seq of [10, 20]) await store.putSnapshot(claim, snapshot(seq));
        await store.prune(claim, 1, [4]);
        expect(await seqs(claim.id)).to.have.length(30);
      });

      it('[STORE-6] keeps nothing for a state that is pinned, or gone', async () => {
        const claim = await claimed(10);
        await store.append(claim, { events: [event(11)], pins: [snapshot(5, true)] });
        await store.append(claim, { events: events(12, 50) });
        for (const seq of [20, 40]) await store.putSnapshot(claim, snapshot(seq));
        await store.prune(claim, 2);
        await store.prune(claim, 1, [5, 8]);
        expect((await seqs(claim.id))[0]).to.equal(41);
      });

      it('[STORE-17] thins to so many, the newer the denser, and leaves the log and the pins', async () => {
        const claim = await claimed(1);
        await store.append(claim, { events: events(2, 1_600), pins: [snapshot(55, true)] });
        for (let seq = 10; seq <= 1_600; seq += 10) {
          await store.putSnapshot(claim, snapshot(seq));
          await store.thin(claim, 8);
        }
        const left: number[] = [];
        for (let seq: number | undefined = 1_600; seq !== undefined; ) {
          const found: Snapshot | undefined = await store.getSnapshot(claim.id, seq);
          if (found?.pinned === false) left.unshift(found.seq);
          seq = found && found.seq - 1;
        }
        expect(left).to.have.length(8);
        expect(left.at(-1)).to.equal(1_600);
        // Whatever state is asked for: what is replayed is in proportion to its age.
        for (const [index, seq] of left.entries()) {
          const gap = (left[index + 1] ?? seq) - seq;
          expect(gap).to.be.at.most(Math.max(10, 1_600 - seq));
        }
        expect(left[0]).to.be.at.most(800);
        expect((await store.getSnapshot(claim.id, 59))?.seq).to.equal(55);
        expect(await seqs(claim.id)).to.have.length(1_600);
        expect(await failure(store.thin({ ...claim, epoch: 0 }, 8))).to.be.instanceOf(Fenced);
      });

      it('[STORE-7] keeps a pinned state for good, in the same transaction as its event', async () => {
        const claim = await claimed(10);
        await store.append(claim, { events: [event(11)], pins: [snapshot(10, true)] });
        await store.append(claim, { events: events(12, 40) });
        for (const seq of [20, 30, 40]) await store.putSnapshot(claim, snapshot(seq));
        await store.prune(claim, 1);
        expect((await store.getSnapshot(claim.id, 10))?.pinned).to.equal(true);
        expect((await store.getSnapshot(claim.id, 39))?.seq).to.equal(10);
        expect(await store.firstSeq(claim.id)).to.equal(41);
      });

      it('[STORE-7] never weakens a pin', async () => {
        const claim = await claimed(10);
        await store.append(claim, { events: [event(11)], pins: [snapshot(10, true)] });
        await store.putSnapshot(claim, snapshot(10));
        await store.putSnapshot(claim, snapshot(11));
        await store.prune(claim, 1);
        expect((await store.getSnapshot(claim.id, 10))?.pinned).to.equal(true);
      });
    });

    describe('the directory', () => {
      it('[STORE-8] shows a document from the moment its event is in the log, and its newest row', async () => {
        const claim = await claimed();
        expect(await store.directory.find(claim.id)).to.equal(undefined);
        await store.append(claim, { events: [event(1)], row: row(claim.id) });
        expect(await store.directory.find(claim.id)).to.deep.equal(row(claim.id));
        const renamed = row(claim.id, { title: 'New', wire: { name: 'New' }, updatedAt: AT + 5 });
        await store.append(claim, { events: [event(2)], row: renamed });
        expect(await store.directory.find(claim.id)).to.deep.equal(renamed);
      });

      it('[STORE-9] lists by creation, then id, page by page, the deleted only where they are asked for', async () => {
        const ids: DocumentId[] = [];
        for (let i = 0; i < 7; i++) {
          const claim = await claimed();
          ids.push(claim.id);
          const createdAt = AT + Math.floor(i / 2);
          await store.append(claim, {
            events: [event(1)],
            row: row(claim.id, { createdAt, deleted: i === 3 }),
          });
        }
        const expected = ids
          .map((id, i) => ({ id, createdAt: Math.floor(i / 2) }))
          .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
          .map(({ id }) => id);
        const list = async (page: number, size: number, includeDeleted: boolean) => {
          const { rows, total } = await store.directory.list('counter', { page, size, includeDeleted });
          return { ids: rows.map(({ id }) => id), total };
        };
        expect(await list(1, 100, true)).to.deep.equal({ ids: expected, total: 7 });
        const present = expected.filter((id) => id !== ids[3]);
        expect(await list(2, 4, false)).to.deep.equal({ ids: present.slice(4), total: 6 });
        expect(await list(9, 4, false)).to.deep.equal({ ids: [], total: 6 });
        const other = await store.directory.list('other', { page: 1, size: 10, includeDeleted: true });
        expect(other).to.deep.equal({ rows: [], total: 0 });
      });

      it('[STORE-9] searches titles for a literal part, whatever its case', async () => {
        for (const title of ['Quarterly 100% report', 'quarter_back', 'Other']) {
          const claim = await claimed();
          await store.append(claim, { events: [event(1)], row: row(claim.id, { title }) });
        }
        const found = async (query: string) =>
          (await store.directory.list('counter', { page: 1, size: 10, includeDeleted: false, query })).total;
        expect([
          await found('QUARTER'),
          await found('0%'),
          await found('r_b'),
          await found('%'),
        ]).to.deep.equal([2, 1, 1, 1]);
      });

      it('[STORE-10] finds things by their own id and lists them over all documents', async () => {
        const [one, other] = await Promise.all([claimed(), claimed()]);
        const first = entity(one.id, { createdAt: AT + 1 });
        const second = entity(other.id, { createdAt: AT });
        await store.append(one, { events: [event(1)], row: row(one.id), entities: [first] });
        await store.append(other, { events: [event(1)], row: row(other.id), entities: [second] });
        expect(await store.directory.locate(first.id)).to.deep.equal(first);
        expect(await store.directory.locate(randomUUID() as EntityId)).to.equal(undefined);
        const query = { page: 1, size: 10, includeDeleted: false };
        expect((await store.directory.entities('annotation', query)).rows).to.deep.equal([second, first]);
        expect((await store.directory.entities('version', query)).total).to.equal(0);

        await store.append(one, { events: [event(2)], entities: [{ ...first, deleted: true }] });
        expect((await store.directory.entities('annotation', query)).rows).to.deep.equal([second]);
        const all = { ...query, includeDeleted: true };
        expect((await store.directory.entities('annotation', all)).total).to.equal(2);

        await store.append(other, { events: [event(2)], row: row(other.id, { deleted: true }) });
        expect((await store.directory.entities('annotation', all)).rows.map(({ id }) => id)).to.deep.equal([
          first.id,
        ]);
      });

      it('[STORE-10] leaves an id with the document that had it first', async () => {
        const [one, other] = await Promise.all([claimed(), claimed()]);
        const first = entity(one.id);
        await store.append(one, { events: [event(1)], row: row(one.id), entities: [first] });
        const stolen = { ...first, documentId: other.id, deleted: true };
        await store.append(other, { events: [event(1)], row: row(other.id), entities: [stolen] });
        expect(await store.directory.locate(first.id)).to.deep.equal(first);
      });

      it('[STORE-11] knows which documents have unfinished work', async () => {
        const claim = await claimed();
        const [a, b] = [entity(claim.id, { open: true }), entity(claim.id, { open: true })];
        await store.append(claim, { events: [event(1)], row: row(claim.id), entities: [a, b] });
        expect(await store.directory.withOpenWork()).to.deep.equal([claim.id]);
        await store.append(claim, { events: [event(2)], entities: [{ ...a, open: false }] });
        expect(await store.directory.withOpenWork()).to.deep.equal([claim.id]);
        await store.append(claim, { events: [event(3)], entities: [{ ...b, open: false }] });
        expect(await store.directory.withOpenWork()).to.deep.equal([]);
      });
    });

    describe('blobs', () => {
      it('[STORE-12] keeps bytes by the hash of their content', async () => {
        const bytes = Buffer.from('a picture');
        const hash = await store.blobs.put(bytes);
        expect(hash).to.match(/^[0-9a-f]{64}$/);
        expect(await store.blobs.put(Buffer.from('a picture'))).to.equal(hash);
        expect(Buffer.from((await store.blobs.get(hash)) ?? []).toString()).to.equal('a picture');
        expect(await store.blobs.get('0'.repeat(64))).to.equal(undefined);
      });
    });

    describe('settings', () => {
      it('[STORE-16] are kept by their names, as they were given', async () => {
        const { settings } = store;
        expect(await settings.get('name')).to.equal(undefined);
        await settings.put('name', 'one');
        await settings.put('other', 'lone \ud800, NUL \0, ü');
        await settings.put('name', 'two');
        expect(await settings.get('name')).to.equal('two');
        expect(await settings.get('other')).to.equal('lone \ud800, NUL \0, ü');
      });

      it('[STORE-16] are made once, whoever tries at the same time', async () => {
        const { settings } = store;
        const made = await Promise.all(['a', 'b', 'c'].map((value) => settings.create('secret', value)));
        expect(new Set(made).size).to.equal(1);
        expect(await settings.get('secret')).to.equal(made[0]);
        expect(await settings.create('secret', 'later')).to.equal(made[0]);
        await settings.put('secret', 'rotated');
        expect(await settings.create('secret', 'later')).to.equal('rotated');
      });
    });

    it('[STORE-13] serves no more once it is closed', async () => {
      await store.ping();
      const id = newDocument();
      await store.close();
      await failure(store.ping());
      await failure(store.claim(id, 'test'));
    });
  });
}
