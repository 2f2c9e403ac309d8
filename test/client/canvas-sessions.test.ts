import { expect } from 'chai';
import type { CanvasFetch } from '../../client/canvas-bitmap.ts';
import { CanvasesApi, type ReplayedEvent } from '../../client/canvases-api.ts';
import { ApiError } from '../../client/rest-client.ts';
import { SessionKeeper, type SessionKeeperOptions } from '../../client/session-keeper.ts';
import { type Session, SessionsApi } from '../../client/sessions-api.ts';
import { createCanvasScene, turn } from './canvas-scene.ts';
import { FakeTimers } from './fake-timers.ts';

const HOUR_MS = 3_600_000;

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

type Answer = { readonly status: number; readonly body?: unknown; readonly seq?: string };

/** A server of which the test is the one who answers. */
function fakeFetch(answer: (asked: Asked) => Answer): {
  readonly fetch: CanvasFetch;
  readonly asked: Asked[];
} {
  const asked: Asked[] = [];
  const fetch: CanvasFetch = (url, { method, headers, body }) => {
    const one = {
      method,
      url,
      token: headers?.['authorization'],
      body: typeof body === 'string' ? JSON.parse(body) : undefined,
    };
    asked.push(one);
    const { status, body: said, seq = null } = answer(one);
    return Promise.resolve({
      ok: status < 400,
      status,
      headers: { get: (name) => (name.toLowerCase() === 'x-canvas-seq' ? seq : null) },
      text: () => Promise.resolve(JSON.stringify(said ?? {})),
      arrayBuffer: () => Promise.resolve(new Uint8Array([1, 2, 3]).buffer),
    });
  };
  return { fetch, asked };
}

/** A server of sessions that are good for ten hours, and a keeper. */
function createKeeper(options: Partial<SessionKeeperOptions> = {}, status: () => number = () => 201) {
  const timers = new FakeTimers();
  let made = 0;
  const { fetch, asked } = fakeFetch(({ token }) => {
    const code = status();
    if (code >= 400) return { status: code };
    made += 1;
    const expiresAt = new Date(timers.now() + 10 * HOUR_MS).toISOString();
    const userId = token === undefined ? `user${made}` : 'the same';
    return { status: code, body: { token: `token${made}`, userId, name: 'Ann', role: 'painter', expiresAt } };
  });
  const api = new SessionsApi('https://example.com', fetch);
  const keeper = new SessionKeeper(api, { timers, now: () => timers.now(), ...options });
  return { keeper, asked, timers };
}

const session = (hours: number): Session => ({
  token: 'known',
  userId: 'ann',
  name: 'Ann',
  role: 'painter',
  expiresAt: new Date(hours * HOUR_MS).toISOString(),
});

describe('who keeps a session', () => {
  it('makes one when it is first needed, and only one for all who ask', async () => {
    const { keeper, asked } = createKeeper({ session: { name: 'Ann' } });
    expect(asked).to.deep.equal([]);
    expect(await Promise.all([keeper.token(), keeper.token()])).to.deep.equal(['token1', 'token1']);
    expect(asked).to.deep.equal([
      { method: 'POST', url: 'https://example.com/v1/sessions', token: undefined, body: { name: 'Ann' } },
    ]);
  });

  it('renews it before it expires, and stays the same user', async () => {
    const { keeper, asked, timers } = createKeeper();
    const kept: string[] = [];
    keeper.on('session', ({ token }) => kept.push(token));
    await keeper.token();
    timers.pass(8 * HOUR_MS);
    await turn();
    expect(asked.map(({ token }) => token)).to.deep.equal([undefined, 'Bearer token1']);
    expect([await keeper.token(), keeper.session?.userId, kept]).to.deep.equal([
      'token2',
      'the same',
      ['token1', 'token2'],
    ]);
  });

  it('goes on with one of an earlier life', async () => {
    const { keeper, asked } = createKeeper({ known: session(5) });
    expect([await keeper.token(), asked.length]).to.deep.equal(['known', 0]);
  });

  it('makes a new one where the old one has expired, or the server does not take it', async () => {
    const expired = createKeeper({ known: session(0) });
    expect(await expired.keeper.token()).to.equal('token1');
    const refused = createKeeper({ known: session(5) });
    expect(await refused.keeper.token('known')).to.equal('token1');
    expect(await refused.keeper.token('some older one')).to.equal('token1');
  });

  it('tries again where it cannot be renewed now, and not where it never will be', async () => {
    for (const [code, attempts] of [
      [503, 3],
      [401, 1],
    ] as const) {
      const { keeper, asked, timers } = createKeeper({ known: session(5) }, () => code);
      timers.pass(4 * HOUR_MS);
      await turn();
      for (const _ of [1, 2]) {
        timers.pass(60_000);
        await turn();
      }
      expect(asked.length).to.equal(attempts);
      keeper.stop();
      expect(timers.waiting).to.equal(0);
    }
  });
});

describe('a connection whose handshake fails', () => {
  it('ends for good where there is no such canvas', async () => {
    const { fetch } = fakeFetch(() => ({ status: 404 }));
    const { connection, latest, told } = createCanvasScene({ fetch, asksServer: true });
    connection.join();
    latest().ends(1006);
    await turn();
    expect([connection.status.name, told]).to.deep.equal(['closed', ['error not_found']]);
  });

  it('ends for good where its only token is not taken', async () => {
    const { fetch, asked } = fakeFetch(({ url }) => ({ status: url.endsWith('/sessions') ? 401 : 200 }));
    const { connection, latest, told } = createCanvasScene({ fetch, asksServer: true });
    connection.join();
    latest().ends(1006);
    await turn();
    expect(asked.map(({ token }) => token)).to.deep.equal([undefined, 'Bearer secret']);
    expect([connection.status.name, told]).to.deep.equal(['closed', ['error unauthorized']]);
  });

  it('asks for another token, once, and goes on where the server cannot be asked', async () => {
    const refused: (string | undefined)[] = [];
    const token = (old?: string): string => {
      refused.push(old);
      return `token${refused.length}`;
    };
    const { fetch } = fakeFetch(({ url }) => ({ status: url.endsWith('/sessions') ? 401 : 200 }));
    const { connection, latest, timers } = createCanvasScene({ fetch, token, asksServer: true });
    connection.join();
    await turn();
    for (const end of ['waiting', 'closed']) {
      latest().ends(1006);
      await turn();
      expect(connection.status.name).to.equal(end);
      timers.pass(1_000);
      await turn();
    }
    expect(refused).to.deep.equal([undefined, 'token1']);
  });
});

describe('canvases by REST', () => {
  it('asks for what the spec names', async () => {
    const { fetch, asked } = fakeFetch(() => ({ status: 200, body: { items: [] } }));
    const api = new CanvasesApi('https://example.com/troupe/', { fetch, token: 't' });
    await api.list({ page: 2 });
    await api.pixel('main', 3, 4, { limit: 5 });
    await api.unlock('main', 'lock', 'all clear');
    await api.rewind('main', { seq: 7 }, { dryRun: true });
    await api.audit('main', { action: 'lock' });
    await api.history('main', { from: 1, encoding: 'packed' });
    expect(
      asked.map(({ method, url, token }) => [
        method,
        url.slice('https://example.com/troupe/v1/'.length),
        token,
      ]),
    ).to.deep.equal([
      ['GET', 'canvases?page=2', 'Bearer t'],
      ['GET', 'canvases/main/pixels/3/4?limit=5', 'Bearer t'],
      ['DELETE', 'canvases/main/locks/lock?reason=all+clear', 'Bearer t'],
      ['POST', 'canvases/main/rewind?dryRun=true', 'Bearer t'],
      ['GET', 'canvases/main/audit?action=lock', 'Bearer t'],
      ['GET', 'canvases/main/history?from=1&encoding=packed', 'Bearer t'],
    ]);
    expect(api.snapshotUrl('main', { scale: 2 })).to.equal(
      'https://example.com/troupe/v1/canvases/main/snapshot?scale=2',
    );
  });

  it('asks who gives tokens before each request, and once more where one is not taken', async () => {
    const { fetch, asked } = fakeFetch(({ token }) =>
      token === 'Bearer old' ? { status: 401 } : { status: 200, body: { items: [] } },
    );
    const refused: (string | undefined)[] = [];
    const api = new CanvasesApi('https://example.com', {
      fetch,
      token: async (old) => {
        refused.push(old);
        return old === undefined && refused.length === 1 ? 'old' : 'new';
      },
    });
    await api.audit('main');
    await api.audit('main');
    expect(asked.map(({ token }) => token)).to.deep.equal(['Bearer old', 'Bearer new', 'Bearer new']);
    expect(refused).to.deep.equal([undefined, 'old', undefined]);
    const never = new CanvasesApi('https://example.com', { fetch, token: () => 'old' });
    const error = await never.audit('main').catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ApiError).and.to.include({ status: 401 });
  });

  it('replays the events of a canvas one by one, with their pixels', async () => {
    const at = '2026-11-21T07:00:00.000Z';
    const pages = [
      { items: [{ seq: 1, at, userId: 'mo', kind: 'canvas.created' }], next: 2, seq: 3 },
      {
        items: [
          { seq: 2, at, userId: 'ann', kind: 'painted', packed: 'AAAFAw==' },
          { seq: 3, at, userId: 'mo', kind: 'locked' },
        ],
        next: null,
        seq: 3,
      },
    ];
    const { fetch, asked } = fakeFetch(({ url }) => ({
      status: 200,
      body: pages[url.includes('from=2') ? 1 : 0] ?? {},
    }));
    const api = new CanvasesApi('https://example.com', { fetch });
    const events: ReplayedEvent[] = [];
    for await (const event of api.replay('main', { to: 3 })) events.push(event);
    expect(events.map(({ seq, kind, pixels }) => [seq, kind, [...pixels]])).to.deep.equal([
      [1, 'canvas.created', []],
      [2, 'painted', [0, 0, 5, 3]],
      [3, 'locked', []],
    ]);
    expect(asked.map(({ url }) => url.split('?')[1])).to.deep.equal([
      'from=1&to=3&encoding=packed',
      'from=2&to=3&encoding=packed',
    ]);
  });

  it('gives a bitmap with the event that it is of, and none that does not say', async () => {
    const { fetch } = fakeFetch(() => ({ status: 200, seq: '7' }));
    const bitmap = await new CanvasesApi('https://example.com', { fetch }).bitmap('main');
    expect(bitmap).to.deep.equal({ seq: 7, bytes: new Uint8Array([1, 2, 3]) });
    for (const answer of [{ status: 200 }, { status: 404, seq: '7' }]) {
      const api = new CanvasesApi('https://example.com', { fetch: fakeFetch(() => answer).fetch });
      const error = await api.bitmap('main').catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(ApiError);
    }
  });
});
