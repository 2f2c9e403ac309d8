import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import request from 'supertest';
import type { OpenedSession } from '../../http/sessions/sessions.ts';
import type { CanvasInfo } from '../../protocol/canvas-messages.ts';
import { MODERATOR_KEY } from '../helpers/canvases.ts';
import { testApp, UNKNOWN_ID } from './test-app.ts';

type Method = 'get' | 'post' | 'patch' | 'delete';

describe('moderating canvases over HTTP', () => {
  const { app, canvases: world } = testApp();
  let mo: OpenedSession;
  let painter: OpenedSession;
  let canvas: CanvasInfo;
  let path: string;
  before(async () => {
    mo = await world.sessions.open({ name: 'Mo', moderatorKey: MODERATOR_KEY, address: '::1' });
    painter = await world.sessions.open({ name: 'Ann', address: '::1' });
  });
  beforeEach(async () => {
    canvas = await world.create();
    path = `/v1/canvases/${canvas.id}`;
  });

  const as = (who: OpenedSession, method: Method, url: string, body?: object): request.Test =>
    request(app)[method](url).set('Authorization', `Bearer ${who.token}`).send(body);
  const asMo = (method: Method, rest: string, body?: object): request.Test =>
    as(mo, method, `${path}${rest}`, body);
  const colors = async (): Promise<number[]> => [
    ...(await world.bitmaps.read(await world.documents.find(canvas.id))).bytes,
  ];

  const LOCK = { x: 1, y: 1, width: 3, height: 2, reason: 'A flag' };
  const routes: readonly (readonly [Method, string, object?])[] = [
    ['patch', '', { name: 'Mine' }],
    ['post', '/locks', LOCK],
    ['delete', `/locks/${UNKNOWN_ID}`],
    ['post', '/rewind', { seq: 1 }],
    ['get', '/audit'],
  ];

  it('[CANVAS-16] answers 401 to one without a session, 403 to a painter, and changes nothing', async () => {
    for (const [method, rest, body] of [
      ...routes,
      ['post', '/..', { name: 'A', width: 1, height: 1 }] as const,
    ]) {
      const url = rest === '/..' ? '/v1/canvases' : `${path}${rest}`;
      const none = await request(app)[method](url).send(body).expect(401);
      expect(none.body).to.include({ code: 'unauthorized', reason: 'missing' });
      expect(none.headers['www-authenticate']).to.equal('Bearer');
      const bad = await request(app)[method](url).set('Authorization', 'Bearer x').send(body).expect(401);
      expect(bad.body.reason).to.equal('invalid');
      await as(painter, method, url, body).expect(403);
    }
    const { body } = await asMo('get', '/audit').expect(200);
    expect(body.total).to.equal(1);
  });

  it('answers 404 to a moderator of a canvas that there is not', async () => {
    for (const [method, rest, body] of routes) {
      await as(mo, method, `/v1/canvases/${UNKNOWN_ID}${rest}`, body).expect(404);
    }
  });

  it('[CANVAS-17] creates a canvas, with all defaults or with none', async () => {
    const lean = await as(mo, 'post', '/v1/canvases', { name: 'Lean', width: 10, height: 20 }).expect(201);
    expect(lean.headers['location']).to.equal(`/v1/canvases/${lean.body.id}`);
    expect(lean.body).to.deep.include({
      name: 'Lean',
      slug: null,
      width: 10,
      height: 20,
      background: 0,
      status: 'active',
      createdBy: mo.userId,
      rateLimits: {
        perUser: { pixelsPerSecond: 20, burst: 200 },
        perAddress: { pixelsPerSecond: 100, burst: 1000 },
        connectionsPerAddress: 50,
      },
    });
    expect(lean.body.palette).to.have.length(32);
    const full = {
      name: 'Full',
      slug: 'full-1',
      width: 4096,
      height: 1,
      palette: ['#000000', '#ffffff'],
      background: 1,
      rateLimits: {
        perUser: { pixelsPerSecond: 1, burst: 2 },
        perAddress: { pixelsPerSecond: 3, burst: 4 },
        connectionsPerAddress: 5,
      },
    };
    const made = await as(mo, 'post', '/v1/canvases', { ...full, reason: 'Wanted' }).expect(201);
    expect(made.body).to.deep.include(full);
    expect(made.headers['location']).to.equal('/v1/canvases/full-1');
  });

  it('[CANVAS-17] answers 409 to a slug that is taken', async () => {
    const body = { name: 'A', slug: 'taken', width: 2, height: 2 };
    await as(mo, 'post', '/v1/canvases', body).expect(201);
    const again = await as(mo, 'post', '/v1/canvases', { ...body, name: 'B' }).expect(409);
    expect(again.body.code).to.equal('slug_taken');
  });

  it('answers 422 to a canvas that cannot be, and names each field', async () => {
    const good = { name: 'A', width: 2, height: 2 };
    const bad: readonly (readonly [object, string])[] = [
      [{ ...good, width: 4097 }, '/body/width'],
      [{ ...good, height: 0 }, '/body/height'],
      [{ ...good, slug: 'Not' }, '/body/slug'],
      [{ ...good, slug: randomUUID() }, '/body/slug'],
      [{ ...good, palette: ['#000000'] }, '/body/palette'],
      [{ ...good, palette: ['#000000', '#000000'] }, '/body/palette/1'],
      [{ ...good, palette: ['#000000', 'red'] }, '/body/palette/1'],
      [{ ...good, background: 32 }, '/body/background'],
      [{ ...good, name: '' }, '/body/name'],
      [{ ...good, reason: 'x'.repeat(501) }, '/body/reason'],
    ];
    for (const [body, where] of bad) {
      const answer = await as(mo, 'post', '/v1/canvases', body).expect(422);
      expect(
        answer.body.errors.map(({ path: at }: { path: string }) => at),
        where,
      ).to.include(where);
    }
  });

  it('[CANVAS-18] gives the first answer again to a repeated Idempotency-Key of the same user', async () => {
    const send = (who: OpenedSession, body: object): request.Test =>
      as(who, 'post', '/v1/canvases', body).set('Idempotency-Key', 'k1');
    const first = await send(mo, { name: 'First', width: 2, height: 2 }).expect(201);
    const again = await send(mo, { name: 'Second', width: 3, height: 3 }).expect(201);
    expect(again.body).to.deep.equal(first.body);
    const other = await world.sessions.open({ moderatorKey: MODERATOR_KEY, address: '::1' });
    const theirs = await send(other, { name: 'Third', width: 2, height: 2 }).expect(201);
    expect(theirs.body.id).not.to.equal(first.body.id);
    const lock = (key: string): request.Test => asMo('post', '/locks', LOCK).set('Idempotency-Key', key);
    const made = await lock('a').expect(201);
    expect((await lock('a').expect(201)).body).to.deep.equal(made.body);
    expect((await lock('b').expect(201)).body.id).not.to.equal(made.body.id);
  });

  it('changes name, palette, limits and status, and nothing that is not said', async () => {
    const rateLimits = { ...canvas.rateLimits, connectionsPerAddress: 7 };
    const changes: readonly object[] = [
      { name: 'Wall 2' },
      { palette: ['#111111', '#222222', '#333333'] },
      { rateLimits },
      { status: 'archived' },
    ];
    let expected: object = canvas;
    for (const change of changes) {
      const { body } = await asMo('patch', '', change).expect(200);
      expected = { ...expected, ...change };
      expect({ ...body, updatedAt: '' }).to.deep.equal({ ...expected, updatedAt: '' });
    }
    expect((await asMo('patch', '', {}).expect(200)).body.status).to.equal('archived');
    expect((await asMo('patch', '', { status: 'active', reason: 'Again' }).expect(200)).body.status).to.equal(
      'active',
    );
    const { body } = await asMo('get', '/audit').expect(200);
    expect(body.items.map(({ action }: { action: string }) => action)).to.deep.equal([
      'archive',
      'archive',
      'limits',
      'palette',
      'update',
      'create',
    ]);
  });

  it('answers 422 to a palette without a colour that is in use', async () => {
    await world.paint(canvas, 'ann', [0, 0, 9]);
    const { body } = await asMo('patch', '', { palette: ['#111111', '#222222'] }).expect(422);
    expect(body.errors[0].path).to.equal('/body/palette');
  });

  it('[CANVAS-19] locks a region, shows it to anybody, and takes it away', async () => {
    const { body: lock, headers } = await asMo('post', '/locks', LOCK).expect(201);
    expect(lock).to.deep.include({ ...LOCK, createdBy: mo.userId });
    expect(headers['location']).to.equal(`${path}/locks/${lock.id}`);
    const second = await asMo('post', '/locks', { x: 0, y: 0, width: 8, height: 6 }).expect(201);
    const listed = await request(app).get(`${path}/locks`).expect(200);
    expect(listed.body).to.deep.equal({ items: [lock, second.body], page: 1, size: 20, total: 2 });
    const page = await request(app).get(`${path}/locks?page=2&size=1`).expect(200);
    expect(page.body.items).to.deep.equal([second.body]);
    const gone = await asMo('delete', `/locks/${lock.id}?reason=Over`).expect(200);
    expect(gone.body).to.deep.equal(lock);
    await asMo('delete', `/locks/${lock.id}`).expect(404);
    await asMo('delete', '/locks/x').expect(404);
    expect((await request(app).get(`${path}/locks`).expect(200)).body.items).to.deep.equal([second.body]);
  });

  it('answers 422 to a lock that is not on the canvas', async () => {
    for (const lock of [{ ...LOCK, width: 8 }, { ...LOCK, x: -1 }, { ...LOCK, height: 0 }, { x: 1 }]) {
      await asMo('post', '/locks', lock).expect(422);
    }
  });

  it('[CANVAS-20] rewinds to an event, and the rewind can be rewound', async () => {
    const then = await world.paint(canvas, 'ann', [0, 0, 1], [1, 0, 2]);
    const before = await colors();
    const last = await world.paint(canvas, 'bob', [1, 0, 3], [2, 0, 4]);
    const after = await colors();
    const { body } = await asMo('post', '/rewind', { seq: then, reason: 'Scribble' }).expect(200);
    expect(body).to.deep.equal({ seq: last + 1, pixels: 2 });
    expect(await colors()).to.deep.equal(before);
    const back = await asMo('post', '/rewind', { seq: last }).expect(200);
    expect(back.body).to.deep.equal({ seq: last + 2, pixels: 2 });
    expect(await colors()).to.deep.equal(after);
    const nothing = await asMo('post', '/rewind', { seq: last }).expect(200);
    expect(nothing.body).to.deep.equal({ seq: last + 2, pixels: 0 });
  });

  it('[CANVAS-20] rewinds to a time', async () => {
    const { time } = world.runtime;
    await world.paint(canvas, 'ann', [0, 0, 1]);
    const at = new Date(time.ms + 500).toISOString();
    time.ms += 1000;
    await world.paint(canvas, 'bob', [0, 0, 2]);
    const { body } = await asMo('post', '/rewind', { at }).expect(200);
    expect(body.pixels).to.equal(1);
    expect((await colors())[0]).to.equal(1);
  });

  it('[CANVAS-20] rewinds a region, or one user, and leaves the rest', async () => {
    await world.paint(canvas, 'ann', [0, 0, 1], [7, 5, 1]);
    await world.paint(canvas, 'bob', [0, 0, 2], [7, 5, 2], [3, 3, 2]);
    await world.paint(canvas, 'cid', [3, 3, 5]);
    const region = { x: 0, y: 0, width: 4, height: 4 };
    expect(
      (await asMo('post', '/rewind', { seq: 2, region, userId: 'bob' }).expect(200)).body.pixels,
    ).to.equal(1);
    const now = await colors();
    expect([now[0], now[47], now[27]]).to.deep.equal([1, 2, 5]);
    expect((await asMo('post', '/rewind', { seq: 1, region }).expect(200)).body.pixels).to.equal(2);
    const then = await colors();
    expect([then[0], then[47], then[27]]).to.deep.equal([0, 2, 0]);
  });

  it('[CANVAS-21] only tells what a rewind would do where that is all that is wanted', async () => {
    const then = await world.paint(canvas, 'ann', [0, 0, 1]);
    const last = await world.paint(canvas, 'bob', [0, 0, 2]);
    const before = await colors();
    const { body } = await asMo('post', '/rewind?dryRun=true', { seq: then }).expect(200);
    expect(body).to.deep.equal({ seq: last, pixels: 1 });
    expect(await colors()).to.deep.equal(before);
    expect((await asMo('get', '/audit?action=rewind').expect(200)).body.total).to.equal(0);
  });

  it('answers a repeated rewind as it was answered first', async () => {
    const then = await world.paint(canvas, 'ann', [0, 0, 1]);
    await world.paint(canvas, 'bob', [0, 0, 2]);
    const send = (): request.Test => asMo('post', '/rewind', { seq: then }).set('Idempotency-Key', 'again');
    const first = await send().expect(200);
    await world.paint(canvas, 'cid', [0, 0, 3]);
    expect((await send().expect(200)).body).to.deep.equal(first.body);
    expect((await colors())[0]).to.equal(3);
  });

  it('names what is wrong with a region that leaves the canvas', async () => {
    const bad = [
      [{ x: 8, y: 0, width: 1, height: 1 }, ['/body/x']],
      [{ x: 0, y: 6, width: 1, height: 1 }, ['/body/y']],
      [{ x: 7, y: 0, width: 2, height: 1 }, ['/body/width']],
      [{ x: 8, y: 5, width: 1, height: 2 }, ['/body/x', '/body/height']],
    ] as const;
    for (const [lock, where] of bad) {
      const { body } = await asMo('post', '/locks', lock).expect(422);
      expect(body.errors.map((error: { path: string }) => error.path)).to.deep.equal(where);
    }
  });

  it('answers 422 to a rewind to nowhere', async () => {
    const seq = await world.paint(canvas, 'ann', [0, 0, 1]);
    const { ms } = world.runtime.time;
    const bad: readonly (readonly [object, string])[] = [
      [{}, '/body'],
      [{ seq, at: new Date(ms).toISOString() }, '/body'],
      [{ seq: seq + 1 }, '/body/seq'],
      [{ seq: 0 }, '/body/seq'],
      [{ at: new Date(ms + 1000).toISOString() }, '/body/at'],
      [{ at: new Date(ms - 60_000_000).toISOString() }, '/body/at'],
      [{ at: 'yesterday' }, '/body/at'],
      [{ at: '2016-12-31T23:59:60Z' }, '/body/at'],
      [{ seq, region: { x: 0, y: 0, width: 9, height: 1 } }, '/body/region/width'],
      [{ seq, region: { x: 0, y: 6, width: 1, height: 1 } }, '/body/region/y'],
      [{ seq, region: { x: 0 } }, '/body/region/y'],
    ];
    for (const [body, where] of bad) {
      const answer = await asMo('post', '/rewind', body).expect(422);
      expect(answer.body.errors[0].path, JSON.stringify(body)).to.equal(where);
    }
  });

  it('[CANVAS-22] keeps who did what, when and why, and finds it by action and user', async () => {
    await asMo('post', '/locks', LOCK).expect(201);
    const other = await world.sessions.open({ name: 'Di', moderatorKey: MODERATOR_KEY, address: '::1' });
    await as(other, 'patch', path, { name: 'New', reason: 'Better' }).expect(200);
    const { body } = await asMo('get', '/audit').expect(200);
    expect(body).to.deep.include({ page: 1, size: 20, total: 3 });
    const [update, lock] = body.items;
    expect(update).to.deep.include({
      action: 'update',
      userId: other.userId,
      name: 'Di',
      reason: 'Better',
      details: { name: 'New' },
      at: new Date(world.runtime.time.ms).toISOString(),
    });
    expect(lock).to.include({ action: 'lock', userId: mo.userId, name: 'Mo', reason: 'A flag' });
    const found = async (query: string): Promise<string[]> =>
      (await asMo('get', `/audit?${query}`).expect(200)).body.items.map(
        ({ action }: { action: string }) => action,
      );
    expect(await found('action=lock')).to.deep.equal(['lock']);
    expect(await found(`user=${other.userId}`)).to.deep.equal(['update']);
    expect(await found(`action=lock&user=${other.userId}`)).to.deep.equal([]);
    expect(await found('page=2&size=2')).to.deep.equal(['create']);
    await asMo('get', '/audit?action=paint').expect(422);
  });
});
