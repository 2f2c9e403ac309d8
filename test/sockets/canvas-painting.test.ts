import { expect } from 'chai';
import { CanvasClient } from './canvas-client.ts';
import { type CanvasHarness, expectSamePicture, GENEROUS, startCanvasHarness } from './canvas-harness.ts';
import { createCanvasChecker } from './canvas-messages.ts';
import { closeUnharmed } from './door-server.ts';

const WIDE = { width: 100, height: 100 };

/** Full rows: so many pixels that a rate of one a second does not bring them back while a test runs. */
const rows = (first: number, count: number): [x: number, y: number, color: number][] =>
  Array.from({ length: count * WIDE.width }, (_, n) => [
    n % WIDE.width,
    first + Math.floor(n / WIDE.width),
    1,
  ]);

describe('the canvas door on sockets', () => {
  let harness: CanvasHarness;
  const check = createCanvasChecker();
  before(async () => {
    harness = await startCanvasHarness();
  });
  after(() => closeUnharmed(harness));

  it('[CANVAS-31] gives painted pixels to everybody, the painter too, as the same bytes', async () => {
    const id = await harness.create();
    const [ann, bob, json] = await Promise.all([
      harness.join(id, 'Ann'),
      harness.join(id, 'Bob'),
      harness.join(id, undefined, 'encoding=json'),
    ]);
    ann.paint('a', [3, 2, 5], [0, 0, '#000000']);
    await ann.acked('a');
    await Promise.all([ann, bob, json].map((client) => client.reach(2)));
    const bulk = {
      type: 'bulk',
      seq: 2,
      pixels: [
        [0, 4],
        [43, 5],
      ],
    };
    for (const client of [ann, bob]) expect(client.of('bulk')).to.deep.equal([bulk]);
    expect(json.of('pixel:bulk_update')).to.deep.equal([
      {
        type: 'pixel:bulk_update',
        seq: 2,
        pixels: [
          [0, 0, 4],
          [3, 2, 5],
        ],
      },
    ]);
    const [ack, next] = ann.frames.slice(ann.frames.findIndex(({ type }) => type === 'pixel:ack'));
    expect(ack).to.deep.equal({ type: 'pixel:ack', ids: ['a'], seq: 2 });
    expect(next).to.deep.equal(bulk);
    await expectSamePicture(harness, id, ann, bob, json);
    expect(harness.pixels.painted).to.be.at.least(2);
    for (const client of [ann, bob, json]) client.drop();
  });

  it('[CANVAS-31] gathers: a pixel painted ten times goes out once, acks in one frame, the log has all', async () => {
    const own = await startCanvasHarness({ isGatheredByHand: true });
    const id = await own.create();
    const [ann, bob] = [await own.join(id, 'Ann'), await own.join(id, 'Bob')];
    const { ticks } = own.runtime;
    const document = own.runtime.documents.open('canvas', id);
    ann.paint('first', [0, 0, 1]);
    await bob.reach(2);
    expect(new Set(ticks.waiting.map(({ ms }) => ms))).to.deep.equal(new Set([50]));
    const [annFrames, bobFrames] = [ann.of('bulk').length, bob.of('bulk').length];
    for (let n = 0; n < 10; n += 1) ann.paint(`p${n}`, [5, 5, n]);
    bob.paint('b', [6, 5, 3]);
    while ((await document.head()) < 13) await Promise.all([ann.settled(), bob.settled()]);
    expect(ann.of('bulk').length).to.equal(annFrames);
    ticks.tick();
    await Promise.all([ann.reach(13), bob.reach(13)]);
    for (const client of [ann, bob]) expect(client.of('bulk').at(-1)?.pixels).to.have.lengthOf(2);
    expect(bob.of('bulk').length).to.equal(bobFrames + 1);
    expect(ann.of('pixel:ack').at(-1)?.ids).to.deep.equal(Array.from({ length: 10 }, (_, n) => `p${n}`));
    expect(bob.of('pixel:ack').map(({ ids }) => ids)).to.deep.equal([['b']]);
    const { events } = await document.events(0, 100);
    expect(events).to.have.lengthOf(13);
    await own.close();
  });

  it('[CANVAS-31] never lets seq descend, tells every event, and gives all the same picture', async () => {
    const id = await harness.create();
    const clients = await Promise.all(['a', 'b', 'c', 'd'].map((name) => harness.join(id, name)));
    for (let n = 0; n < 200; n += 1) {
      clients[n % 4]?.paint(`${n}`, [n % 20, n % 10, n % 32], [(n * 7) % 20, (n * 3) % 10, (n * 5) % 32]);
      if (n % 25 === 24) await clients[n % 4]?.settled();
    }
    const late = await harness.join(id);
    await Promise.all(
      clients.map((client, at) => client.acked(...Array.from({ length: 50 }, (_, n) => `${n * 4 + at}`))),
    );
    await expectSamePicture(harness, id, ...clients, late);
    for (const client of clients) {
      const { seqs } = client;
      expect(seqs).to.deep.equal([...seqs].sort((x, y) => x - y));
      expect(client.ackedIds).to.have.lengthOf(50);
      expect(client.lastSeq).to.equal(201);
      const marked = client.frames.flatMap((frame) => ('seq' in frame ? [frame.seq] : []));
      expect(marked, 'acks too').to.deep.equal([...marked].sort((x, y) => x - y));
    }
    for (const client of [...clients, late]) client.drop();
  });

  it('[CANVAS-32] paints what is repeated once, and acknowledges it with its old seq, on whatever socket', async () => {
    const id = await harness.create();
    const token = await harness.token('Ann');
    const first = new CanvasClient(harness.url(id, `token=${token}`));
    await first.hear('canvas:state');
    first.paint('same', [1, 1, 5]);
    first.paint('same', [1, 1, 5]);
    await first.until(() => first.ackedIds.length === 2);
    first.paint('other', [1, 1, 6]);
    await first.acked('other');
    first.drop();
    const second = new CanvasClient(harness.url(id, `token=${token}`));
    await second.hear('canvas:state');
    second.paint('same', [1, 1, 5]);
    expect(await second.hear('pixel:ack')).to.deep.equal({ type: 'pixel:ack', ids: ['same'], seq: 2 });
    expect((await harness.bitmap(id)).bytes[21]).to.equal(6);
    expect((await harness.bitmap(id)).seq).to.equal(3);
    // Another's id of the same name is another painting.
    const bob = await harness.join(id, 'Bob');
    bob.paint('same', [2, 2, 7]);
    expect((await bob.hear('pixel:ack')).seq).to.equal(4);
    second.drop();
    bob.drop();
  });

  it('[CANVAS-32] acknowledges what is stored however little its painter may paint now, and charges nothing for it', async () => {
    const slow = { pixelsPerSecond: 1, burst: 300 };
    const id = await harness.create({ ...WIDE, rateLimits: { ...GENEROUS, perUser: slow } });
    const token = await harness.token('Ann');
    const first = new CanvasClient(harness.url(id, `token=${token}`));
    await first.hear('canvas:state');
    first.paint('all', ...rows(1, 3));
    await first.acked('all');
    first.drop();
    const second = new CanvasClient(harness.url(id, `token=${token}`));
    await second.hear('canvas:state');
    for (let n = 0; n < 5; n += 1) second.paint('all', ...rows(1, 3));
    await second.until(() => second.ackedIds.length === 5);
    expect(second.of('pixel:ack').map(({ seq }) => seq)).to.deep.equal(second.of('pixel:ack').map(() => 2));
    second.paint('more', ...rows(4, 3));
    const { reason, retryAfterMs = 0 } = await second.hear('pixel:reject');
    expect(reason).to.equal('rate_limited');
    // What was taken at first comes back, no more.
    expect(retryAfterMs).to.be.at.most(300_000);
    expect(second.rejected).to.deep.equal(['more rate_limited']);
    expect((await harness.bitmap(id)).seq).to.equal(2);
    second.drop();
  });

  it('[CANVAS-32] rejects what lies outside, has no colour, or is locked; and a watcher', async () => {
    const id = await harness.create();
    await harness.execute(id, {
      type: 'canvas.lock',
      name: 'Mo',
      region: { x: 5, y: 5, width: 2, height: 2 },
    });
    const [ann, watcher] = [await harness.join(id, 'Ann'), await harness.join(id)];
    ann.paint('out', [0, 0, 1], [20, 0, 1]);
    ann.paint('color', [0, 0, 32]);
    ann.paint('locked', [0, 0, 1], [6, 6, 1]);
    ann.paint('good', [0, 0, 1]);
    watcher.paint('w', [0, 0, 1]);
    await Promise.all([ann.acked('good'), watcher.hear('pixel:reject')]);
    await ann.until(() => ann.rejected.length === 3);
    expect(ann.of('pixel:reject').map(({ id: name, reason, at }) => [name, reason, at])).to.deep.equal([
      ['out', 'out_of_bounds', [20, 0]],
      ['color', 'bad_color', [0, 32 - 32]],
      ['locked', 'locked', [6, 6]],
    ]);
    expect(watcher.rejected).to.deep.equal(['w read_only']);
    expect(harness.rejections.of(id)).to.deep.equal({
      locked: 1,
      rate_limited: 0,
      out_of_bounds: 1,
      bad_color: 1,
      read_only: 1,
    });
    expect(harness.pixels.rejected.get('locked')).to.equal(2);
    await harness.execute(id, { type: 'canvas.update', name: 'Mo', archived: true });
    ann.paint('archived', [0, 0, 2]);
    await ann.until(() => ann.rejected.includes('archived read_only'));
    for (const frame of [...ann.frames, ...watcher.frames]) expect(check(frame)).to.equal('');
    ann.drop();
    watcher.drop();
  });

  it('[CANVAS-33] holds a painter to its rate on all its sockets, and after it came back', async () => {
    const id = await harness.create({
      ...WIDE,
      rateLimits: { ...GENEROUS, perUser: { pixelsPerSecond: 1, burst: 1_000 } },
    });
    const token = await harness.token('Ann');
    const open = async () => {
      const client = new CanvasClient(harness.url(id, `token=${token}`));
      await client.hear('canvas:state');
      return client;
    };
    const [one, two] = [await open(), await open()];
    one.paint('a', ...rows(0, 6));
    await one.acked('a');
    two.paint('b', ...rows(6, 6));
    const { retryAfterMs, reason } = await two.hear('pixel:reject');
    expect(reason).to.equal('rate_limited');
    expect(retryAfterMs).to.be.within(1, 200_000);
    one.drop();
    two.drop();
    const three = await open();
    three.paint('c', ...rows(6, 9));
    expect((await three.hear('pixel:reject')).id).to.equal('c');
    three.drop();
    expect((await harness.bitmap(id)).seq).to.equal(2);
  });

  it('[CANVAS-33] holds an address to its rate, whoever paints from there', async () => {
    const own = await startCanvasHarness({ trustedProxies: 1 });
    const id = await own.create({
      ...WIDE,
      rateLimits: { ...GENEROUS, perAddress: { pixelsPerSecond: 1, burst: 1_000 } },
    });
    const from = (address: string) => ({ headers: { 'x-forwarded-for': `203.0.113.9, ${address}` } });
    const clients = await Promise.all([
      own.join(id, 'Ann', '', from('192.0.2.1')),
      own.join(id, 'Bob', '', from('192.0.2.1')),
      own.join(id, 'Cleo', '', from('192.0.2.2')),
    ]);
    const pixels = rows(0, 8);
    const [ann, bob, cleo] = clients;
    ann.paint('a', ...pixels);
    await ann.acked('a');
    bob.paint('b', ...pixels);
    cleo.paint('c', ...pixels);
    await Promise.all([bob.hear('pixel:reject'), cleo.acked('c')]);
    await own.close();
  });
});
