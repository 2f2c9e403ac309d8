import type { TextState, Unmerged } from './text-state.ts';

/** When a document is due for a snapshot: at whichever comes first. */
export interface SnapshotCadence {
  readonly updates: number;
  /** Of edits, in ms from the first one. */
  readonly activeMs: number;
}

/** As text-documents.md asks. */
export const TEXT_CADENCE: SnapshotCadence = { updates: 200, activeMs: 60_000 };

/** A tail under this part of the snapshot is not worth writing the snapshot again ... */
const WORTHY_PART = 1 / 4;
/** ... until it has this many times the updates of the cadence: whoever joins reads all of them. */
const PATIENCE = 10;

export const isSnapshotDue = (unmerged: Unmerged, cadence: SnapshotCadence, at: number): boolean =>
  unmerged.updates >= cadence.updates || at - unmerged.since >= cadence.activeMs;

/** A Yjs document's tail has become so long that the server merges it. */
export function isWorthMerging(state: TextState, cadence: SnapshotCadence): boolean {
  if (state.document?.crdt !== 'yjs' || state.document.deleted_at !== null) return false;
  const { tail, tailBytes, snapshot } = state;
  return (
    (tail.length >= cadence.updates && tailBytes >= snapshot.bytes.length * WORTHY_PART) ||
    tail.length >= cadence.updates * PATIENCE
  );
}
