import { expect } from 'chai';
import { b64, startTextHarness, type TextHarness } from './text-harness.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('slow readers at the text door', () => {
  let harness: TextHarness;
  before(async () => {
    harness = await startTextHarness();
  });
  after(async () => {
    await harness.close();
  });

  it('[TEXT-15] are closed 1013 when more than 1 MiB waits for them; nobody else notices', async () => {
    const id = await harness.create();
    const writer = await harness.join(id, 'writer');
    const readers = await Promise.all(['a', 'b', 'c'].map((name) => harness.join(id, name)));
    const stalled = await harness.join(id, 'stalled');
    stalled.ws.pause();
    const delta = Buffer.alloc(64 * KIB, 1);
    for (let n = 0; n < 300; n += 1) {
      writer.update(`op ${n}`, delta);
      if (n % 20 === 19) await writer.seq(n + 2);
    }
    await Promise.all(readers.map((reader) => reader.seq(301)));
    expect(harness.rejected).to.deep.equal(['slow_reader']);
    stalled.ws.resume();
    await stalled.closed;
    const last = stalled.seqs.at(-1) ?? 0;
    expect(last).to.be.within(1, 300);
    const back = await harness.join(id, 'stalled', `&lastSeq=${last}`);
    expect(back.seqs).to.deep.equal(Array.from({ length: 301 - last }, (_, i) => last + 1 + i));
  }).timeout(120_000);

  it('[TEXT-15] may take their time with the state: it does not count as their backlog', async () => {
    const id = await harness.create();
    const writer = await harness.join(id, 'writer');
    const bytes = Buffer.alloc(10 * MIB, 7);
    writer.say({ type: 'snapshot', version: 1, snapshotB64: b64(bytes) });
    await writer.hear('snapshot_ack');
    const before = harness.rejected.length;
    const late = await harness.connect(id);
    late.ws.pause();
    // An error first: what was said before the state makes no difference.
    late.say('?');
    late.say({ type: 'join', userId: 'late' });
    const delta = Buffer.alloc(64 * KIB, 1);
    for (let n = 0; n < 8; n += 1) writer.update(`op ${n}`, delta);
    await writer.seq(10);
    late.ws.resume();
    await late.seq(10);
    expect(late.of('state')[0]?.snapshotB64).to.have.lengthOf(b64(bytes).length);
    expect(harness.rejected.slice(before)).to.deep.equal(['bad_json']);
    const large = await harness.connect(id, 'userId=large');
    large.say({ type: 'snapshot', version: 4, snapshotB64: b64(Buffer.alloc(10 * MIB + 1)) });
    expect((await large.hear('error')).code).to.equal('too_large');
    large.update('most', Buffer.alloc(MIB));
    await large.hear('ack');
    large.update('more', Buffer.alloc(MIB + 1));
    await large.hear('error', ({ opId }) => opId === 'more');
  }).timeout(120_000);
});
