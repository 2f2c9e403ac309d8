import * as Y from 'yjs';
import { type CoverageData, YjsCoverage } from '../yjs-coverage.ts';
import { readYjsUpdate } from '../yjs-update.ts';

/** What is to be found out about updates of a Yjs document; all of them were checked when they came. */
export interface ReadJob {
  /** Of these: what they hold. */
  readonly covered: readonly Uint8Array[];
  /** Of this one: what somebody with that state vector lacks of it. Read, not merged: linear in its length. */
  readonly difference?: { readonly update: Uint8Array; readonly vector: Uint8Array };
}

export interface ReadResult {
  readonly coverage: CoverageData;
  readonly difference?: Uint8Array;
}

/** Takes about 70 ms per MiB: large ones are not for the event loop. @throws BadUpdate */
export function readUpdates({ covered, difference }: ReadJob): ReadResult {
  const coverage = new YjsCoverage();
  for (const update of covered) coverage.add(readYjsUpdate(update));
  return {
    coverage: coverage.data,
    // A copy of its own size: what Yjs gives may be a part of something larger.
    ...(difference === undefined
      ? {}
      : { difference: Y.diffUpdate(difference.update, difference.vector).slice() }),
  };
}
