import { statSync } from 'node:fs';
import { expect } from 'chai';
import type { DocumentId, UserId } from '../../protocol/ids.ts';
import { type DocumentStore, Fenced, SeqConflict } from '../../storage/port.ts';
import { libsqlDriver } from '../../storage/sqlite/libsql-driver.ts';
import { openForWriting } from '../../storage/sqlite/open-database.ts';
import { openSqliteStore } from '../../storage/sqlite/open-sqlite-store.ts';
import { describeDocumentStore } from '../contracts/document-store.ts';
import { FaultyDriver, scratchDirectory, threadOn } from './sqlite-faults.ts';
import {
  entity,
  event,
  events,
  failure,
  newDocument,
  operation,
  row,
  seqs,
  snapshot,
} from './sqlite-fixtures.ts';

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
      expect([await seqs(store, a), await seqs(store, b), await seqs(store, c)]).to.deep.equal([
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

  describe('on the disk', () => {
    it('waits for the disk at each commit', () => {
      const connection = openForWriting(libsqlDriver, newFile());
      expect(connection.all('PRAGMA synchronous', [])).to.deep.equal([[2]]);
      expect(connection.all('PRAGMA journal_mode', [])).to.deep.equal([['wal']]);
      connection.close();
    });

    it('names tables and columns as the requirement does', async () => {
      const connection = libsqlDriver.open(path);
      const columns = (table: string): string[] =>
        connection.all(`SELECT name FROM pragma_table_xinfo('${table}')`, []).map(([name]) => String(name));
      expect(columns('documents')).to.include.members([
        'id',
        'title',
        'owner_id',
        'created_at',
        'updated_at',
        'deleted_at',
      ]);
      expect(columns('document_snapshots')).to.include.members([
        'document_id',
        'version',
        'snapshot_blob',
        'created_at',
      ]);
      expect(columns('document_updates')).to.include.members([
        'id',
        'document_id',
        'seq',
        'op_id',
        'actor_id',
        'delta_blob',
        'created_at',
      ]);
      connection.close();
    });

    it('gives everything back after it was closed and opened again', async () => {
      const claim = await store.claim(newDocument(), 'first');
      const thing = entity(claim.id);
      await store.append(claim, {
        events: events(1, 30),
        row: row(claim.id, { wire: { a: [1, 'ü'] } }),
        entities: [thing],
        pins: [snapshot(10, true)],
      });
      await store.putSnapshot(claim, snapshot(20));
      await store.prune(claim, 1);
      const hash = await store.blobs.put(Buffer.alloc(1_300_000, 7));
      await store.close();
      store = await open();
      expect(await seqs(store, claim.id)).to.deep.equal([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
      expect(await store.firstSeq(claim.id)).to.equal(21);
      expect(await store.directory.find(claim.id)).to.deep.equal(row(claim.id, { wire: { a: [1, 'ü'] } }));
      expect(await store.directory.locate(thing.id)).to.deep.equal(thing);
      expect((await store.getSnapshot(claim.id, 10))?.pinned).to.equal(true);
      expect((await store.blobs.get(hash))?.length).to.equal(1_300_000);
      const next = await store.claim(claim.id, 'second');
      expect([next.epoch, next.head]).to.deep.equal([2, 30]);
    });

    it('brings a database of an older version up to this one, with all that is in it', async () => {
      const claim = await store.claim(newDocument(), 'first');
      await store.append(claim, { events: events(1, 3), row: row(claim.id) });
      await store.putSnapshot(claim, snapshot(2));
      await store.close();
      const connection = libsqlDriver.open(path);
      connection.exec('DROP TABLE settings; DROP TABLE snapshot_parts; PRAGMA user_version = 1');
      connection.exec('ALTER TABLE document_snapshots DROP COLUMN parts');
      connection.close();
      store = await open();
      expect(await seqs(store, claim.id)).to.deep.equal([1, 2, 3]);
      expect((await store.getSnapshot(claim.id))?.seq).to.equal(2);
      expect(await store.settings.create('secret', 'made')).to.equal('made');
    });

    it('[STORE-5] [STORE-14] shows no snapshot that is not whole, and drops what a crash left of one', async () => {
      const claim = await store.claim(newDocument(), 'first');
      const large = { ...snapshot(2), bytes: Buffer.alloc(1_300_000, 7) };
      await store.append(claim, { events: events(1, 3) });
      // The last part does not come.
      driver.plan = (sql) =>
        sql.includes('INTO document_snapshots') ? { when: 'before', code: 'SQLITE_IOERR' } : undefined;
      await failure(store.putSnapshot(claim, large));
      driver.plan = () => undefined;
      expect(await store.getSnapshot(claim.id)).to.equal(undefined);
      await store.close();
      store = await open();
      const connection = libsqlDriver.open(path);
      expect(connection.all('SELECT count(*) FROM snapshot_parts', [])).to.deep.equal([[0]]);
      connection.close();
      const next = await store.claim(claim.id, 'second');
      await store.putSnapshot(next, large);
      expect((await store.getSnapshot(claim.id))?.bytes.length).to.equal(1_300_000);
    });

    it('[STORE-6] drops what was left of a snapshot that was given up, with the next pruning', async () => {
      const claim = await store.claim(newDocument(), 'first');
      await store.append(claim, { events: events(1, 3) });
      driver.plan = (sql) =>
        sql.includes('INTO document_snapshots') ? { when: 'before', code: 'SQLITE_IOERR' } : undefined;
      await failure(store.putSnapshot(claim, { ...snapshot(2), bytes: Buffer.alloc(1_300_000) }));
      driver.plan = () => undefined;
      await store.putSnapshot(claim, { ...snapshot(3), bytes: Buffer.alloc(1_300_000, 3) });
      await store.prune(claim, 5);
      const connection = libsqlDriver.open(path);
      const versions = connection.all('SELECT DISTINCT version FROM snapshot_parts', []);
      connection.close();
      expect(versions).to.deep.equal([[3]]);
      expect((await store.getSnapshot(claim.id))?.bytes.at(-1)).to.equal(3);
    });

    it('knows the head of a log whose every event was pruned', async () => {
      const claim = await store.claim(newDocument(), 'test');
      await store.append(claim, { events: events(1, 5_000, 1) });
      await store.putSnapshot(claim, snapshot(5_000));
      await store.prune(claim, 1);
      expect(await seqs(store, claim.id)).to.deep.equal([]);
      expect(await store.firstSeq(claim.id)).to.equal(5_001);
      expect((await store.claim(claim.id, 'next')).head).to.equal(5_000);
    });

    it('refuses a snapshot of a state that the log does not have', async () => {
      const claim = await store.claim(newDocument(), 'test');
      await store.append(claim, { events: [event(1)] });
      expect(await failure(store.putSnapshot(claim, snapshot(2)))).to.be.instanceOf(SeqConflict);
      const ahead = { events: [event(2)], pins: [snapshot(3, true)] };
      expect(await failure(store.append(claim, ahead))).to.be.instanceOf(SeqConflict);
      expect((await store.claim(claim.id, 'next')).head).to.equal(1);
    });

    it('uses the room of what was pruned again', async () => {
      const claim = await store.claim(newDocument(), 'test');
      let head = 0;
      for (let round = 0; round < 20; round++) {
        await store.append(claim, { events: events(head + 1, head + 200, 2_000) });
        head += 200;
        await store.putSnapshot(claim, snapshot(head));
        await store.prune(claim, 2);
      }
      await store.close();
      expect(statSync(path).size).to.be.below(3 * 2 * 200 * 2_000); // 8 MB were written, 0.8 MB are kept
    });

    it('gives room that it no longer needs back to the file system', async () => {
      const claim = await store.claim(newDocument(), 'test');
      await store.append(claim, { events: events(1, 40, 1024 * 1024) });
      await store.putSnapshot(claim, snapshot(40));
      await store.prune(claim, 1);
      const steps = (): number => driver.calls.filter((sql) => sql.includes('incremental_vacuum')).length;
      while (steps() < 24) await store.ping(); // 40 MB are 10,000 pages; all but 4,096 go, 256 at a time
      await store.close();
      expect(statSync(path).size).to.be.below(20 * 1024 * 1024);
    });

    it('keeps the write-ahead log bounded while readers are active', async () => {
      const claim = await store.claim(newDocument(), 'test');
      let done = false;
      const reading = (async () => {
        while (!done) await seqs(store, claim.id);
      })();
      for (let seq = 1; seq <= 40; seq++) {
        await store.append(claim, { events: events(seq, seq, 4 * 1024 * 1024) });
        if (seq % 10 === 0) await store.putSnapshot(claim, snapshot(seq)).then(() => store.prune(claim, 1));
      }
      done = true;
      await reading;
      expect(statSync(`${path}-wal`).size).to.be.below(64 * 1024 * 1024);
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
        seqs(store, claim.id),
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
      expect(await seqs(store, claim.id)).to.deep.equal([1, 2, 3]);
    });
  });
});
