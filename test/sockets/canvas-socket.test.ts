import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { CanvasLock } from '../../protocol/canvas-messages.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import { CanvasClient } from './canvas-client.ts';
import { type CanvasHarness, GENEROUS, startCanvasHarness } from './canvas-harness.ts';
import { createCanvasChecker } from './canvas-messages.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('the canvas door on sockets', () => {
  let harness: CanvasHarness;
  const check = createCanvasChecker();
  before(async () => {
    harness = await startCanvasHarness();
  });
  after(async () => {
    await harness.close();
    expect(harness.runtime.crashes).to.deep.equal([]);
    expect(harness.logged.filter(({ level }) => level >= 50)).to.deep.equal([]);
  });

  const samePicture = async (id: string, ...clients: CanvasClient[]): Promise<void> => {
    const { seq, bytes } = await harness.bitmap(id as Parameters<CanvasHarness['bitmap']>[0]);
    for (const client of clients) {
      await client.reach(seq);
      expect(Buffer.compare(client.colors ?? Buffer.alloc(0), bytes)).to.equal(0);
    }
  };

  it('[CANVAS-30] shows the canvas first, by its id or its slug, and who one is', async () => {
    const id = await harness.create({ slug: 'town' });
    const ann = await harness.join('town', 'Ann');
    const [state, ...more] = ann.frames;
    expect(state).to.include({
      type: 'canvas:state',
      seq: 1,
      width: 20,
      height: 10,
      background: 0,
      online: 1,
    });
    expect(state).to.have.deep.property('canvas', { id, slug: 'town', name: 'Wall', status: 'active' });
    expect(state).to.have.property('bitmap', `/v1/canvases/${id}/bitmap`);
    expect(state).to.have.property('you').that.includes({ name: 'Ann', role: 'painter' });
    expect(state && check(state)).to.equal('');
    expect(more).to.deep.equal([]);
    const watcher = await harness.join(id.toUpperCase());
    expect(watcher.frames[0]).to.include({ you: null, online: 2 });
    ann.drop();
    watcher.drop();
  });

  it('[CANVAS-30] takes the token from the query or from Authorization, and refuses one that is not good with 401', async () => {
    const id = await harness.create();
    const token = await harness.token('Ann');
    const bearer = new CanvasClient(harness.url(id), { headers: { authorization: `Bearer ${token}` } });
    expect((await bearer.hear('canvas:state')).you?.name).to.equal('Ann');
    bearer.drop();
    const [head = '', claims = '', signature = ''] = token.split('.');
    const forged = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const moderator = Buffer.from(JSON.stringify({ ...forged, role: 'moderator' })).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const bad = [
      `${head}.${moderator}.${signature}`,
      `${none}.${claims}.`,
      `${token.slice(0, -2)}xx`,
      'x',
      'a.b.c',
    ];
    for (const text of bad) {
      const { status, headers, body } = await new CanvasClient(harness.url(id, `token=${text}`)).refused;
      expect(status, text).to.equal(401);
      expect(headers['www-authenticate'], text).to.match(/^Bearer error="invalid_token"/);
      expect(body, text).to.include({ code: 'unauthorized', reason: 'invalid' });
    }
    const odd = new CanvasClient(harness.url(id), { headers: { authorization: 'Basic YTpi' } });
    expect((await odd.refused).status).to.equal(401);
    expect(JSON.stringify(harness.logged)).to.not.contain(signature);
  });

  it('[CANVAS-30] refuses an expired token with 401 that says so', async () => {
    const own = await startCanvasHarness({ lifetimeMs: -5_000 });
    const id = await own.create();
    const { status, body } = await new CanvasClient(own.url(id, `token=${await own.token()}`)).refused;
    expect(status).to.equal(401);
    expect(body).to.include({ reason: 'expired' });
    await own.close();
  });

  it('[CANVAS-30] answers 404 to an upgrade for an unknown canvas, 422 to a query that cannot be meant', async () => {
    const id = await harness.create();
    for (const [path, query, status] of [
      [UNKNOWN, '', 404],
      ['no-such-slug', '', 404],
      ['x'.repeat(200), '', 404],
      [id, 'lastSeq=x', 422],
      [id, 'encoding=xml', 422],
      [id, 'last_seq=1', 422],
    ] as const) {
      expect((await new CanvasClient(harness.url(path, query)).refused).status, `${path}?${query}`).to.equal(
        status,
      );
    }
  });

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
    await samePicture(id, ann, bob, json);
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
    await samePicture(id, ...clients, late);
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
    const slow = { pixelsPerSecond: 1, burst: 3 };
    const id = await harness.create({ rateLimits: { ...GENEROUS, perUser: slow } });
    const token = await harness.token('Ann');
    const first = new CanvasClient(harness.url(id, `token=${token}`));
    await first.hear('canvas:state');
    first.paint('all', [1, 1, 5], [2, 1, 5], [3, 1, 5]);
    await first.acked('all');
    first.drop();
    const second = new CanvasClient(harness.url(id, `token=${token}`));
    await second.hear('canvas:state');
    for (let n = 0; n < 5; n += 1) second.paint('all', [1, 1, 5], [2, 1, 5], [3, 1, 5]);
    await second.until(() => second.ackedIds.length === 5);
    expect(second.of('pixel:ack').map(({ seq }) => seq)).to.deep.equal(second.of('pixel:ack').map(() => 2));
    second.paint('more', [4, 1, 5], [5, 1, 5], [6, 1, 5]);
    const { reason, retryAfterMs = 0 } = await second.hear('pixel:reject');
    expect(reason).to.equal('rate_limited');
    // What was taken at first comes back, no more.
    expect(retryAfterMs).to.be.at.most(3_000);
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

  it('[CANVAS-37] brings one that is back what changed in one frame, also what moderators did', async () => {
    const id = await harness.create({ width: 100, height: 100 });
    const ann = await harness.join(id, 'Ann');
    ann.paint('a', [1, 1, 5]);
    await ann.acked('a');
    await ann.reach(2);
    const [had, lastSeq] = [ann.colors?.slice(), ann.lastSeq];
    for (let n = 0; n < 20; n += 1) ann.paint(`n${n}`, [n % 7, 3, n]);
    await ann.acked(...Array.from({ length: 20 }, (_, n) => `n${n}`));
    await harness.execute(id, {
      type: 'canvas.lock',
      name: 'Mo',
      region: { x: 0, y: 0, width: 1, height: 1 },
    });
    const back = await harness.join(
      id,
      'Ann',
      `lastSeq=${lastSeq}`,
      had === undefined ? {} : { colors: had },
    );
    const state = await back.hear('canvas:state');
    expect(state).to.not.have.property('bitmap');
    expect(state.locks).to.have.lengthOf(1);
    await back.until(() => back.of('bulk').length > 0);
    expect(back.frames[1]).to.include({ type: 'bulk', seq: 23 });
    expect(back.of('bulk')[0]?.pixels).to.have.lengthOf(7);
    await samePicture(id, back, ann);
    // Nothing is new: nothing follows.
    const same = await harness.join(id, undefined, 'lastSeq=23');
    expect(await same.hear('canvas:state')).to.not.have.property('bitmap');
    await same.settled();
    expect(same.of('bulk')).to.deep.equal([]);
    // Ahead of the canvas: the whole.
    const ahead = await harness.join(id, undefined, 'lastSeq=1000');
    expect(await ahead.hear('canvas:state')).to.have.property('bitmap');
    // More than the bitmap is worth: the whole.
    const all = packPixels(Array.from({ length: 5_000 }, (_, index) => [index + 1, 9] as const));
    await harness.execute(id, { type: 'canvas.paint', name: 'Mo', pixels: all });
    const far = await harness.join(id, undefined, 'lastSeq=2');
    expect(await far.hear('canvas:state')).to.have.property('bitmap');
    for (const client of [ann, back, same, ahead, far]) client.drop();
  });

  it('[CANVAS-39] tells moderation live and in its place, and locks hold from the next message on', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'Ann'), await harness.join(id, 'Bob')];
    ann.paint('a', [1, 1, 5]);
    await ann.acked('a');
    const region = { x: 1, y: 1, width: 2, height: 2 };
    await harness.execute(id, { type: 'canvas.lock', name: 'Mo', region, reason: 'logo' });
    ann.paint('b', [2, 2, 5]);
    await ann.until(() => ann.rejected.length === 1);
    const { lock } = await bob.hear('moderation:lock');
    expect(lock).to.include({ ...region, reason: 'logo', createdBy: 'mo' });
    await harness.execute(id, {
      type: 'canvas.unlock',
      name: 'Mo',
      id: (lock as CanvasLock).id,
      reason: 'over',
    });
    expect(await bob.hear('moderation:unlock')).to.include({ lockId: lock.id, reason: 'over', seq: 4 });
    ann.paint('c', [2, 2, 5]);
    await ann.acked('c');
    await harness.execute(id, {
      type: 'canvas.rewind',
      name: 'Mo',
      to: 1,
      seenUpTo: 5,
      pixels: packPixels([
        [21, 0],
        [42, 0],
      ]),
      reason: 'vandals',
    });
    const rewind = await bob.hear('moderation:rewind');
    expect(rewind).to.deep.equal({
      type: 'moderation:rewind',
      seq: 6,
      by: 'mo',
      to: 1,
      pixels: 2,
      reason: 'vandals',
    });
    expect(bob.frames[bob.frames.indexOf(rewind) - 1]).to.deep.equal({
      type: 'bulk',
      seq: 6,
      pixels: [
        [21, 0],
        [42, 0],
      ],
    });
    await harness.execute(id, {
      type: 'canvas.update',
      name: 'Mo',
      palette: ['#111111', '#222222', ...Array.from({ length: 4 }, (_, n) => `#33333${n}`)],
    });
    expect((await bob.hear('moderation:palette')).palette).to.have.lengthOf(6);
    ann.paint('d', [0, 0, '#333333']);
    await ann.acked('d');
    expect((await harness.bitmap(id)).bytes[0]).to.equal(5);
    await harness.execute(id, { type: 'canvas.update', name: 'Mo', title: 'Fence', archived: true });
    expect((await bob.hear('canvas:updated')).canvas).to.include({ name: 'Fence', status: 'archived' });
    await samePicture(id, ann, bob);
    for (const frame of [...ann.frames, ...bob.frames]) expect(check(frame)).to.equal('');
    ann.drop();
    bob.drop();
  });

  it('[CANVAS-33] holds a painter to its rate on all its sockets, and after it came back', async () => {
    const id = await harness.create({
      rateLimits: { ...GENEROUS, perUser: { pixelsPerSecond: 1, burst: 10 } },
    });
    const token = await harness.token('Ann');
    const open = async () => {
      const client = new CanvasClient(harness.url(id, `token=${token}`));
      await client.hear('canvas:state');
      return client;
    };
    const [one, two] = [await open(), await open()];
    one.paint('a', ...Array.from({ length: 6 }, (_, n) => [n, 0, 1] as const));
    await one.acked('a');
    two.paint('b', ...Array.from({ length: 6 }, (_, n) => [n, 1, 1] as const));
    const { retryAfterMs, reason } = await two.hear('pixel:reject');
    expect(reason).to.equal('rate_limited');
    expect(retryAfterMs).to.be.within(1, 2_000);
    one.drop();
    two.drop();
    const three = await open();
    three.paint('c', ...Array.from({ length: 9 }, (_, n) => [n, 1, 1] as const));
    expect((await three.hear('pixel:reject')).id).to.equal('c');
    three.drop();
    expect((await harness.bitmap(id)).seq).to.equal(2);
  });

  it('[CANVAS-33] holds an address to its rate, whoever paints from there', async () => {
    const own = await startCanvasHarness({ trustedProxies: 1 });
    const id = await own.create({
      rateLimits: { ...GENEROUS, perAddress: { pixelsPerSecond: 1, burst: 10 } },
    });
    const from = (address: string) => ({ headers: { 'x-forwarded-for': `203.0.113.9, ${address}` } });
    const clients = await Promise.all([
      own.join(id, 'Ann', '', from('192.0.2.1')),
      own.join(id, 'Bob', '', from('192.0.2.1')),
      own.join(id, 'Cleo', '', from('192.0.2.2')),
    ]);
    const pixels = Array.from({ length: 8 }, (_, n) => [n, 0, 1] as const);
    const [ann, bob, cleo] = clients;
    ann.paint('a', ...pixels);
    await ann.acked('a');
    bob.paint('b', ...pixels);
    cleo.paint('c', ...pixels);
    await Promise.all([bob.hear('pixel:reject'), cleo.acked('c')]);
    await own.close();
  });

  it('[CANVAS-36] tells how many are there when that changes', async () => {
    const own = await startCanvasHarness();
    const id = await own.create();
    const ann = await own.join(id, 'Ann');
    const others = await Promise.all(Array.from({ length: 5 }, () => own.join(id)));
    own.clock.advance(1_000);
    expect(await ann.hear('presence', ({ online }) => online === 6)).to.include({ online: 6 });
    for (const other of others) other.drop();
    while (own.sockets.count() > 1) await ann.settled();
    own.clock.advance(2_000);
    await ann.hear('presence', ({ online }) => online === 1);
    await own.close();
  });

  it('[CANVAS-40] answers heartbeats, closes 4408 who is silent and 4401 whose session expires', async () => {
    const own = await startCanvasHarness({ lifetimeMs: 100_000 });
    const id = await own.create();
    const [ann, silent, watcher] = [await own.join(id, 'Ann'), await own.join(id), await own.join(id)];
    for (let n = 0; n < 3; n += 1) {
      own.clock.advance(20_000);
      await Promise.all([ann.settled(), watcher.settled()]);
    }
    expect(await silent.closed).to.deep.equal({ code: 4408, reason: 'heartbeat_missed' });
    for (let n = 0; n < 2; n += 1) {
      own.clock.advance(20_000);
      await watcher.settled();
      if (n === 0) await ann.settled();
    }
    own.clock.advance(5_000);
    expect(await ann.closed).to.deep.equal({ code: 4401, reason: 'token_expired' });
    await watcher.settled();
    await own.close();
  });

  it('brings painters through a crash of the canvas: what was told is there, and painting goes on', async () => {
    const own = await startCanvasHarness();
    const id = await own.create();
    const [ann, bob] = [await own.join(id, 'Ann'), await own.join(id, 'Bob')];
    ann.paint('a', [1, 1, 5]);
    await ann.acked('a');
    await own.execute(id, { type: 'boom' } as never).catch(() => undefined);
    await Promise.all([ann.hear('canvas:reload'), bob.hear('canvas:reload')]);
    expect(check(await bob.hear('canvas:reload'))).to.equal('');
    const paint = randomUUID();
    ann.paint(paint, [2, 2, 6]);
    await ann.acked(paint);
    await bob.reach(3);
    expect((await own.bitmap(id)).bytes[21]).to.equal(5);
    await own.close();
  });
});
