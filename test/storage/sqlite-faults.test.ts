import { expect } from 'chai';
import type { Claim, DocumentStore } from '../../storage/port.ts';
import { openSqliteStore } from '../../storage/sqlite/open-sqlite-store.ts';
import { startWorker, type Thread } from '../../storage/sqlite/thread.ts';
import { entity, event, failure, newDocument, row, seqsOf, snapshot } from '../helpers/store-fixtures.ts';
import { type Fault, FaultyDriver, scratchDirectory, threadOn } from './sqlite-faults.ts';

const scratch = scratchDirectory();
let files = 0;
after(scratch.remove);

/** What was acknowledged, per document, as its last event. */
type Acked = Map<Claim, number>;

/** Documents of the run below. */
const DOCUMENTS = 3;
const ROUNDS = 4;

/**
 * Several documents that append at once, round by round, each append with a row, an entity and every second one a pin;
 * snapshots, prunes and a blob between them. A document whose append fails claims again and goes on from its log.
 */
async function live(store: DocumentStore): Promise<{ acked: Acked; rejections: number[] }> {
  const acked: Acked = new Map();
  const rejections: number[] = [];
  const again = async <T>(work: () => Promise<T>): Promise<T> => work().catch(work);
  let claims: Claim[] = [];
  for (let i = 0; i < DOCUMENTS; i++) {
    const id = newDocument();
    const claim = await again(() => store.claim(id, 'test'));
    acked.set(claim, 0);
    claims.push(claim);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const outcomes = await Promise.allSettled(
      claims.map(async (claim) => {
        const seq = claim.head + 1;
        await store.append(claim, {
          events: [event(seq)],
          row: row(claim.id, { title: `at ${seq}` }),
          entities: [entity(claim.id)],
          ...(seq % 2 === 0 ? { pins: [snapshot(seq, true)] } : {}),
        });
        return { ...claim, head: seq };
      }),
    );
    rejections.push(outcomes.filter(({ status }) => status === 'rejected').length);
    claims = await Promise.all(
      outcomes.map(async (outcome, i) => {
        const claim = claims[i] as Claim;
        const next =
          outcome.status === 'fulfilled' ? outcome.value : await again(() => store.claim(claim.id, 'again'));
        const known = acked.get(claim) ?? 0;
        acked.delete(claim);
        acked.set(next, outcome.status === 'fulfilled' ? next.head : known);
        return next;
      }),
    );
  }
  const [first] = claims;
  if (first !== undefined) {
    await again(() => store.putSnapshot(first, snapshot(first.head)));
    await again(() => store.prune(first, 1));
  }
  await again(() => store.blobs.put(Buffer.alloc(600_000, 3)));
  return { acked, rejections };
}

/** Every acknowledged event is there, and each append was kept whole or not at all. */
async function checkStore(store: DocumentStore, acked: Acked): Promise<void> {
  for (const [{ id }, last] of acked) {
    const found = await seqsOf(store, id);
    const { head } = await store.claim(id, 'check');
    const first = await store.firstSeq(id);
    expect(head).to.be.at.least(last);
    expect(found).to.deep.equal(Array.from({ length: head - first + 1 }, (_, i) => first + i));
    if (first > 1) expect((await store.getSnapshot(id))?.seq).to.be.at.least(first - 1);
    if (head === 0) continue;
    expect((await store.directory.find(id))?.title).to.equal(`at ${head}`);
    const pins = Math.floor(head / 2) * 2;
    if (pins > 0) expect((await store.getSnapshot(id, pins))?.pinned).to.equal(true);
  }
  const heads = await Promise.all(
    [...acked.keys()].map(async ({ id }) => (await store.claim(id, 'check')).head),
  );
  const { total } = await store.directory.entities('annotation', { page: 1, size: 1, includeDeleted: true });
  expect(total).to.equal(heads.reduce((sum, head) => sum + head, 0));
}

describe('the sqlite store on a disk that fails', () => {
  let driver: FaultyDriver;
  const open = (path: string): Promise<DocumentStore> =>
    openSqliteStore(path, { startThread: threadOn(driver) });
  beforeEach(() => {
    driver = new FaultyDriver();
  });

  for (const when of ['before', 'after'] as const) {
    it(`loses nothing acknowledged, and goes on, whichever call fails once (${when} it is done)`, async function () {
      this.timeout(120_000);
      const calibration = await open(scratch.path(`${files++}.db`));
      driver.calls.length = 0;
      await live(calibration);
      const total = driver.calls.length;
      await calibration.close();
      expect(total).to.be.greaterThan(60);
      for (let call = 0; call < total; call++) {
        driver = new FaultyDriver();
        const path = scratch.path(`${files++}.db`);
        let store = await open(path);
        const first = driver.calls.length;
        driver.failCall(call, { when, code: 'SQLITE_IOERR' });
        const { acked, rejections } = await live(store);
        const failed = driver.calls[first + call] ?? '';
        if (!/^(BEGIN|COMMIT)/.test(failed)) {
          expect(Math.max(...rejections), `after ${failed}`).to.be.at.most(1); // nobody else's append
        }
        await checkStore(store, acked);
        await store.close();
        driver.plan = () => undefined;
        store = await open(path);
        await checkStore(store, acked);
        await store.close();
      }
    });
  }

  it('opens, or refuses and opens the next time, whichever call fails while it opens', async () => {
    await (await open(scratch.path(`${files++}.db`))).close();
    const total = driver.calls.length;
    for (let call = 0; call < total; call++) {
      const path = scratch.path(`${files++}.db`);
      driver.failCall(call, { when: 'before', code: 'SQLITE_IOERR' });
      const store = await open(path).catch((error: Error) => expect(error.name).to.equal('StoreRefused'));
      driver.plan = () => undefined;
      const sound = 'claim' in store ? store : await open(path);
      const claim = await sound.claim(newDocument(), 'test');
      await sound.append(claim, { events: [event(1)] });
      expect(await seqsOf(sound, claim.id)).to.deep.equal([1]);
      await sound.close();
    }
  });

  describe('for longer', () => {
    let path: string;
    let store: DocumentStore;
    let claims: Claim[];
    const appendAll = (seq: number): Promise<PromiseSettledResult<void>[]> =>
      Promise.allSettled(claims.map((claim) => store.append(claim, { events: [event(seq)] })));
    const failing = (pattern: RegExp, fault: Fault): void => {
      driver.plan = (sql) => (pattern.test(sql) ? fault : undefined);
    };

    beforeEach(async () => {
      path = scratch.path(`${files++}.db`);
      store = await open(path);
      claims = await Promise.all(Array.from({ length: 20 }, () => store.claim(newDocument(), 'test')));
    });
    afterEach(() => store.close());

    for (const [name, pattern, code] of [
      ['the disk is full at each commit', /^COMMIT/, 'SQLITE_FULL'],
      ['nothing can be written', /^\s*(INSERT|UPDATE)/, 'SQLITE_IOERR_WRITE'],
      ['another program holds the lock', /^BEGIN/, 'SQLITE_BUSY'],
    ] as const) {
      it(`rejects every append while ${name}, and stores again afterwards`, async () => {
        failing(pattern, { when: 'before', code });
        for (const { status } of await appendAll(1)) expect(status).to.equal('rejected');
        expect((await failure(store.append(claims[0] as Claim, { events: [event(1)] }))).message).to.include(
          code,
        );
        driver.plan = () => undefined;
        for (const { status } of await appendAll(1)) expect(status).to.equal('fulfilled');
        for (const { id } of claims) expect(await seqsOf(store, id)).to.deep.equal([1]);
      });
    }

    it('tries a failing disk a few times for a whole group, not once for each append of it', async () => {
      failing(/^\s*INSERT/, { when: 'before', code: 'SQLITE_FULL' });
      driver.calls.length = 0;
      await appendAll(1);
      expect(driver.calls.filter((sql) => sql.startsWith('BEGIN')).length).to.be.below(6);
    });

    it('takes a new connection where a transaction can be neither committed nor rolled back', async () => {
      failing(/^(COMMIT|ROLLBACK)/, { when: 'before', code: 'SQLITE_IOERR' });
      for (const { status } of await appendAll(1)) expect(status).to.equal('rejected');
      driver.plan = () => undefined;
      await store.ping();
      for (const { status } of await appendAll(1)) expect(status).to.equal('fulfilled');
    });

    it('goes on with a new thread where one has died', async () => {
      const threads: Thread[] = [];
      const path = scratch.path(`${files++}.db`);
      const hardy = await openSqliteStore(path, {
        startThread: (role, file) => {
          const thread = startWorker(role, file);
          threads.push(thread);
          return thread;
        },
      });
      const claim = await hardy.claim(newDocument(), 'test');
      await hardy.append(claim, { events: [event(1)] });
      const lost = hardy.append(claim, { events: [event(2)] }).catch(() => undefined);
      await Promise.all(threads.map((thread) => thread.terminate()));
      await lost;
      const next = await hardy.claim(claim.id, 'next');
      await hardy.append(next, { events: [event(next.head + 1)] });
      expect(await seqsOf(hardy, claim.id)).to.deep.equal([1, 2, 3].slice(0, next.head + 1));
      await hardy.close();
    });

    it('answers a read that fails with its error, and the next one with its rows', async () => {
      await appendAll(1);
      const [claim] = claims as [Claim];
      failing(/^\s*SELECT/, { when: 'before', code: 'SQLITE_IOERR_READ' });
      expect((await failure(seqsOf(store, claim.id))).message).to.include('SQLITE_IOERR_READ');
      driver.plan = () => undefined;
      expect(await seqsOf(store, claim.id)).to.deep.equal([1]);
    });

    it('closes although its last checkpoint fails, and has everything when it opens again', async () => {
      await appendAll(1);
      failing(/wal_checkpoint/, { when: 'before', code: 'SQLITE_FULL' });
      await store.close();
      driver.plan = () => undefined;
      store = await open(path);
      for (const { id } of claims) expect(await seqsOf(store, id)).to.deep.equal([1]);
    });
  });
});
