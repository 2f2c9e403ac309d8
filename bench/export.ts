import { contest } from './export-contest.ts';
import { measurePool } from './export-pool.ts';
import { exportWorkloads } from './export-workloads.ts';
import { type Figure, report } from './report.ts';

/**
 * What an export costs: four workloads, warm, each on one thread, against @napi-rs/canvas (Skia, native code) and stock
 * pureimage in the same run. Processor time is what counts; by the clock the same ratios are blurred by whatever else
 * the machine does. Then exports per second through the pool, and what the main thread feels of them.
 *
 * Run: `node bench/export.js [runs]` from a compiled tree.
 */
const RUNS = Number(process.argv[2] ?? 20);
const STOCK_RUNS = Math.max(1, Math.round(RUNS / 7));
const LOOP_DELAY_MS = 25;

const figures: Figure[] = [];

function record(name: string, value: number, unit: string, target?: string): void {
  figures.push({ name, value: Number(value.toFixed(2)), unit, ...(target !== undefined && { target }) });
}

const workloads = await exportWorkloads();

for (const workload of workloads) {
  const { name, napiShare, stockFactor } = workload;
  const { ours, napi, stock } = await contest(workload, RUNS, STOCK_RUNS);
  for (const stage of ['decode', 'draw', 'encode'] as const) {
    record(`${name}: ours, ${stage}`, ours.cost.stages?.[stage] ?? Number.NaN, 'ms');
  }
  for (const [who, { cost, peak }] of Object.entries({ ours, napi, stock })) {
    record(`${name}: ${who}`, cost.cpu, 'ms CPU');
    record(`${name}: ${who}, peak memory`, peak, 'MB');
  }
  record(`${name}: share of napi`, ours.cost.cpu / napi.cost.cpu, 'x', `≤ ${napiShare}`);
  record(`${name}: share of napi, by the clock`, ours.cost.wall / napi.cost.wall, 'x');
  record(`${name}: times as fast as stock`, stock.cost.cpu / ours.cost.cpu, 'x', `≥ ${stockFactor}`);
  record(`${name}: times as fast as stock, by the clock`, stock.cost.wall / ours.cost.wall, 'x');
}

for (const { name, request } of workloads) {
  for (const threads of [1, 2]) {
    const { exportsPerSecond, loopDelayP99 } = await measurePool(request, threads);
    record(`${name}: pool of ${threads}, 20 at once`, exportsPerSecond, 'exports/s');
    record(`${name}: pool of ${threads}, event loop p99`, loopDelayP99, 'ms', `< ${LOOP_DELAY_MS}`);
  }
}

report('export', figures);
