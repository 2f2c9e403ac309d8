import { setTimeout as pause } from 'node:timers/promises';
import { type Memory, perPiece } from './measured-process.ts';
import { RoomPeer } from './rooms-peer.ts';
import type { RoomTarget } from './rooms-target.ts';
import type { Latency } from './text-latency.ts';

const ROOMS = 500;
/** Of each room; its other client looks on. */
const UPDATES_PER_SECOND = 2;
const WARM_UP_MS = 4_000;
const MEASURED_MS = 4_000;
const SETTLING_MS = 1_000;
const AT_ONCE = 25;

export interface ManyFigures {
  readonly latency: Latency;
  /** Of the server, in microseconds, for each update that reached the other client, durable. */
  readonly cpuPerDelivery: number;
  /** Of the server for each room with its two clients, in bytes. */
  readonly memory: Memory;
}

/** Many rooms, in each of which one edits and one looks on. */
export async function measureMany(target: RoomTarget): Promise<ManyFigures> {
  const paths: string[] = [];
  await spread(ROOMS, async () => {
    paths.push(await target.newRoom());
  });
  const before = await target.memory();
  const pairs: { editor: RoomPeer; watcher: RoomPeer; sentAt: number; x: number }[] = [];
  const latencies: number[] = [];
  let isOn = false;
  await spread(ROOMS, async (index) => {
    const path = paths[index] ?? '';
    const [editor, watcher] = [await RoomPeer.open(target, path), await RoomPeer.open(target, path)];
    const pair = { editor, watcher, sentAt: 0, x: 0 };
    watcher.onUpdate = () => {
      if (isOn && pair.sentAt > 0) latencies.push(performance.now() - pair.sentAt);
    };
    pairs.push(pair);
  });
  for (const { editor } of pairs) editor.draw();
  await pause(SETTLING_MS);
  const joined = await target.memory();
  const everyMs = 1_000 / UPDATES_PER_SECOND;
  const editing = pairs.map(async (pair, index) => {
    // Nobody is in step with the others.
    await pause((everyMs * index) / ROOMS);
    return setInterval(() => {
      pair.sentAt = performance.now();
      pair.x += 1;
      pair.editor.move(pair.x);
    }, everyMs);
  });
  await pause(WARM_UP_MS);
  isOn = true;
  const started = target.cpuSeconds();
  await pause(MEASURED_MS);
  const ended = target.cpuSeconds();
  isOn = false;
  for (const timer of await Promise.all(editing)) clearInterval(timer);
  for (const { editor, watcher } of pairs) {
    editor.close();
    watcher.close();
  }
  latencies.sort((a, b) => a - b);
  const at = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? Number.NaN;
  return {
    latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    cpuPerDelivery: ((ended - started) * 1e6) / latencies.length,
    memory: perPiece(before, joined, ROOMS),
  };
}

/** Does something so many times, some at once. */
export async function spread(count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await act(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
