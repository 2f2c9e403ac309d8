import { statSync } from 'node:fs';
import { expect } from 'chai';
import { type DocumentStore, SeqConflict } from '../../storage/port.ts';
import { libsqlDriver } from '../../storage/sqlite/libsql-driver.ts';
import { openForWriting } from '../../storage/sqlite/open-database.ts';
import { openSqliteStore } from '../../storage/sqlite/open-sqlite-store.ts';
import {
  entity,
  event,
  events,
  failure,
  newDocument,
  row,
  seqsOf,
  snapshot,
} from '../helpers/store-fixtures.ts';
import { FaultyDriver, scratchDirectory, threadOn } from './sqlite-faults.ts';

const scratch = scratchDirectory();
let files = 0;
const newFile = (): string => scratch.path(`${files++}.db`);
after(scratch.remove);

describe('the sqlite store', () => {
  let path: string;
  let driver: FaultyDriver;
  let store: DocumentStore;
  const open = (): Promise<DocumentStore> => openSqliteStore(path, { startThread: threadOn(driver) });

  beforeEach(async () => {
    path = newFile();
    driver = new FaultyDriver();
    store = await open();
  });
  afterEach(() => store.close());

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
      expect(await seqsOf(store, claim.id)).to.deep.equal([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
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
      expect(await seqsOf(store, claim.id)).to.deep.equal([1, 2, 3]);
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
      expect(await seqsOf(store, claim.id)).to.deep.equal([]);
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
        while (!done) await seqsOf(store, claim.id);
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
});
