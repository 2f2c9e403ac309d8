import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ServerProcess } from '../tools/soak/server-process.ts';

/** Memory of a process, in bytes. */
export interface Memory {
  readonly resident: number;
  /** Heap and buffers outside of it. */
  readonly used: number;
}

/** A server in a process of its own, so that what it costs is its own. */
export interface MeasuredProcess {
  readonly url: string;
  readonly pid: number;
  /** Of all its threads until now, told by the system: a server that has too much to do would not answer. */
  cpuSeconds(): number;
  /** Once its garbage is collected. */
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

/** A module of this folder, however it was compiled. */
export const beside = (name: string): string =>
  fileURLToPath(import.meta.url.replace(/measured-process(?=\.[a-z]+$)/, name));
const COLLECTING = ['--import', beside('collect-garbage')];
/** A collection, and what it lets others finish. */
const COLLECTION_MS = 400;
/** A process is at rest that needed no more of a core than this while it was looked at. */
const RESTING_LOAD = 0.1;
const LOOK_MS = 300;
const PATIENCE_MS = 15_000;
/** `getconf CLK_TCK`, the same on all architectures of Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** @param name of a module of this folder that listens, and then sends its address to its parent */
export async function startMeasuredModule(name: string): Promise<MeasuredProcess> {
  const child: ChildProcess = fork(beside(name), { execArgv: [...process.execArgv, ...COLLECTING] });
  const [url] = (await once(child, 'message')) as [string];
  const { pid = 0 } = child;
  return {
    url,
    pid,
    cpuSeconds: () => cpuSecondsOf(pid),
    memory: () => memoryOf(url, () => child.kill('SIGUSR2')),
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** The product over sqlite. @param env settings besides those of every benchmark */
export async function startMeasuredServer(env: Readonly<Record<string, string>>): Promise<MeasuredProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
  const server = new ServerProcess({
    DATABASE_URL: `sqlite:///${folder}/bench.db`,
    EXPORTS_DIR: folder,
    RENDER_THREADS: '1',
    NODE_OPTIONS: COLLECTING.join(' '),
    ...env,
  });
  await server.start();
  const { url, pid = 0 } = server;
  await atRest(pid);
  return {
    url,
    pid,
    cpuSeconds: () => cpuSecondsOf(pid),
    memory: () => memoryOf(url, () => server.signal('SIGUSR2')),
    stop: async () => {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A server that listens still compiles what it checks requests with, which is not to be measured. */
async function atRest(pid: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let last = cpuSecondsOf(pid); performance.now() < until; last = cpuSecondsOf(pid)) {
    await pause(LOOK_MS);
    if (cpuSecondsOf(pid) - last <= (RESTING_LOAD * LOOK_MS) / 1_000) return;
  }
}

/** What each of so many pieces added. */
export const perPiece = (before: Memory, after: Memory, pieces: number): Memory => ({
  resident: (after.resident - before.resident) / pieces,
  used: (after.used - before.used) / pieces,
});

/** Of Linux: fields 14 and 15 of `/proc/{pid}/stat`, in ticks; the second field may have blanks, and ends with `)`. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function memoryOf(url: string, collect: () => void): Promise<Memory> {
  collect();
  await pause(COLLECTION_MS);
  const answer = (await (await fetch(`${url}/metrics`)).json()) as Readonly<Record<string, number>>;
  const figure = (name: string): number => answer[name] ?? Number.NaN;
  return {
    resident: figure('process_resident_memory_bytes'),
    used: figure('nodejs_heap_size_used_bytes') + figure('nodejs_external_memory_bytes'),
  };
}
