import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Memory, perPiece } from './measured-process.ts';
import { median } from './report.ts';
import type { ToAudience } from './rooms-audience.ts';
import { RoomPeer } from './rooms-peer.ts';
import type { RoomTarget } from './rooms-target.ts';
import type { Latency } from './text-latency.ts';

/** Of those who do not edit; each has a document, and is measured. */
const OBSERVERS = 5;
const WARM_UP_MS = 1_000;
const MEASURED_MS = 4_000;
/** Joins are told to all who are there. */
const SETTLING_MS = 1_500;

export interface Crowd {
  readonly clients: number;
  readonly editors: number;
  /** Updates of all editors together. */
  readonly perSecond: number;
}

export interface CrowdFigures {
  /** From the edit of one to the document of another, in milliseconds. */
  readonly latency: Latency;
  /** Of the server, in microseconds, for each update that arrived and each client that had to get it. */
  readonly cpuPerDelivery: number;
  /** Of the server for each client, in bytes. */
  readonly memory: Memory;
  /** Updates that came to the measured ones per second; less than `perSecond` where not all arrive in time. */
  readonly perSecond: number;
}

/** One room: a few move boxes, all others look on. */
export async function measureCrowd(target: RoomTarget, crowd: Crowd): Promise<CrowdFigures> {
  const path = await target.newRoom();
  const before = await target.memory();
  const isSmall = crowd.clients < 100;
  const silent = isSmall ? 0 : crowd.clients - crowd.editors - OBSERVERS;
  const audience = silent === 0 ? undefined : openAudience();
  // The server writes to them one after the other: those who are measured come in the middle.
  const half = { url: target.url, path, sockets: Math.floor(silent / 2) };
  await audience?.join(half);
  const open = (count: number): Promise<RoomPeer[]> =>
    Promise.all(Array.from({ length: count }, () => RoomPeer.open(target, path)));
  const editors = await open(crowd.editors);
  const observers = isSmall ? editors : await open(OBSERVERS);
  await audience?.join({ ...half, sockets: silent - half.sockets });
  await pause(SETTLING_MS);
  const joined = await target.memory();
  const watch = new Watch(editors);
  await pause(SETTLING_MS);
  for (const observer of observers) watch.observe(observer);
  const stops = await Promise.all(editors.map((_, index) => edit(watch, index, crowd)));
  await pause(WARM_UP_MS);
  watch.begin();
  const started = target.cpuSeconds();
  const startedAt = performance.now();
  await pause(MEASURED_MS);
  const ended = target.cpuSeconds();
  const seconds = (performance.now() - startedAt) / 1_000;
  const latencies = watch.end();
  for (const stop of stops) stop();
  for (const peer of new Set([...editors, ...observers])) peer.close();
  await audience?.leave();
  // One reading of each update by each of these.
  const arrived = latencies.length / (isSmall ? crowd.editors - 1 : OBSERVERS);
  latencies.sort((a, b) => a - b);
  const at = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? Number.NaN;
  return {
    latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    cpuPerDelivery: ((ended - started) * 1e6) / (arrived * (crowd.clients - 1)),
    memory: perPiece(before, joined, crowd.clients),
    perSecond: arrived / seconds,
  };
}

/** The middle of several rounds, of which each was right after one of the other target. */
export const middleOf = (rounds: readonly CrowdFigures[]): CrowdFigures => {
  const middle = (of: (round: CrowdFigures) => number): number => median(rounds.map(of));
  return {
    latency: {
      p50: middle(({ latency }) => latency.p50),
      p95: middle(({ latency }) => latency.p95),
      p99: middle(({ latency }) => latency.p99),
    },
    cpuPerDelivery: middle(({ cpuPerDelivery }) => cpuPerDelivery),
    memory: {
      resident: middle(({ memory }) => memory.resident),
      used: middle(({ memory }) => memory.used),
    },
    perSecond: middle(({ perSecond }) => perSecond),
  };
};

/** Knows when each box was put where, and when others saw it there. */
class Watch {
  readonly #editors: readonly RoomPeer[];
  readonly #boxes: readonly string[];
  /** By editor and place. */
  readonly #sentAt: number[][];
  #latencies: number[] = [];
  #isOn = false;

  constructor(editors: readonly RoomPeer[]) {
    this.#editors = editors;
    this.#boxes = editors.map((editor) => editor.draw());
    this.#sentAt = editors.map(() => [0]);
  }

  observe(observer: RoomPeer): void {
    const seen = this.#editors.map(() => 0);
    observer.onUpdate = () => {
      const now = performance.now();
      for (const [index, box] of this.#boxes.entries()) {
        const place = this.#editors[index] === observer ? 0 : (observer.placeOf(box) ?? 0);
        // One frame may carry several moves: all that were not seen before are seen now.
        for (let at = (seen[index] ?? 0) + 1; at <= place; at += 1) {
          if (this.#isOn) this.#latencies.push(now - (this.#sentAt[index]?.[at] ?? Number.NaN));
        }
        seen[index] = Math.max(seen[index] ?? 0, place);
      }
    };
  }

  move(index: number): void {
    const sentAt = this.#sentAt[index];
    sentAt?.push(performance.now());
    this.#editors[index]?.move((sentAt?.length ?? 1) - 1);
  }

  begin(): void {
    this.#isOn = true;
  }

  /** @returns milliseconds from each edit to each sight of it since `begin` */
  end(): number[] {
    this.#isOn = false;
    return this.#latencies;
  }
}

async function edit(watch: Watch, index: number, { editors, perSecond }: Crowd): Promise<() => void> {
  const everyMs = (1_000 * editors) / perSecond;
  // Editors do not drag at the same moment.
  await pause((everyMs / editors) * index);
  const dragging = setInterval(() => watch.move(index), everyMs);
  return () => clearInterval(dragging);
}

interface Audience {
  join(order: ToAudience): Promise<void>;
  leave(): Promise<void>;
}

function openAudience(): Audience {
  const audience: ChildProcess = fork(
    fileURLToPath(import.meta.url.replace(/rooms-crowd(?=\.[a-z]+$)/, 'rooms-audience')),
  );
  const ask = async (order: ToAudience | 'leave'): Promise<unknown> => {
    audience.send(order);
    const [answer] = await once(audience, 'message');
    return answer;
  };
  return {
    async join(order) {
      await ask(order);
    },
    async leave() {
      const lost = Number(await ask('leave'));
      audience.kill();
      await once(audience, 'exit');
      if (lost > 0)
        throw new Error(`${lost} of the audience were shown out: the machine is too busy to measure`);
    },
  };
}
