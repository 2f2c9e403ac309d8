import type { AnyDocumentKind, Effect } from '../documents/kind.ts';
import type { DocumentId } from '../protocol/ids.ts';
import type { MetricsSink } from '../protocol/metrics.ts';
import type { DocumentStore } from '../storage/port.ts';
import type { TurnEnd } from './turn-end.ts';

/** Time, injected so that tests do not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** What all documents of a process share. */
export interface Environment {
  readonly store: DocumentStore;
  readonly kinds: ReadonlyMap<string, AnyDocumentKind>;
  readonly clock: Clock;
  /** A fresh UUIDv4. */
  readonly newId: () => string;
  readonly turnEnd: TurnEnd;
  readonly metrics: MetricsSink;
  /** Names this process in its claims. */
  readonly owner: string;
  /** Told of each effect once its event is durable, and again after a restart while it is unfinished. */
  readonly onEffect: (id: DocumentId, effect: Effect) => void;
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
  loadMs: 30_000,
  crashesForgiven: 3,
  crashWindowMs: 60_000,
};
