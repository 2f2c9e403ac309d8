import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { SignJWT } from 'jose';
import request from 'supertest';
import type { Session } from '../../http/sessions/session.ts';
import { openSessionSecrets } from '../../http/sessions/session-secrets.ts';
import { Sessions, type SessionsOptions } from '../../http/sessions/sessions.ts';
import { isUuid } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { testApp } from './test-app.ts';

const SECRET = 'a secret of thirty-two characters';
const KEY = 'the key of moderators';
const HOUR_MS = 3_600_000;
const address = '192.0.2.7';

interface World {
  readonly sessions: Sessions;
  readonly time: { ms: number };
}

function world(overrides: Partial<SessionsOptions> = {}): World {
  const time = { ms: Date.UTC(2026, 0, 1) };
  const sessions = new Sessions({
    secret: SECRET,
    moderatorKey: KEY,
    lifetimeMs: 12 * HOUR_MS,
    clock: { now: () => time.ms },
    newId: randomUUID,
    ...overrides,
  });
  return { sessions, time };
}

async function refusalOf(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const reasonOf = async (promise: Promise<Session>): Promise<unknown> => {
  const { code, extra } = await refusalOf(promise);
  return [code, extra?.['reason']];
};
const INVALID = ['unauthorized', 'invalid'];

/** A token that is signed as ours are, but says what a test wants. */
const forged = (claims: Record<string, unknown>, secret = SECRET, alg = 'HS256'): Promise<string> =>
  new SignJWT({ iss: 'troupe', aud: 'troupe', exp: 4_000_000_000, ...claims })
    .setProtectedHeader({ alg })
    .sign(Buffer.from(secret));

describe('sessions', () => {
  it('[CANVAS-1] gives a painter a token that says who it is, for as long as it is told', async () => {
    const { sessions, time } = world();
    const { token, ...opened } = await sessions.open({ name: 'Änne 🎨', address });
    expect(opened).to.include({ name: 'Änne 🎨', role: 'painter', expiresAt: time.ms + 12 * HOUR_MS });
    expect(isUuid(opened.userId)).to.equal(true);
    expect(await sessions.verify(token)).to.deep.equal(opened);
  });

  it('makes up a name for one who gives none, and another id each time', async () => {
    const { sessions } = world();
    const [first, second] = await Promise.all([sessions.open({ address }), sessions.open({ address })]);
    expect(first.name).to.equal(`Guest ${first.userId.slice(0, 4)}`);
    expect(first.userId).not.to.equal(second.userId);
  });

  it('[CANVAS-2] refuses a token once it has expired, with that reason', async () => {
    const { sessions, time } = world();
    const { token, expiresAt } = await sessions.open({ address });
    time.ms = expiresAt - 1;
    await sessions.verify(token);
    time.ms = expiresAt;
    expect(await reasonOf(sessions.verify(token))).to.deep.equal(['unauthorized', 'expired']);
    expect(await reasonOf(sessions.open({ token, address }))).to.deep.equal(['unauthorized', 'expired']);
  });

  it('[CANVAS-2] refuses a token that was altered anywhere', async () => {
    const { sessions } = world();
    const { token } = await sessions.open({ name: 'Ann', address });
    // All of it would take seconds.
    for (let at = 0; at < token.length - 1; at += 7) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const altered = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      expect(await reasonOf(sessions.verify(altered)), `at ${at}`).to.deep.equal(INVALID);
    }
  });

  it('[CANVAS-2] refuses a token of another server, of another purpose, and what is none', async () => {
    const { sessions } = world();
    const sub = randomUUID();
    const good = { sub, name: 'Ann', role: 'painter' };
    expect(await sessions.verify(await forged(good))).to.include({ name: 'Ann' });
    const other = await world({ secret: 'another secret of thirty-two chars' }).sessions.open({ address });
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(good)).toString('base64url')}.`;
    const bad = [
      other.token,
      await forged(good, SECRET, 'HS512'),
      await forged({ ...good, iss: 'else' }),
      await forged({ ...good, aud: 'else' }),
      await forged({ ...good, exp: undefined }),
      await forged({ ...good, sub: 'me' }),
      await forged({ ...good, name: 7 }),
      await forged({ ...good, role: 'god' }),
      await forged({ ...good, role: 'moderator' }),
      unsigned,
      '',
      'x',
      'a.b.c',
      'x'.repeat(10_000),
    ];
    for (const token of bad) expect(await reasonOf(sessions.verify(token)), token).to.deep.equal(INVALID);
  });

  it('[CANVAS-3] renews: the same user and role for longer, under a new name where one is given', async () => {
    const { sessions, time } = world();
    const first = await sessions.open({ name: 'Ann', moderatorKey: KEY, address });
    time.ms += HOUR_MS;
    const { token } = first;
    const same = await sessions.open({ token, address });
    expect(same).to.include({ userId: first.userId, name: 'Ann', role: 'moderator' });
    expect(same.expiresAt).to.equal(first.expiresAt + HOUR_MS);
    const renamed = await sessions.open({ token, name: 'Anna', address });
    expect(renamed).to.include({ userId: first.userId, name: 'Anna', role: 'moderator' });
    expect(await sessions.verify(token), 'the old one is good, too').to.include({ name: 'Ann' });
  });

  it('[CANVAS-4] makes a moderator of one who gives the key, and refuses a wrong one of any length', async () => {
    const { sessions } = world({ attempts: { wrong: 100, seconds: 60 } });
    const painter = await sessions.open({ name: 'Mo', address });
    const moderator = await sessions.open({ token: painter.token, moderatorKey: KEY, address });
    expect(moderator).to.include({ userId: painter.userId, role: 'moderator' });
    for (const wrong of [
      'x',
      `${KEY}x`,
      KEY.slice(0, -1),
      KEY.toUpperCase(),
      'x'.repeat(KEY.length),
      '\u{1f511}',
    ]) {
      expect((await refusalOf(sessions.open({ moderatorKey: wrong, address }))).code).to.equal('forbidden');
    }
  });

  it('[CANVAS-4] ends the sessions of moderators with the key that made them', async () => {
    const { sessions } = world();
    const moderator = await sessions.open({ moderatorKey: KEY, address });
    const painter = await sessions.open({ address });
    const later = world({ moderatorKey: 'a new key' }).sessions;
    expect(await reasonOf(later.verify(moderator.token))).to.deep.equal(INVALID);
    await later.verify(painter.token);
  });

  it('[CANVAS-5] lets an address give a wrong key only so often; others do not wait for it', async () => {
    const { sessions } = world({ attempts: { wrong: 3, seconds: 60 } });
    const attempts = await Promise.all(
      Array.from({ length: 5 }, () => refusalOf(sessions.open({ moderatorKey: 'wrong', address }))),
    );
    expect(attempts.map(({ code }) => code).sort()).to.deep.equal([
      'forbidden',
      'forbidden',
      'forbidden',
      'rate_limited',
      'rate_limited',
    ]);
    const blocked = await refusalOf(sessions.open({ moderatorKey: KEY, address }));
    expect(blocked.code).to.equal('rate_limited');
    expect(Number(blocked.headers?.['Retry-After'])).to.be.within(1, 60);
    await sessions.open({ address });
    await sessions.open({ moderatorKey: KEY, address: '192.0.2.8' });
  });

  it('does not count right keys as attempts', async () => {
    const { sessions } = world({ attempts: { wrong: 2, seconds: 60 } });
    for (let i = 0; i < 6; i += 1) await sessions.open({ moderatorKey: KEY, address });
  });
});

describe('the secrets of sessions', () => {
  const kept = (known: Map<string, string>) => ({
    async create(key: string, value: string) {
      if (!known.has(key)) known.set(key, value);
      return known.get(key) ?? '';
    },
  });
  const NONE = { secret: undefined, moderatorKey: undefined };

  it('[CANVAS-6] are made at the first start, kept, and the key is told that once', async () => {
    const store = kept(new Map());
    const told: string[] = [];
    const first = await openSessionSecrets(store, NONE, (key) => told.push(key));
    const second = await openSessionSecrets(store, NONE, (key) => told.push(key));
    expect(second).to.deep.equal(first);
    expect(told).to.deep.equal([first.moderatorKey]);
    expect(first.secret).to.have.length.of.at.least(43);
    expect(first.moderatorKey).to.have.length(20);
  });

  it('[CANVAS-6] are those of the environment where it has them, and then nothing is kept or told', async () => {
    const known = new Map<string, string>();
    const given = { secret: SECRET, moderatorKey: KEY };
    expect(await openSessionSecrets(kept(known), given, () => expect.fail('told'))).to.deep.equal(given);
    expect(known.size).to.equal(0);
  });
});

describe('POST /v1/sessions', () => {
  const { app, canvases, lines } = testApp();
  const post = (body?: object): request.Test => request(app).post('/v1/sessions').send(body);

  it('[CANVAS-1] opens a session, and with its token renews it', async () => {
    const { body, headers } = await post({ name: 'Ann' }).expect(201);
    expect(headers['cache-control']).to.equal('no-store');
    expect(body).to.have.all.keys('token', 'userId', 'name', 'role', 'expiresAt');
    expect(await canvases.sessions.verify(body.token)).to.include({ userId: body.userId, name: 'Ann' });
    const renewed = await post({ name: 'Anna' }).set('Authorization', `bearer ${body.token}`).expect(201);
    expect(renewed.body).to.include({ userId: body.userId, name: 'Anna', role: 'painter' });
  });

  it('needs no body', async () => {
    const { body } = await request(app).post('/v1/sessions').expect(201);
    expect(body.role).to.equal('painter');
  });

  it('[CANVAS-2] answers 401 to a token that is not good, and says why in a challenge', async () => {
    for (const header of ['Bearer x', 'Bearer', 'Basic eDp5', '']) {
      const { body, headers } = await post({}).set('Authorization', header).expect(401);
      expect(body).to.include({ code: 'unauthorized', reason: 'invalid' });
      expect(headers['www-authenticate']).to.match(/^Bearer error="invalid_token"/);
    }
  });

  it('[CANVAS-4] answers 403 to a wrong key, and makes a moderator by the right one', async () => {
    await post({ moderatorKey: 'wrong' }).expect(403);
    const { body } = await post({ moderatorKey: 'the key of moderators' }).expect(201);
    expect(body.role).to.equal('moderator');
  });

  it('[CANVAS-5] answers 429 with Retry-After to one who tries keys', async () => {
    for (let i = 0; i < 12; i += 1) await post({ moderatorKey: `guess ${i}` });
    const { headers } = await post({ moderatorKey: 'guess' }).expect(429);
    expect(Number(headers['retry-after'])).to.be.greaterThan(1);
  });

  it('answers 422 to a name that nobody could read, and 400 and 415 to what is no JSON', async () => {
    for (const name of ['', ' ', 'a\nb', 'x'.repeat(65), ' Ann', 7]) await post({ name }).expect(422);
    await request(app).post('/v1/sessions').set('Content-Type', 'application/json').send('{').expect(400);
    await request(app).post('/v1/sessions').set('Content-Type', 'text/plain').send('x').expect(415);
  });

  it('[CANVAS-7] writes neither token nor key to the log', async () => {
    const { body } = await post({ name: 'Ann' }).expect(201);
    await request(app).get(`/v1/canvases?token=${body.token}`).set('Authorization', `Bearer ${body.token}`);
    const log = JSON.stringify(lines);
    expect(log).not.to.include(body.token);
    expect(log).not.to.include('guess 1');
    expect(log).to.include(body.userId);
  });
});
