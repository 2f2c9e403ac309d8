import type { components } from '../../../protocol/generated/openapi.ts';
import { Random } from '../random.ts';
import { RestClient } from './rest-client.ts';
import { RoomLife } from './room-life.ts';
import type { RoomServer } from './room-server.ts';

/** An accident comes so long after the others began to work, at most, in milliseconds. */
const MAX_DELAY_MS = 200;
const LOOK_MS = 50;
/** A document that nobody needs leaves memory within a sweep, which is a second. */
const MAX_PASSIVATION_MS = 20_000;

/** What became of one room. */
export interface LivedRoom {
  readonly seed: number;
  readonly passivations: number;
  readonly acts: number;
  readonly acks: number;
  readonly answers: number;
  readonly events: number;
  readonly violations: readonly string[];
}

/** How much happens in a life. */
export interface LifeOptions {
  /** What each member does in each part of it. */
  readonly acts: number;
  /** Before everybody goes away for a while, and after it. */
  readonly accidents: 1 | 2;
}

/** Rooms that share the accidents of their server from begin to end. */
export async function runBatch(
  server: RoomServer,
  seeds: readonly number[],
  { acts, accidents }: LifeOptions,
): Promise<LivedRoom[]> {
  const random = new Random(seeds[0] ?? 0);
  const lives = await Promise.all(seeds.map((seed) => RoomLife.begin(server.url, seed)));
  const ids = lives.map(({ roomId }) => roomId);
  const all = (act: (life: RoomLife) => Promise<void>): Promise<unknown> => Promise.all(lives.map(act));
  const accident = async (): Promise<void> => {
    const working = all((life) => life.work(acts));
    await pause(random.below(MAX_DELAY_MS));
    await server.suffer(ids);
    await all((life) => life.lookForPromised());
    await working;
  };

  const isSound = (): boolean => lives.every(({ ledger }) => ledger.violations.length === 0);

  const parts: readonly (() => Promise<unknown>)[] = [
    () => all((life) => life.work(acts)),
    accident,
    async () => {
      for (const life of lives) life.goAway();
      await all((life) => life.work(acts / 4));
      await passivated(server.url, ids);
      for (const life of lives) life.comeBack();
    },
    () => all((life) => life.work(acts)),
    ...(accidents === 2 ? [accident] : []),
    () => all((life) => life.judge()),
    async () => {
      if (!(await server.restart())) return;
      await all((life) => life.lookForPromised());
      await all((life) => life.judge());
    },
  ];
  for (const live of parts) if (isSound()) await live();
  for (const life of lives) life.leave();
  return lives.map(({ seed, acts: done, doors, ledger }) => ({
    seed,
    passivations: 1,
    acts: done,
    acks: ledger.acks,
    answers: ledger.answers,
    events: ledger.head,
    violations: ledger.violations.map((what) => `${what} (${doors})`),
  }));
}

/** Resolves when none of these documents is in memory. @throws Error where one stays */
async function passivated(url: string, ids: readonly string[]): Promise<void> {
  const rest = new RestClient(url, 'watcher');
  const began = performance.now();
  for (;;) {
    const { actors } = await rest.read<components['schemas']['ActorList']>('/debug/actors.json');
    const awake = actors.filter(({ id }) => ids.includes(id));
    if (awake.length === 0) return;
    if (performance.now() - began > MAX_PASSIVATION_MS) {
      throw new Error(`rooms do not leave memory: ${JSON.stringify(awake)}`);
    }
    await pause(LOOK_MS);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
