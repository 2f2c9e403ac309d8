import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RoomsApi } from '../client/rooms-api.ts';
import { ServerProcess } from '../tools/soak/server-process.ts';

/** Memory of a process, in bytes. */
export interface Memory {
  readonly resident: number;
  /** Heap and buffers outside of it. */
  readonly used: number;
}

/** Who is measured: a server in a process of its own. */
export interface RoomTarget {
  readonly name: 'relay' | 'sqlite';
  readonly url: string;
  /** Whether a binary message begins with its kind and seq. */
  readonly hasHeads: boolean;
  /** A new room. @returns the path of its socket, without a query */
  newRoom(): Promise<string>;
  /** Of all its threads until now, told by the system: a server that has too much to do would not answer. */
  cpuSeconds(): number;
  /** Once its garbage is collected. */
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

/** Beside this file, however it was compiled. */
const beside = (name: string): string =>
  fileURLToPath(import.meta.url.replace(/rooms-target(?=\.[a-z]+$)/, name));
const COLLECTING = ['--import', beside('collect-garbage')];
/** A collection, and what it lets others finish. */
const COLLECTION_MS = 400;
/** `getconf CLK_TCK`, the same on all architectures of Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

export async function startRoomRelay(): Promise<RoomTarget> {
  const relay: ChildProcess = fork(beside('rooms-relay'), {
    execArgv: [...process.execArgv, ...COLLECTING],
  });
  const [url] = (await once(relay, 'message')) as [string];
  let rooms = 0;
  return {
    name: 'relay',
    url,
    hasHeads: false,
    newRoom: async () => {
      rooms += 1;
      return `/rooms/${rooms}`;
    },
    cpuSeconds: () => cpuSecondsOf(relay.pid),
    memory: () => memoryOf(url, () => relay.kill('SIGUSR2')),
    stop: async () => {
      relay.kill();
      await once(relay, 'exit');
    },
  };
}

/** The product, with acknowledgements that mean "on disk". */
export async function startRoomServer(env: Readonly<Record<string, string>> = {}): Promise<RoomTarget> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
  const server = new ServerProcess({
    DATABASE_URL: `sqlite:///${folder}/bench.db`,
    EXPORTS_DIR: folder,
    RENDER_THREADS: '1',
    // Editors without a pause are no people; the limit is not what is measured here.
    MESSAGES_PER_SECOND: '1000000',
    NODE_OPTIONS: COLLECTING.join(' '),
    ...env,
  });
  await server.start();
  const { url } = server;
  const api = new RoomsApi(url);
  return {
    name: 'sqlite',
    url,
    hasHeads: true,
    newRoom: async () => `/v1/ws/rooms/${(await api.create({ name: 'bench' })).id}`,
    cpuSeconds: () => cpuSecondsOf(server.pid),
    memory: () => memoryOf(url, () => server.signal('SIGUSR2')),
    stop: async () => {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What each of so many pieces added. */
export const perPiece = (before: Memory, after: Memory, pieces: number): Memory => ({
  resident: (after.resident - before.resident) / pieces,
  used: (after.used - before.used) / pieces,
});

/** Of Linux: fields 14 and 15 of `/proc/{pid}/stat`, in ticks; the second field may have blanks, and ends with `)`. */
function cpuSecondsOf(pid: number | undefined): number {
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
