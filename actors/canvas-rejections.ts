import type { DocumentId } from '../protocol/ids.ts';

/** Why a message of a painter is refused. */
export type RejectReason = 'locked' | 'rate_limited' | 'out_of_bounds' | 'bad_color' | 'read_only';

const NONE: Readonly<Record<RejectReason, number>> = {
  locked: 0,
  rate_limited: 0,
  out_of_bounds: 0,
  bad_color: 0,
  read_only: 0,
};

/** Counts refused messages by canvas and reason, as long as the process lives. */
export class CanvasRejections {
  readonly #counts = new Map<DocumentId, Record<RejectReason, number>>();

  /** @param id of a canvas that exists: each takes a line in memory */
  count(id: DocumentId, reason: RejectReason): void {
    const counts = this.#counts.get(id) ?? { ...NONE };
    counts[reason] += 1;
    this.#counts.set(id, counts);
  }

  of(id: DocumentId): Readonly<Record<RejectReason, number>> {
    return { ...(this.#counts.get(id) ?? NONE) };
  }
}
