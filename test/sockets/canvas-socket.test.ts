import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { CanvasLock } from '../../protocol/canvas-messages.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import { CanvasClient } from './canvas-client.ts';
import { type CanvasHarness, expectSamePicture, startCanvasHarness } from './canvas-harness.ts';
import { createCanvasChecker } from './canvas-messages.ts';
import { closeUnharmed } from './door-server.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('the canvas door on sockets', () => {
  let harness: CanvasHarness;
  const check = createCanvasChecker();
  before(async () => {
    harness = await startCanvasHarness();
  });
  after(() => closeUnharmed(harness));

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
    await expectSamePicture(harness, id, back, ann);
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
    await expectSamePicture(harness, id, ann, bob);
    for (const frame of [...ann.frames, ...bob.frames]) expect(check(frame)).to.equal('');
    ann.drop();
    bob.drop();
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
