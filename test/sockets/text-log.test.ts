import { expect } from 'chai';
import { nextTurn } from '../helpers/listener.ts';
import { ALICE } from '../helpers/runtime.ts';
import { b64, startTextHarness, type TextHarness } from './text-harness.ts';

const DEBUG = 20;
const INFO = 30;
const SECRET = 'what nobody may read in a log';

describe('the log of the text door', () => {
  let harness: TextHarness;
  before(async () => {
    harness = await startTextHarness({ cadence: { updates: 3, activeMs: 60_000 } });
  });
  after(() => harness.close());

  /** What was logged about a document, without the time. */
  const linesOf = (id: string): Record<string, unknown>[] =>
    harness.logged
      .map(({ ...line }): Record<string, unknown> => line)
      .filter((line) => line['document_id'] === id);

  it('has a line for who joined and who left, with where they went on', async () => {
    const id = await harness.create();
    const ann = await harness.join(id, 'ann');
    await ann.leave();
    const back = await harness.join(id, 'ann', '&lastSeq=1');
    await back.leave();
    // The client may know before the server.
    while (linesOf(id).length < 4) await nextTurn();
    const lines = linesOf(id);
    expect(lines.map(({ level, msg, user, last_seq }) => ({ level, msg, user, last_seq }))).to.deep.equal([
      { level: INFO, msg: 'joined', user: 'ann', last_seq: undefined },
      { level: INFO, msg: 'left', user: 'ann', last_seq: undefined },
      { level: INFO, msg: 'joined', user: 'ann', last_seq: 1 },
      { level: INFO, msg: 'left', user: 'ann', last_seq: undefined },
    ]);
    expect(lines[1]?.['ms']).to.be.a('number').at.least(0);
    expect(lines[0]?.['connection_id']).to.equal(lines[1]?.['connection_id']);
    expect(lines[0]?.['connection_id']).not.to.equal(lines[2]?.['connection_id']);
  });

  it('has a line at debug for each update: whose, which, where in the order, how large, how long it took', async () => {
    const id = await harness.create();
    const ann = await harness.join(id, 'ann');
    ann.update('op 1', SECRET, { actorId: 'pen' });
    ann.update('op 2', 'x');
    ann.update('op 1', SECRET);
    await ann.seq(3);
    await ann.settled();
    const updates = linesOf(id).filter(({ msg }) => msg === 'update');
    expect(
      updates.map(({ level, user, operation_id, seq, bytes }) => [level, user, operation_id, seq, bytes]),
    ).to.deep.equal([
      [DEBUG, 'ann', 'op 1', 2, SECRET.length],
      [DEBUG, 'ann', 'op 2', 3, 1],
      [DEBUG, 'ann', 'op 1', 2, SECRET.length],
    ]);
    for (const { ms } of updates) expect(ms).to.be.a('number').at.least(0);
  });

  it('says which update was refused, and why', async () => {
    const id = await harness.create('yjs');
    const ann = await harness.join(id, 'ann');
    ann.update('bad', SECRET);
    await ann.hear('error');
    expect(linesOf(id).filter(({ msg }) => msg === 'refused')).to.have.length(1);
    expect(linesOf(id).at(-1)).to.include({
      level: DEBUG,
      user: 'ann',
      operation_id: 'bad',
      code: 'bad_update',
    });
  });

  it('says when a snapshot was stored, and not when one was ignored', async () => {
    const id = await harness.create();
    const ann = await harness.join(id, 'ann');
    for (let n = 0; n < 3; n += 1) ann.update(`op ${n}`, 'x');
    const { version } = await ann.hear('snapshot_request');
    ann.say({ type: 'snapshot', version, snapshotB64: b64(SECRET) });
    ann.say({ type: 'snapshot', version: 1, snapshotB64: b64(SECRET) });
    await ann.hear('snapshot_ack', (ack) => ack.version === 1);
    const stored = linesOf(id).filter(({ msg }) => msg === 'snapshot stored');
    expect(stored).to.have.length(1);
    expect(stored[0]).to.include({ level: INFO, user: 'ann', version, bytes: SECRET.length });
  });

  it('says whose socket was closed because it did not read', async () => {
    const id = await harness.create();
    const stalled = await harness.join(id, 'stalled');
    stalled.ws.pause();
    const document = harness.runtime.documents.open('text', id);
    const delta = Buffer.alloc(512 * 1024, 1);
    // As much as the kernel takes over, and then our own backlog.
    for (let n = 0; !harness.rejected.includes('slow_reader'); n += 1) {
      await document.execute({ type: 'update', actorId: 'a', delta } as never, ALICE);
      await nextTurn();
      expect(n).to.be.lessThan(200);
    }
    const line = linesOf(id).find(({ msg }) => msg === 'slow reader closed');
    expect(line).to.include({ level: INFO, user: 'stalled' });
    expect(line?.['waiting']).to.be.a('number').greaterThan(0);
    stalled.ws.terminate();
  });

  it('never shows what was written', async () => {
    const id = await harness.create('opaque', SECRET);
    const ann = await harness.join(id, 'ann');
    ann.update('op', SECRET);
    ann.say({ type: 'presence', cursor: { from: 1, to: 2 }, data: b64(SECRET) });
    ann.say(SECRET);
    await ann.hear('error');
    await ann.settled();
    const log = JSON.stringify(harness.logged);
    for (const form of [SECRET, b64(SECRET), b64(SECRET).slice(0, -4)]) expect(log).not.to.contain(form);
  });
});
