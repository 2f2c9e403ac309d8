/**
 * Appends per second and what they cost the event loop: the SQLite store (durable, on this machine's disk) against the
 * memory store. Each append is one event of 100 bytes with an operation id, unless it is said to be more; each document
 * keeps a window of appends under way.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { DocumentId, OperationId, UserId } from '../protocol/ids.ts';
import { MemoryStore } from '../storage/memory-store.ts';
import type { DocumentStore, StoredEvent } from '../storage/port.ts';
import { openSqliteStore } from '../storage/sqlite/open-sqlite-store.ts';
import { type StartThread, startWorker } from '../storage/sqlite/thread.ts';
import { type Figure, report } from './report.ts';

const RUN_MS = 3_000;
const WARM_UP_MS = 500;
const WINDOW = 10;
const EVENT_BYTES = 100;
/** What one commit of a lone append writes, about. */
const LONE_COMMIT_BYTES = 16 * 1024;

const directory = mkdtempSync(join(tmpdir(), 'troupe-bench-'));
let files = 0;

/** Counts the groups of the writer: each is one message of outcomes. */
const groups = { commits: 0, operations: 0 };
const countingThread: StartThread = (role, path) => {
  const thread = startWorker(role, path);
  return {
    ...thread,
    listen: (onMessage, onEnd) =>
      thread.listen((message) => {
        if (role === 'writer' && message.type === 'outcomes') {
          groups.commits++;
          groups.operations += message.outcomes.length;
        }
        onMessage(message);
      }, onEnd),
  };
};

const stores: Record<string, () => Promise<DocumentStore>> = {
  memory: async () => new MemoryStore(),
  sqlite: () => openSqliteStore(join(directory, `${files++}.db`), { startThread: countingThread }),
};

const event = (seq: number): StoredEvent => ({
  seq,
  at: Date.now(),
  by: 'bench' as UserId,
  operationId: randomUUID() as OperationId,
  operationType: 'text.update',
  version: 1,
  bytes: new Uint8Array(EVENT_BYTES),
});

interface Load {
  readonly documents: number;
  /** Appends that each document keeps under way. */
  readonly window: number;
  readonly eventsPerAppend: number;
}

interface Result {
  /** Events. */
  readonly perSecond: number;
  readonly groupSize: number;
  readonly p50: number;
  readonly p99: number;
  readonly loopP99: number;
  readonly loopMax: number;
}

async function run(store: DocumentStore, { documents, window, eventsPerAppend }: Load): Promise<Result> {
  const ids = Array.from({ length: documents }, () => randomUUID() as DocumentId);
  const claims = await Promise.all(ids.map((id) => store.claim(id, 'bench')));
  const begun = performance.now();
  const counted = begun + WARM_UP_MS;
  const end = counted + RUN_MS;
  const latencies: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const lanes = claims.flatMap((claim) => {
    let seq = claim.head;
    return Array.from({ length: window }, async () => {
      for (let now = performance.now(); now < end; ) {
        await store.append(claim, { events: Array.from({ length: eventsPerAppend }, () => event(++seq)) });
        const done = performance.now();
        if (done >= counted && done < end) latencies.push(done - now);
        now = done;
        // Memory answers within the turn: without this, nothing else would ever have one.
        if (store.name === 'memory') await new Promise((resolve) => setImmediate(resolve));
      }
    });
  });
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  groups.commits = groups.operations = 0;
  delay.enable();
  await Promise.all(lanes);
  delay.disable();
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number => latencies[Math.floor(latencies.length * q)] ?? Number.NaN;
  return {
    perSecond: (latencies.length * eventsPerAppend) / (RUN_MS / 1_000),
    groupSize: groups.operations / groups.commits,
    p50: quantile(0.5),
    p99: quantile(0.99),
    loopP99: delay.percentile(99) / 1e6,
    loopMax: delay.max / 1e6,
  };
}

/** Median time in ms that this disk takes to make one small write durable. */
function syncMs(): number {
  const file = openSync(join(directory, 'sync'), 'w');
  const bytes = Buffer.alloc(LONE_COMMIT_BYTES);
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const begun = performance.now();
    writeSync(file, bytes);
    fdatasyncSync(file);
    times.push(performance.now() - begun);
  }
  closeSync(file);
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}

/** Event-loop delay while nothing is done: what this machine has it cost anyway. */
async function idleLoopP99(): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, RUN_MS));
  delay.disable();
  return delay.percentile(99) / 1e6;
}

const figures: Figure[] = [
  { name: 'one sync of 16 KB on this disk, p50', value: syncMs(), unit: 'ms' },
  { name: 'idle, event loop p99', value: await idleLoopP99(), unit: 'ms' },
];
for (const [name, open] of Object.entries(stores)) {
  for (const [title, ...shape] of [
    ['1 document, one at a time', 1, 1, 1],
    [`1 document, window ${WINDOW}`, 1, WINDOW, 1],
    ['1 document, 200 events an append', 1, 2, 200],
    ['32 documents, one at a time each', 32, 1, 1],
    [`32 documents, window ${WINDOW}`, 32, WINDOW, 1],
    ['1,000 documents, one at a time each', 1_000, 1, 1],
    [`1,000 documents, window ${WINDOW}`, 1_000, WINDOW, 1],
  ] as const) {
    const [documents, window, eventsPerAppend] = shape;
    const store = await open();
    const result = await run(store, { documents, window, eventsPerAppend });
    await store.close();
    figures.push(
      { name: `${name}, ${title}`, value: result.perSecond, unit: 'events/s' },
      { name: `${name}, ${title}, append p50`, value: result.p50, unit: 'ms' },
      { name: `${name}, ${title}, append p99`, value: result.p99, unit: 'ms' },
      { name: `${name}, ${title}, event loop p99`, value: result.loopP99, unit: 'ms' },
      { name: `${name}, ${title}, event loop max`, value: result.loopMax, unit: 'ms' },
    );
    if (name === 'sqlite') {
      figures.push({
        name: `${name}, ${title}, group size`,
        value: result.groupSize,
        unit: 'appends/commit',
      });
    }
  }
}
rmSync(directory, { recursive: true });
report('storage', figures);
