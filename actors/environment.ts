import type { AnyDocumentKind, Effect } from '../documents/kind.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import type { MetricsSink } from '../protocol/metrics.ts';
import type { DocumentStore } from '../storage/port.ts';
import type { GatherTimer } from './gather-timer.ts';
import type { TurnEnd } from './turn-end.ts';

/** Time, injected so that tests do not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** How a document came into memory. */
export interface DocumentLoad {
  readonly seq: Seq;
  /** Events behind the newest snapshot: what a start after a crash costs. */
  readonly replayed: number;
  /** Milliseconds. */
  readonly ms: number;
}

/** What all documents of a process share. */
export interface Environment {
  readonly store: DocumentStore;
  readonly kinds: ReadonlyMap<string, AnyDocumentKind>;
  readonly clock: Clock;
  /** A fresh UUIDv4. */
  readonly newId: () => string;
  readonly turnEnd: TurnEnd;
  readonly gatherTimer: GatherTimer;
  readonly metrics: MetricsSink;
  /** Names this process in its claims. */
  readonly owner: string;
  /** Told of each effect once its event is durable, and again after a restart while it is unfinished. */
  readonly onEffect: (id: DocumentId, effect: Effect) => void;
  /** A document that the store has is in memory now. */
  readonly onLoaded?: (id: DocumentId, load: DocumentLoad) => void;
  /** A snapshot could not be written: no harm, but somebody should know. */
  readonly onSnapshotFailure: (id: DocumentId, error: unknown) => void;
  readonly limits: Limits;
}

/** Bounds and cadences; all times in milliseconds. */
export interface Limits {
  /** Asks of one document that may wait for an answer. */
  readonly asks: number;
  /** Messages that may wait while a document loads or leaves. */
  readonly stash: number;
  readonly askMs: number;
  /** An append that takes longer is given up; only the log tells what became of it. */
  readonly appendMs: number;
  /** A document without subscribers and requests leaves memory after this. */
  readonly idleMs: number;
  readonly snapshotEvents: number;
  readonly snapshotMs: number;
  readonly snapshotsKept: number;
  /** The same of a document that keeps its whole log: spread over its life, the newer the denser. */
  readonly snapshotsSpread: number;
  /** A load that takes longer is given up. */
  readonly loadMs: number;
  /** More crashes than this within `crashWindowMs`: the document is refused for a while. */
  readonly crashesForgiven: number;
  readonly crashWindowMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  asks: 10_000,
  stash: 10_000,
  askMs: 10_000,
  appendMs: 8_000,
  idleMs: 60_000,
  snapshotEvents: 200,
  snapshotMs: 30_000,
  snapshotsKept: 5,
  snapshotsSpread: 20,
  loadMs: 30_000,
  crashesForgiven: 3,
  crashWindowMs: 60_000,
};
