import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { DocumentId, EntityId } from '../../protocol/ids.ts';
import type { DocumentStore } from '../../storage/port.ts';
import { libsqlDriver } from '../../storage/sqlite/libsql-driver.ts';
import { openSqliteStore } from '../../storage/sqlite/open-sqlite-store.ts';
import { failure, newDocument, seqsOf } from '../helpers/store-fixtures.ts';
import { PIN_EVERY, SNAPSHOT_EVERY } from './sqlite-crash-child.ts';
import { scratchDirectory, threadOn } from './sqlite-faults.ts';

const KILLS = 10;
const DOCUMENTS = 4;
/** A child is killed after this many acknowledgements at most. */
const ACKS = 150;

const CHILD = fileURLToPath(new URL('./sqlite-crash-child.js', import.meta.url));

describe('the sqlite store after kill -9', () => {
  const scratch = scratchDirectory();
  const path = scratch.path('crash.db');
  const ids = Array.from({ length: DOCUMENTS }, newDocument);
  /** The last acknowledged event of each document. */
  const acked = new Map<DocumentId, number>(ids.map((id) => [id, 0]));
  let child: ChildProcess | undefined;
  after(() => {
    child?.kill('SIGKILL');
    scratch.remove();
  });

  const open = (): Promise<DocumentStore> => openSqliteStore(path, { startThread: threadOn(libsqlDriver) });

  /** Lets a child append, and kills it in the middle of it. */
  async function crash(onFirstAck: () => Promise<void>): Promise<void> {
    child = spawn(process.execPath, [CHILD, path, ...ids], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const { stdout } = child;
    if (stdout === null) throw new Error('the child has no output');
    let left = 1 + Math.floor(Math.random() * ACKS);
    let first = true;
    for await (const line of createInterface({ input: stdout })) {
      const [id, seq] = line.split(' ');
      // Of the two lanes of a document the later event may be told first.
      acked.set(id as DocumentId, Math.max(acked.get(id as DocumentId) ?? 0, Number(seq)));
      if (first) await onFirstAck();
      first = false;
      if (--left === 0) child.kill('SIGKILL');
    }
    const [, signal] = await exited;
    expect(signal).to.equal('SIGKILL');
  }

  async function check(store: DocumentStore): Promise<void> {
    for (const id of ids) {
      const found = await seqsOf(store, id);
      const { head } = await store.claim(id, 'check');
      const first = await store.firstSeq(id);
      expect(head).to.be.at.least(acked.get(id) ?? 0);
      expect(found).to.deep.equal(Array.from({ length: head - first + 1 }, (_, i) => first + i));
      if (first > 1) expect((await store.getSnapshot(id, first - 1))?.seq).to.equal(first - 1);
      // Pruned as it goes on; how far it lags behind depends on when the child was killed.
      expect(head - first).to.be.below(20 * SNAPSHOT_EVERY);
      // It may have been killed before this document's first event.
      expect((await store.directory.find(id))?.title).to.equal(head === 0 ? undefined : `at ${head}`);
      for (let seq = 1; seq <= head + 1; seq++) {
        const present = await store.directory.locate(`${id}/${seq}` as EntityId);
        expect(present === undefined, `entity ${seq} of ${head}`).to.equal(seq > head);
        if (seq % PIN_EVERY !== 0 || seq > head) continue;
        const pin = await store.getSnapshot(id, seq);
        expect([pin?.seq, pin?.pinned]).to.deep.equal([seq, true]);
      }
    }
  }

  it(`[STORE-14] has every acknowledged event, no gap, no repeat, ${KILLS} times over`, async function () {
    this.timeout(120_000);
    for (let kill = 0; kill < KILLS; kill++) {
      await crash(async () => {
        if (kill > 0) return;
        expect((await failure(open())).message).to.include('in use'); // the child has it
      });
      const store = await open();
      await check(store);
      await store.close();
    }
    expect(Math.min(...acked.values())).to.be.greaterThan(0);
  });
});
