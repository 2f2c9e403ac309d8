import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RenderTimings } from '../render/port.ts';
import type { Workload } from './export-workloads.ts';
import { median } from './report.ts';

export type ContestantName = 'ours' | 'napi' | 'stock';

/** What a contestant is told first. */
export interface Task {
  readonly contestant: ContestantName;
  readonly workload: Workload;
}

/** Exports to make in one go: so many, and on until some time has passed. */
export interface Turn {
  readonly runs: number;
  readonly milliseconds: number;
}

/** One export, in milliseconds. */
export interface Cost {
  /** By the clock. */
  readonly wall: number;
  /** Of all processors: what a busy machine blurs least. */
  readonly cpu: number;
  readonly stages?: RenderTimings;
}

export interface TurnResult {
  readonly costs: readonly Cost[];
  /** The most memory that the process has had, in MB of resident set. */
  readonly peak: number;
}

export interface ContestResult {
  readonly cost: Cost;
  readonly peak: number;
}

const SCRIPT = fileURLToPath(import.meta.resolve('./export-contestant.js'));
/** Until the compiler has settled, which takes some fifty small exports. */
const WARM_UP: Turn = { runs: 5, milliseconds: 4000 };
const STOCK_WARM_UP: Turn = { runs: 1, milliseconds: 0 };
/** So many exports of one contestant, then of the other: each finds its own memory in the caches. */
const TURN_RUNS = 10;

/** A library in a process of its own: what others do to compiler and garbage collector is not its business. */
class Contestant {
  readonly #child: ChildProcess = fork(SCRIPT, { serialization: 'advanced' });
  readonly #costs: Cost[] = [];
  #peak = 0;

  async prepare(task: Task, warmUp: Turn): Promise<void> {
    this.#child.send(task);
    await once(this.#child, 'message');
    await this.#take(warmUp);
  }

  async #take(turn: Turn): Promise<TurnResult> {
    this.#child.send(turn);
    const [result]: TurnResult[] = await once(this.#child, 'message');
    if (!result) throw new Error('A contestant has given no answer.');
    return result;
  }

  async run(runs: number): Promise<void> {
    const { costs, peak } = await this.#take({ runs, milliseconds: 0 });
    this.#costs.push(...costs);
    this.#peak = peak;
  }

  /** Medians of all runs; ends the process. */
  finish(): ContestResult {
    this.#child.disconnect();
    const of = (value: (cost: Cost) => number | undefined): number =>
      median(this.#costs.flatMap((cost) => value(cost) ?? []));
    const stage = (name: keyof RenderTimings): number => of(({ stages }) => stages?.[name]);
    const stages = { decode: stage('decode'), draw: stage('draw'), encode: stage('encode') };
    return { cost: { wall: of(({ wall }) => wall), cpu: of(({ cpu }) => cpu), stages }, peak: this.#peak };
  }
}

/**
 * Makes one export with all libraries: ours and @napi-rs/canvas in turns, so that a busy minute hits both; the slow one
 * after them.
 */
export async function contest(
  workload: Workload,
  runs: number,
  stockRuns: number,
): Promise<Readonly<Record<ContestantName, ContestResult>>> {
  const [ours, napi, stock] = [new Contestant(), new Contestant(), new Contestant()];
  await ours.prepare({ contestant: 'ours', workload }, WARM_UP);
  await napi.prepare({ contestant: 'napi', workload }, WARM_UP);
  for (let run = 0; run < runs; run += TURN_RUNS) {
    await ours.run(TURN_RUNS);
    await napi.run(TURN_RUNS);
  }
  await stock.prepare({ contestant: 'stock', workload }, STOCK_WARM_UP);
  await stock.run(stockRuns);
  return { ours: ours.finish(), napi: napi.finish(), stock: stock.finish() };
}
