import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { relative } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../storage/open-store.ts';
import type { DocumentStore } from '../../storage/port.ts';
import { libsqlDriver } from '../../storage/sqlite/libsql-driver.ts';
import { type IntegrityReport, openSqliteStore } from '../../storage/sqlite/open-sqlite-store.ts';
import { event, events, failure, newDocument, seqsOf } from '../helpers/store-fixtures.ts';
import { FaultyDriver, scratchDirectory, threadOn } from './sqlite-faults.ts';

const scratch = scratchDirectory();
let files = 0;
const newFile = (): string => scratch.path(`${files++}.db`);
after(scratch.remove);

const open = (path: string): Promise<DocumentStore> =>
  openSqliteStore(path, { startThread: threadOn(libsqlDriver) });

/** Runs SQL on a file as another program would. */
function sql(path: string, statements: string): void {
  const connection = libsqlDriver.open(path);
  connection.exec(statements);
  connection.close();
}

describe('DATABASE_URL', () => {
  it('names the memory store', async () => {
    const store = await openStore('memory://');
    expect(store.name).to.equal('memory');
    await store.close();
  });

  it('names a file relative to the working directory, or by its absolute path', async () => {
    const path = newFile();
    const first = await openStore(`sqlite:///${path}`);
    expect(first.name).to.equal('sqlite');
    const claim = await first.claim(newDocument(), 'test');
    await first.append(claim, { events: [event(1)] });
    await first.close();
    const again = await openStore(`sqlite:///${relative(process.cwd(), path)}`);
    expect(await seqsOf(again, claim.id)).to.deep.equal([1]);
    await again.close();
  });

  it('may hold any character of a path, encoded', async () => {
    const path = scratch.path('a b#ü.db');
    const url = `sqlite:///${path.replaceAll(' ', '%20').replaceAll('#', '%23')}`;
    await (await openStore(url)).close();
    expect(readFileSync(path).subarray(0, 15).toString()).to.equal('SQLite format 3');
  });

  for (const [url, reason] of [
    ['', 'must be memory://, sqlite:///relative/path.db or sqlite:////absolute/path.db'],
    ['postgres://host/db', 'must be memory://'],
    ['sqlite://dev.db', 'must be memory://'],
    ['memory://x', 'must be memory://'],
    ['sqlite:///', 'must name a file'],
    ['sqlite:////tmp/', 'must name a file'],
    ['sqlite:///:memory:', 'not durable; use memory://'],
    ['sqlite:///dev.db?mode=ro', 'takes no parameters'],
    ['sqlite:///a%zz.db', 'two hex digits'],
  ] as const) {
    it(`is refused where it is ${JSON.stringify(url)}`, async () => {
      const error = await failure(openStore(url));
      expect([error.name, error.message.split(': ')[0]]).to.deep.equal([
        'StoreRefused',
        `DATABASE_URL ${JSON.stringify(url)}`,
      ]);
      expect(error.message).to.include(reason);
    });
  }
});

describe('opening a sqlite store', () => {
  const refused = async (path: string, reason: string): Promise<void> => {
    const error = await failure(open(path));
    expect(error.name).to.equal('StoreRefused');
    expect(error.message).to.include(path).and.include(reason).and.not.include('\n');
  };

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const path = newFile();
    writeFileSync(path, 'dear diary, '.repeat(100));
    await refused(path, 'is not a SQLite database');
    expect(readFileSync(path, 'utf8')).to.equal('dear diary, '.repeat(100));
  });

  it("refuses another program's database, and leaves it as it is", async () => {
    const path = newFile();
    sql(path, 'CREATE TABLE bookmarks (url TEXT)');
    await refused(path, "is a SQLite database, but not one of Troupe's");
    const connection = libsqlDriver.open(path);
    expect(connection.all('SELECT name FROM sqlite_schema', [])).to.deep.equal([['bookmarks']]);
    expect(connection.all('PRAGMA journal_mode', [])).to.deep.equal([['delete']]);
    connection.close();
  });

  it('refuses a database of a newer version', async () => {
    const path = newFile();
    await (await open(path)).close();
    sql(path, 'PRAGMA user_version = 99');
    await refused(path, 'comes from a newer version of Troupe (schema 99');
  });

  it('refuses a directory, and a file in a directory that does not exist', async () => {
    const path = newFile();
    mkdirSync(path);
    await refused(path, 'is not a file');
    await refused(scratch.path('no/such/dev.db'), `there is no directory ${scratch.path('no/such')}`);
  });

  it('refuses a file that another program has locked', async () => {
    const path = newFile();
    sql(path, 'PRAGMA application_id = 1');
    const other = libsqlDriver.open(path);
    other.exec('BEGIN EXCLUSIVE');
    await refused(path, 'is locked by another process');
    other.exec('ROLLBACK');
    other.close();
    await (await open(path)).close();
  });

  it('refuses a file that another store has open, under any of its names', async () => {
    const path = newFile();
    const store = await open(path);
    await refused(path, 'is in use');
    const alias = newFile();
    symlinkSync(path, alias);
    expect((await failure(open(alias))).message).to.include('is in use');
    await store.close();
    await (await open(path)).close();
  });

  it('refuses what it may not write', async () => {
    const driver = new FaultyDriver();
    driver.plan = (text) =>
      text === 'BEGIN IMMEDIATE' ? { when: 'before', code: 'SQLITE_READONLY' } : undefined;
    const path = newFile();
    const error = await failure(openSqliteStore(path, { startThread: threadOn(driver) }));
    expect(error.message).to.equal(`${path} cannot be written: it or its directory is read-only`);
    if (process.platform === 'linux') await refused('/proc/troupe.db', 'cannot be opened or made');
    if (process.getuid?.() === 0) return; // root may write anywhere
    writeFileSync(path, '');
    chmodSync(path, 0o444);
    await refused(path, 'it is read-only');
  });

  /** Opens the file, waits for the report of its check, closes it. */
  const check = async (path: string): Promise<IntegrityReport> => {
    let heard: (report: IntegrityReport) => void = () => undefined;
    const report = new Promise<IntegrityReport>((resolve) => {
      heard = resolve;
    });
    const store = await openSqliteStore(path, {
      startThread: threadOn(libsqlDriver),
      onIntegrityChecked: (found) => heard(found),
    });
    try {
      return await report;
    } finally {
      await store.close();
    }
  };

  it('reports, after the start, whether the file is sound', async () => {
    const path = newFile();
    expect((await check(path)).problems).to.deep.equal([]);
    const store = await open(path);
    const claim = await store.claim(newDocument(), 'test');
    await store.append(claim, { events: events(1, 2_000) });
    await store.close();
    const file = openSync(path, 'r+');
    for (let page = 20; page < 40; page++) writeSync(file, Buffer.alloc(2_000, 0xff), 0, 2_000, page * 4096);
    closeSync(file);
    expect((await check(path)).problems).to.not.be.empty;
  });
});
