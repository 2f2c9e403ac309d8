import { expect } from 'chai';
import type { DocumentId } from '../../protocol/ids.ts';
import { type Claim, type DocumentStore, Fenced, SeqConflict, type StoredEvent } from '../../storage/port.ts';
import {
  claimOf,
  entity,
  event,
  failure,
  newDocument,
  row,
  seqsOf,
  snapshot,
} from '../helpers/store-fixtures.ts';
import { describeDirectory } from './document-store-directory.ts';
import { describeSnapshots } from './document-store-snapshots.ts';

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

    const seqs = (id: DocumentId, after?: number): Promise<number[]> => seqsOf(store, id, after);
    const claimed = (upTo?: number): Promise<Claim> => claimOf(store, upTo);

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

    describeSnapshots(() => store);

    describeDirectory(() => store);

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
