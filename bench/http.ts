/**
 * POST /v1/annotations with all validation, through to the document's actor and the memory store, against the same
 * Express app answering a constant, and against a bare one. All in one run: the servers share a process and are asked in
 * turns, so that load from elsewhere meets all of them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';
import { median, report } from './report.ts';

const ROUNDS = 7;
const ROUND_MS = 1500;
const CONNECTIONS = 32;

const SERVERS = ['full', 'same', 'bare'] as const;
type Which = (typeof SERVERS)[number];
const NAMES: Readonly<Record<Which, string>> = {
  full: 'POST /v1/annotations',
  same: 'the same app answering a constant',
  bare: 'bare Express answering a constant',
};
type PerServer<T> = Readonly<Record<Which, T>>;

const body = (documentId: string): string =>
  JSON.stringify({
    document_id: documentId,
    type: 'box',
    geometry: { x: 10.5, y: 20, width: 300, height: 120, rotation: 15 },
    style: { stroke: '#e03131', stroke_width: 3, fill: 'none', opacity: 0.8, z_index: 2 },
    content: 'The quick brown fox jumps over the lazy dog',
    created_by: 'bench',
  });

/** Asks the server's process something. */
async function ask<T>(what: 'cpu' | 'documents'): Promise<T> {
  child.send(what);
  const [answer] = (await once(child, 'message')) as [T];
  return answer;
}

interface Round {
  /** Requests per second. */
  readonly rate: number;
  /** Of the server's process per request: says the same where other programs take turns with it. */
  readonly cpuMicroseconds: number;
}

/** Each connection writes to a document of its own. */
async function round(pool: Pool, documents: readonly string[]): Promise<Round> {
  const cpu = await ask<number>('cpu');
  const started = performance.now();
  let done = 0;
  const worker = async (documentId: string): Promise<void> => {
    const payload = body(documentId);
    while (performance.now() - started < ROUND_MS) {
      const answer = await pool.request({
        method: 'POST',
        path: '/v1/annotations',
        headers: { 'content-type': 'application/json', 'x-user-id': 'bench' },
        body: payload,
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 201) throw new Error(`answered ${answer.statusCode}: ${text}`);
      done += 1;
    }
  };
  await Promise.all(documents.map(worker));
  const rate = (done / (performance.now() - started)) * 1000;
  return { rate, cpuMicroseconds: ((await ask<number>('cpu')) - cpu) / done };
}

const child = fork(new URL(import.meta.resolve('./http-server.js')), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
try {
  const [ports] = (await once(child, 'message')) as [PerServer<number>];
  const connect = (which: Which): Pool =>
    new Pool(`http://127.0.0.1:${ports[which]}`, { connections: CONNECTIONS });
  const pools: PerServer<Pool> = { full: connect('full'), same: connect('same'), bare: connect('bare') };
  const rounds: PerServer<Round[]> = { full: [], same: [], bare: [] };
  for (let i = 0; i <= ROUNDS; i++) {
    const documents = await ask<string[]>('documents');
    for (const which of SERVERS) {
      const measured = await round(pools[which], documents);
      // The first round warms the compiler up.
      if (i > 0) rounds[which].push(measured);
    }
  }
  const figures = SERVERS.flatMap((which) => [
    { name: NAMES[which], value: median(rounds[which].map(({ rate }) => rate)), unit: 'requests/s' },
    {
      name: `${NAMES[which]}, CPU`,
      value: median(rounds[which].map(({ cpuMicroseconds }) => cpuMicroseconds)),
      unit: 'us/request',
    },
  ]);
  /** How much of the constant's speed is left, compared round by round. */
  const share = (which: 'same' | 'bare', measure: (round: Round) => number): number =>
    median(rounds.full.map((full, i) => measure(full) / measure(rounds[which][i] ?? full)));
  report('http', [
    ...figures,
    { name: 'share of the same app', value: share('same', ({ rate }) => rate), unit: 'x', target: '>= 0.5' },
    {
      name: 'share of the same app, by CPU',
      value: share('same', ({ cpuMicroseconds }) => 1 / cpuMicroseconds),
      unit: 'x',
    },
    { name: 'share of a bare app', value: share('bare', ({ rate }) => rate), unit: 'x' },
    {
      name: 'share of a bare app, by CPU',
      value: share('bare', ({ cpuMicroseconds }) => 1 / cpuMicroseconds),
      unit: 'x',
    },
  ]);
  await Promise.all(SERVERS.map((which) => pools[which].close()));
} finally {
  child.kill('SIGKILL');
}
