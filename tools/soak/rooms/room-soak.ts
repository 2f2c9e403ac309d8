import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../random.ts';
import { CrashingServer } from './crashing-server.ts';
import { KilledServer } from './killed-server.ts';
import { type LifeOptions, runBatch } from './room-batch.ts';
import type { RoomServer } from './room-server.ts';

export interface RoomSoakOptions extends LifeOptions {
  /** Rooms, each with the life that follows from its seed: `firstSeed` and those after it. */
  readonly seeds: number;
  readonly firstSeed: number;
  /** Of one server, which share its accidents. Most of an accident is waiting. */
  readonly roomsAtOnce: number;
  /** No further batch of rooms is begun after so many milliseconds. */
  readonly withinMs: number;
  readonly onProgress?: (progress: { readonly seeds: number; readonly broken: number }) => void;
}

export interface RoomSoakReport {
  /** That were lived to their end. */
  readonly seeds: number;
  readonly seconds: number;
  /** Of the server's process. */
  readonly kills: number;
  /** Of actors, whose store failed. */
  readonly crashes: number;
  readonly passivations: number;
  /** Edits, requests: whatever one member did. */
  readonly acts: number;
  /** Edits that the room door acknowledged. */
  readonly acks: number;
  /** Changes that REST answered. */
  readonly answers: number;
  readonly events: number;
  readonly slowestStartMs: number;
  readonly violations: readonly { readonly seed: number; readonly what: string }[];
}

/**
 * Lets rooms live beside each other, those with an even seed on a server that is killed, those with an odd one on a
 * server whose actors crash. @returns the sum
 */
export async function runRoomSoak(options: RoomSoakOptions): Promise<RoomSoakReport> {
  const { seeds, firstSeed, roomsAtOnce, withinMs, onProgress } = options;
  const began = performance.now();
  // Each provider of y-websocket listens to the end of the process.
  process.setMaxListeners(0);
  const folder = await mkdtemp(join(tmpdir(), 'troupe-room-soak-'));
  const killed = new KilledServer(folder, 'rooms');
  const crashing = new CrashingServer(folder, new Random(firstSeed));
  const sum = { seeds: 0, passivations: 0, acts: 0, acks: 0, answers: 0, events: 0 };
  const violations: { seed: number; what: string }[] = [];

  const run = async (server: RoomServer, own: readonly number[]): Promise<void> => {
    if (own.length === 0) return;
    await server.start();
    for (let at = 0; at < own.length && performance.now() - began < withinMs; at += roomsAtOnce) {
      for (const life of await runBatch(server, own.slice(at, at + roomsAtOnce), options)) {
        sum.seeds += 1;
        sum.passivations += life.passivations;
        sum.acts += life.acts;
        sum.acks += life.acks;
        sum.answers += life.answers;
        sum.events += life.events;
        violations.push(...life.violations.map((what) => ({ seed: life.seed, what })));
      }
      onProgress?.({ seeds: sum.seeds, broken: violations.length });
    }
  };
  const all = Array.from({ length: seeds }, (_, index) => firstSeed + index);
  const [even, odd] = [0, 1].map((rest) => all.filter((seed) => seed % 2 === rest));
  try {
    await Promise.all([run(killed, even ?? []), run(crashing, odd ?? [])]);
  } finally {
    await Promise.all([killed.stop(), crashing.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
  return {
    ...sum,
    seconds: (performance.now() - began) / 1_000,
    kills: killed.kills,
    crashes: crashing.crashes,
    slowestStartMs: killed.slowestStartMs,
    violations,
  };
}
