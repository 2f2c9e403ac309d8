import { statSync } from 'node:fs';
import { expect } from 'chai';
import type { DocumentId, UserId } from '../../protocol/ids.ts';
import { type DocumentStore, Fenced, SeqConflict } from '../../storage/port.ts';
import { openSqliteStore } from '../../storage/sqlite/open-sqlite-store.ts';
import { describeDocumentStore } from '../contracts/document-store.ts';
import {
  entity,
  event,
  events,
  failure,
  newDocument,
  operation,
  row,
  seqsOf,
  snapshot,
} from '../helpers/store-fixtures.ts';
import { FaultyDriver, scratchDirectory, threadOn } from './sqlite-faults.ts';

const scratch = scratchDirectory();
let files = 0;
const newFile = (): string => scratch.path(`${files++}.db`);
after(scratch.remove);

describeDocumentStore('sqlite', () => openSqliteStore(newFile()));

describe('the sqlite store', () => {
  let path: string;
  let driver: FaultyDriver;
  let store: DocumentStore;
  const open = (): Promise<DocumentStore> => openSqliteStore(path, { startThread: threadOn(driver) });
  const commits = (): number => driver.calls.filter((sql) => sql === 'COMMIT').length;

  beforeEach(async () => {
    path = newFile();
    driver = new FaultyDriver();
    store = await open();
  });
  afterEach(() => store.close());

  describe('group commit', () => {
    it('makes the appends of one turn durable with one commit, whatever their documents', async () => {
      const claims = await Promise.all(Array.from({ length: 50 }, () => store.claim(newDocument(), 'test')));
      const before = commits();
      await Promise.all(claims.map((claim) => store.append(claim, { events: [event(1)] })));
      expect(commits() - before).to.equal(1);
    });

    it('commits a lone append at once', async () => {
      const claim = await store.claim(newDocument(), 'test');
      const before = commits();
      await store.append(claim, { events: [event(1)] });
      expect(commits() - before).to.equal(1);
    });

    it('[STORE-2] [STORE-4] refuses a fenced or misplaced append alone, within a group that goes through', async () => {
      const [a, b, c] = [newDocument(), newDocument(), newDocument()];
      const old = await store.claim(a, 'old');
      const present = await store.claim(a, 'new');
      const [other, third] = await Promise.all([store.claim(b, 'test'), store.claim(c, 'test')]);
      const before = commits();
      const outcomes = await Promise.allSettled([
        store.append(other, { events: [event(1)] }),
        store.append(old, { events: [event(1)] }),
        store.append(third, { events: [event(2)] }),
        store.append(present, { events: [event(1)] }),
        store.append(other, { events: [event(2)] }),
      ]);
      expect(
        outcomes.map((one) => (one.status === 'rejected' ? one.reason.constructor : 'stored')),
      ).to.deep.equal(['stored', Fenced, SeqConflict, 'stored', 'stored']);
      expect(commits() - before).to.equal(1);
      expect([await seqsOf(store, a), await seqsOf(store, b), await seqsOf(store, c)]).to.deep.equal([
        [1],
        [1, 2],
        [],
      ]);
    });

    it('rejects what cannot be sent to its thread, and nothing else', async () => {
      const claim = await store.claim(newDocument(), 'test');
      const [wrong, right] = await Promise.allSettled([
        store.append(claim, { events: [], row: row(claim.id, { wire: 1n }) }),
        store.append(claim, { events: [event(1)] }),
      ]);
      expect([wrong?.status, right?.status]).to.deep.equal(['rejected', 'fulfilled']);
    });
  });

  describe('what it is given', () => {
    it('[STORE-3] [STORE-8] keeps any text: NUL, lone surrogates, noncharacters', async () => {
      const strange = 'a\0b \ud800 \udfff \uFDD00000 😀';
      const claim = await store.claim(newDocument(), strange);
      const named = row(claim.id, { title: strange, kind: strange, wire: { strange } });
      const stored = event(1, { by: strange as UserId, ...operation(strange) });
      await store.append(claim, { events: [stored], row: named });
      await store.append(claim, { events: [event(2, operation('a\0c'))] });
      await store.append(claim, { events: [event(3, operation('a\0d'))] });
      for await (const [first] of store.read(claim.id, 0)) {
        expect([first?.by, first?.operationId]).to.deep.equal([strange, strange]);
      }
      expect(await store.directory.find(claim.id)).to.deep.equal(named);
      const query = { page: 1, size: 9, includeDeleted: false, query: 'A\0B \ud800' };
      expect((await store.directory.list(strange, query)).total).to.equal(1);
    });

    it('[STORE-9] searches titles whatever the case of their letters in any script', async () => {
      const titled = async (title: string): Promise<DocumentId> => {
        const claim = await store.claim(newDocument(), 'test');
        await store.append(claim, { events: [event(1)], row: row(claim.id, { title }) });
        return claim.id;
      };
      const [umlaut] = [await titled('Ärger im BÜRO'), await titled('Ελλάδα'), await titled("it's; --")];
      const found = async (query: string): Promise<number> =>
        (await store.directory.list('counter', { page: 1, size: 9, includeDeleted: false, query })).total;
      expect([
        await found('äRGER'),
        await found('büro'),
        await found('ΕΛΛΆ'),
        await found("'S; -"),
      ]).to.deep.equal([1, 1, 1, 1]);
      const claim = await store.claim(umlaut, 'test');
      await store.append(claim, { events: [event(2)], row: row(umlaut, { title: 'renamed' }) });
      expect([await found('ärger'), await found('RENAMED')]).to.deep.equal([0, 1]);
    });

    it('[STORE-3] reads in chunks of about the size that is asked for', async () => {
      const claim = await store.claim(newDocument(), 'test');
      await store.append(claim, {
        events: [...events(1, 20, 1_000), ...events(21, 21, 50_000), ...events(22, 22)],
      });
      const chunks: number[] = [];
      for await (const chunk of store.read(claim.id, 0, 10_000)) chunks.push(chunk.length);
      expect(chunks).to.deep.equal([10, 10, 1, 1]);
    });

    it('[STORE-10] shows the entities of a restored document again', async () => {
      const claim = await store.claim(newDocument(), 'test');
      const thing = entity(claim.id);
      const total = async (): Promise<number> =>
        (await store.directory.entities('annotation', { page: 1, size: 9, includeDeleted: true })).total;
      await store.append(claim, { events: [event(1)], entities: [thing] });
      expect(await total()).to.equal(0); // its document is not known yet
      await store.append(claim, { events: [event(2)], row: row(claim.id) });
      expect(await total()).to.equal(1);
      await store.append(claim, { events: [event(3)], row: row(claim.id, { deleted: true }) });
      expect(await total()).to.equal(0);
      await store.append(claim, { events: [event(4)], row: row(claim.id), entities: [thing] });
      expect(await total()).to.equal(1);
    });

    it('[STORE-12] keeps large blobs, empty ones, and the same one put twice at once', async () => {
      const large = Buffer.alloc(3_000_000, 'picture');
      const [one, other, empty] = await Promise.all([
        store.blobs.put(large),
        store.blobs.put(Buffer.from(large)),
        store.blobs.put(Buffer.alloc(0)),
      ]);
      expect(one).to.equal(other);
      expect(Buffer.compare((await store.blobs.get(one)) ?? Buffer.alloc(0), large)).to.equal(0);
      expect((await store.blobs.get(empty))?.length).to.equal(0);
    });
  });

  describe('the end', () => {
    it('[STORE-13] makes what is queued durable, and rejects what comes later', async () => {
      const claim = await store.claim(newDocument(), 'test');
      const appended = [1, 2, 3].map((seq) => store.append(claim, { events: [event(seq)] }));
      await Promise.all([store.close(), store.close(), ...appended]);
      for (const late of [
        store.append(claim, { events: [event(4)] }),
        store.claim(claim.id, 'late'),
        store.putSnapshot(claim, snapshot(1)),
        store.prune(claim, 1),
        seqsOf(store, claim.id),
        store.getSnapshot(claim.id),
        store.firstSeq(claim.id),
        store.directory.find(claim.id),
        store.directory.withOpenWork(),
        store.blobs.put(Buffer.from('late')),
        store.blobs.get(''),
        store.ping(),
      ]) {
        expect((await failure(late)).message).to.equal('the store is closed');
      }
      expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).to.equal(0);
      store = await open();
      expect(await seqsOf(store, claim.id)).to.deep.equal([1, 2, 3]);
    });
  });
});
