import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { DocumentId } from '../../protocol/ids.ts';
import { type Claim, type DocumentStore, Fenced, SeqConflict, type Snapshot } from '../../storage/port.ts';
import { claimOf, event, events, failure, seqsOf, snapshot } from '../helpers/store-fixtures.ts';

/**
 * What every store promises of snapshots, and of the log behind them.
 * @param opened the store of the test that runs
 */
export function describeSnapshots(opened: () => DocumentStore): void {
  describe('snapshots', () => {
    let store: DocumentStore;
    beforeEach(() => {
      store = opened();
    });
    const seqs = (id: DocumentId, after?: number): Promise<number[]> => seqsOf(store, id, after);
    const claimed = (upTo?: number): Promise<Claim> => claimOf(store, upTo);

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

    it('[STORE-6] keeps the whole log while there are fewer snapshots than are to be kept', async () => {
      const claim = await claimed(50);
      await store.append(claim, { events: [event(51)], pins: [snapshot(5, true)] });
      for (const seq of [10, 20, 30, 40]) {
        await store.prune(claim, 5);
        await store.putSnapshot(claim, snapshot(seq));
      }
      await store.prune(claim, 5);
      expect(await store.firstSeq(claim.id)).to.equal(1);
      expect(await seqs(claim.id)).to.have.length(51);
      await store.putSnapshot(claim, snapshot(50));
      await store.prune(claim, 5);
      expect(await store.firstSeq(claim.id)).to.equal(11);
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
}
