import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { DocumentId, EntityId } from '../../protocol/ids.ts';
import type { Claim, DocumentStore } from '../../storage/port.ts';
import { AT, claimOf, entity, event, row } from '../helpers/store-fixtures.ts';

/**
 * What every store promises of the list of documents and of what is in them.
 * @param opened the store of the test that runs
 */
export function describeDirectory(opened: () => DocumentStore): void {
  describe('the directory', () => {
    let store: DocumentStore;
    beforeEach(() => {
      store = opened();
    });
    const claimed = (): Promise<Claim> => claimOf(store);

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
      expect([await found('QUARTER'), await found('0%'), await found('r_b'), await found('%')]).to.deep.equal(
        [2, 1, 1, 1],
      );
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
}
