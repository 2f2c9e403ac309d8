import { randomUUID } from 'node:crypto';
import { Documents } from '../../actors/documents.ts';
import { DEFAULT_LIMITS, type Environment, type Limits } from '../../actors/environment.ts';
import type { GatherTimer } from '../../actors/gather-timer.ts';
import { ImmediateTurnEnd } from '../../actors/turn-end.ts';
import type { AnyDocumentKind, Effect } from '../../documents/kind.ts';
import type { DocumentId, UserId } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import type { DocumentStore } from '../../storage/port.ts';
import { counterKind } from './counter-kind.ts';
import { HandTimer } from './hand-timer.ts';
import { silentMetrics } from './silent-metrics.ts';

export interface RuntimeOptions {
  readonly store?: DocumentStore;
  readonly kinds?: readonly AnyDocumentKind[];
  readonly limits?: Partial<Limits>;
  /** Default: `ticks`, by hand. */
  readonly gatherTimer?: GatherTimer;
}

/** A runtime under test: time stands still until it is set, what went wrong is written down. */
export interface Runtime {
  readonly documents: Documents;
  readonly store: DocumentStore;
  readonly time: { ms: number };
  readonly crashes: unknown[];
  readonly effects: { id: DocumentId; effect: Effect }[];
  /** Ends what doors gather, when a test says so. */
  readonly ticks: HandTimer;
  /** Another process on the same store. */
  restarted(limits?: Partial<Limits>): Runtime;
}

export const ALICE = { by: 'alice' as UserId };

export const newDocumentId = (): DocumentId => randomUUID() as DocumentId;

export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const store = options.store ?? new MemoryStore();
  const time = { ms: Date.UTC(2026, 0, 1) };
  const crashes: unknown[] = [];
  const ticks = new HandTimer();
  const effects: Runtime['effects'] = [];
  const environment: Environment = {
    store,
    kinds: new Map((options.kinds ?? [counterKind]).map((kind) => [kind.name, kind])),
    clock: { now: () => time.ms },
    newId: randomUUID,
    turnEnd: new ImmediateTurnEnd((error) => crashes.push(error)),
    gatherTimer: options.gatherTimer ?? ticks,
    metrics: silentMetrics,
    owner: 'test',
    onEffect: (id, effect) => effects.push({ id, effect }),
    onSnapshotFailure: (_id, error) => crashes.push(error),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  };
  return {
    documents: new Documents(environment, { onCrash: (_id, error) => crashes.push(error) }),
    store,
    time,
    crashes,
    effects,
    ticks,
    restarted: (limits) => createRuntime({ ...options, store, limits: { ...options.limits, ...limits } }),
  };
}
