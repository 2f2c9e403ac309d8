/**
 * What watching costs: the same hot document in a runtime that never was watched, one whose watcher has gone, one beside
 * another document that is watched, and watched itself, with readings as the page has them.
 */
import { randomUUID } from 'node:crypto';
import { Documents } from '../actors/documents.ts';
import { DEFAULT_LIMITS } from '../actors/environment.ts';
import { SharedGatherTimer } from '../actors/gather-timer.ts';
import { Inspection } from '../actors/inspection.ts';
import { ImmediateTurnEnd } from '../actors/turn-end.ts';
import { recordOf } from '../http/sockets/inspector-frames.ts';
import type { DocumentId, UserId } from '../protocol/ids.ts';
import { MemoryStore } from '../storage/memory-store.ts';
import { counterKind } from '../test/helpers/counter-kind.ts';
import { silentMetrics } from '../test/helpers/silent-metrics.ts';
import { median, report } from './report.ts';

/** A round lasts a few readings of a watcher. */
const MUTATIONS = 100_000;
const WINDOW = 200;
/** Of each order of a pair. */
const ROUNDS = 8;
/** As the inspector's socket does. */
const READING_MS = 100;
const RECORDS_PER_FRAME = 200;

const caller = { by: 'bench' as UserId };
const ADD = { type: 'add', by: 1 } as const;

function runtime() {
  const onError = (error: unknown): void => console.error(error);
  const documents = new Documents(
    {
      store: new MemoryStore(),
      kinds: new Map([[counterKind.name, counterKind]]),
      clock: { now: Date.now },
      newId: randomUUID,
      turnEnd: new ImmediateTurnEnd(onError),
      gatherTimer: new SharedGatherTimer(onError),
      metrics: silentMetrics,
      owner: 'bench',
      onEffect: () => undefined,
      onSnapshotFailure: (_, error) => onError(error),
      limits: DEFAULT_LIMITS,
    },
    { onCrash: (_, error) => onError(error) },
  );
  const open = () => documents.open('counter', randomUUID() as DocumentId);
  return { documents, inspection: new Inspection(documents), hot: open(), other: open() };
}

type Runtime = ReturnType<typeof runtime>;

/** Acked mutations of the hot document per second of this process's own time: what else the machine does is left out. */
async function throughput({ hot }: Runtime): Promise<number> {
  let left = MUTATIONS;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await hot.execute(ADD, caller);
    }
  };
  const begun = process.cpuUsage();
  await Promise.all(Array.from({ length: WINDOW }, client));
  const { user, system } = process.cpuUsage(begun);
  return MUTATIONS / ((user + system) / 1_000_000);
}

/** Watches as the page does, frames included. @returns ends it */
function watching({ inspection }: Runtime, id: DocumentId): () => void {
  const watch = inspection.watch(id);
  const timer = setInterval(() => {
    JSON.stringify([watch.read(RECORDS_PER_FRAME).records.map(recordOf), watch.view()]);
  }, READING_MS);
  return () => {
    clearInterval(timer);
    watch.close();
  };
}

const CASES = {
  closed: async (target: Runtime) => {
    const stop = watching(target, target.hot.id);
    await Promise.all(Array.from({ length: 1_000 }, () => target.hot.execute(ADD, caller)));
    stop();
    return throughput(target);
  },
  other: async (target: Runtime) => {
    await target.other.execute(ADD, caller);
    const stop = watching(target, target.other.id);
    const rate = await throughput(target);
    stop();
    return rate;
  },
  watched: async (target: Runtime) => {
    const stop = watching(target, target.hot.id);
    const rate = await throughput(target);
    stop();
    return rate;
  },
};
type Case = keyof typeof CASES;

async function measured(run: (target: Runtime) => Promise<number>): Promise<number> {
  const target = runtime();
  await target.hot.execute(ADD, caller);
  globalThis.gc?.();
  const rate = await run(target);
  await target.documents.stop();
  return rate;
}

const unwatched: number[] = [];

/**
 * Each run next to one that is never watched, as often before it as after it: what disturbs one disturbs both, and what
 * the second of a pair gains or loses by being the second cancels out.
 */
async function ratioOf(name: Case): Promise<number> {
  const [first, second]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = await measured(CASES[name]);
    const after = await measured(throughput);
    const never = await measured(throughput);
    const ours = await measured(CASES[name]);
    if (round === 0) continue; // warms the compiler up
    unwatched.push(after, never);
    first.push(before / after);
    second.push(ours / never);
  }
  return Math.sqrt(median(first) * median(second));
}

const closed = await ratioOf('closed');
const other = await ratioOf('other');
const watched = await ratioOf('watched');
report('inspector', [
  { name: 'never watched', value: median(unwatched), unit: 'acked mutations per second of CPU' },
  { name: 'the watcher has gone', value: closed, unit: '× never watched', target: '≥ 0.97' },
  { name: 'another document is watched', value: other, unit: '× never watched', target: '≥ 0.97' },
  { name: 'watched', value: watched, unit: '× never watched', target: '≥ 0.85' },
]);
