import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './report.ts';
import type { Latency } from './text-latency.ts';
import { isError, isUpdate, TextSocket } from './text-socket.ts';
import type { TextTarget } from './text-target.ts';

const MB = 1_000_000;
const READERS = 100;
const UPDATE_BYTES = 48 * 1024;
/** To each reader, with one that stalled and again without; all readers together take a hundred times as much. */
const BROADCAST_BYTES = 100 * MB;
/** Turn by turn, since the machine may have other things to do, and not always equally many. */
const ROUNDS = 3;
const UPDATES_PER_SECOND = 30;
const TICK_MS = 4;
const SAMPLE_MS = 200;
/** Of each round: what happens before both sides are warm does not count. */
const WARM_UP_UPDATES = 50;

/** What is measured, for the names of the figures. */
export const STALLED_LOAD = `${READERS} readers, ${BROADCAST_BYTES / MB} MB each`;

export interface StalledRun {
  /** Of the readers that read: from sending to having all of the frame. */
  readonly latency: Latency;
  /** Most resident memory of the server, in MB. */
  readonly rss: number;
  /** The most of it that is not in the heap: buffers, among them what waits for sockets. In MB. */
  readonly external: number;
}

/** Broadcasting to a hundred readers while all of them read, and while one does not. */
export async function measureStalled(target: TextTarget): Promise<{ without: StalledRun; with: StalledRun }> {
  const runs = { without: [] as StalledRun[], with: [] as StalledRun[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.without.push(await broadcast(target, false));
    runs.with.push(await broadcast(target, true));
  }
  return { without: summary(runs.without), with: summary(runs.with) };
}

async function broadcast(target: TextTarget, withStalled: boolean): Promise<StalledRun> {
  const path = await target.newDocument('opaque');
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const givenUp = (await figures(target)).slowReaders;
  let delivered = 0;
  const hear = (payload: Buffer): void => {
    if (!isUpdate(payload)) return;
    delivered += 1;
    const number = Number(/"actorId":"(\d+)"/.exec(payload.toString('latin1', 0, 120))?.[1]);
    if (number >= WARM_UP_UPDATES) latencies.push(performance.now() - (sentAt[number] ?? Number.NaN));
  };
  const reading = withStalled ? READERS - 1 : READERS;
  const readers = await Promise.all(
    Array.from({ length: reading }, () => TextSocket.open(target.url, path, hear)),
  );
  if (withStalled) {
    const stalled = await TextSocket.open(target.url, path, () => undefined);
    stalled.stall();
    readers.push(stalled);
  }
  const sender = await openSender(target, path);
  const watch = watchMemory(target);
  const count = Math.ceil(BROADCAST_BYTES / ROUNDS / UPDATE_BYTES);
  const lost = async (): Promise<number> => (await figures(target)).slowReaders - givenUp;
  try {
    const startedAt = performance.now();
    while (sentAt.length < count) {
      const due = Math.min(count, ((performance.now() - startedAt) / 1_000) * UPDATES_PER_SECOND);
      for (let number = sentAt.length; number < due; number += 1) {
        sentAt.push(performance.now());
        sender.send(number);
      }
      await pause(TICK_MS);
    }
    while (delivered < count * reading) {
      await pause(SAMPLE_MS);
      if (sender.refusals.length > 0) throw new Error(`an update was refused: ${sender.refusals[0]}`);
      if ((await lost()) > readers.length - reading) {
        throw new Error('a reader that reads could not keep up: the machine is too busy to measure anything');
      }
    }
    if (withStalled && (await lost()) === 0) {
      throw new Error('the stalled reader was not given up: the system took all that it did not read');
    }
  } finally {
    await watch.end();
    for (const socket of [...readers, sender]) socket.close();
  }
  latencies.sort((a, b) => a - b);
  const at = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? Number.NaN;
  return { latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99) }, ...watch.most };
}

/** One who writes. Gives a snapshot when it is asked: the log is not what is measured. */
async function openSender({ url }: TextTarget, path: string) {
  const deltaB64 = randomBytes(UPDATE_BYTES).toString('base64');
  const refusals: string[] = [];
  const socket: TextSocket = await TextSocket.open(url, path, (payload) => {
    if (isError(payload)) refusals.push(payload.toString());
    const version = /^\{"type":"snapshot_request","version":(\d+)/.exec(
      payload.toString('latin1', 0, 80),
    )?.[1];
    if (version === undefined) return;
    socket.send(JSON.stringify({ type: 'snapshot', version: Number(version), snapshotB64: 'AAAA' }));
  });
  return {
    refusals: refusals as readonly string[],
    send: (number: number) =>
      socket.send(
        `{"type":"update","opId":"${randomUUID()}","baseVersion":0,"actorId":"${number}","deltaB64":"${deltaB64}"}`,
      ),
    close: () => socket.close(),
  };
}

interface Memory {
  rss: number;
  external: number;
}

/** Asks the server about its memory until it is told to end. */
function watchMemory(target: TextTarget): { readonly most: Readonly<Memory>; end(): Promise<void> } {
  let isOver = false;
  const most: Memory = { rss: 0, external: 0 };
  const watching = (async () => {
    while (!isOver) {
      const { rss, external } = await figures(target);
      most.rss = Math.max(most.rss, rss);
      most.external = Math.max(most.external, external);
      await pause(SAMPLE_MS);
    }
  })();
  return {
    most,
    end: () => {
      isOver = true;
      return watching;
    },
  };
}

async function figures({ url }: TextTarget): Promise<Memory & { slowReaders: number }> {
  const answer = (await (await fetch(`${url}/metrics`)).json()) as Readonly<Record<string, number>>;
  return {
    rss: (answer['process_resident_memory_bytes'] ?? Number.NaN) / MB,
    external: (answer['nodejs_external_memory_bytes'] ?? Number.NaN) / MB,
    slowReaders: answer['problems_total{code="slow_reader"}'] ?? 0,
  };
}

/** Of latencies the middle of the rounds, of memory the most. */
function summary(runs: readonly StalledRun[]): StalledRun {
  const middle = (of: (latency: Latency) => number): number => median(runs.map(({ latency }) => of(latency)));
  return {
    latency: { p50: middle(({ p50 }) => p50), p95: middle(({ p95 }) => p95), p99: middle(({ p99 }) => p99) },
    rss: Math.max(...runs.map(({ rss }) => rss)),
    external: Math.max(...runs.map(({ external }) => external)),
  };
}
