import type { OperationId, Seq } from '../protocol/ids.ts';

/** What a named operation did, so that its retry can be answered without doing it again. */
export interface Operation {
  /** Type of the command: a name used again for another command is a mistake of the caller. */
  readonly type: string;
  readonly seq: Seq;
  readonly at: number;
  readonly answer: unknown;
}

/** Kept at least this many per document ... */
export const OPERATIONS_KEPT = 10_000;
/** ... and at least this long: a client that was offline for a day must not repeat itself. */
export const OPERATIONS_KEPT_MS = 24 * 60 * 60 * 1000;
/** The hard bound: beyond it age does not protect, so that memory stays bounded. */
export const OPERATIONS_LIMIT = 50_000;

/** The operations of one document that carried an id, oldest first. Same for the lived and the replayed document. */
export class OperationLog {
  readonly #operations = new Map<OperationId, Operation>();

  get size(): number {
    return this.#operations.size;
  }

  get(id: OperationId): Operation | undefined {
    return this.#operations.get(id);
  }

  add(id: OperationId, operation: Operation): void {
    this.#operations.set(id, operation);
    if (this.#operations.size <= OPERATIONS_KEPT) return;
    for (const [oldest, { at }] of this.#operations) {
      const young = operation.at - at < OPERATIONS_KEPT_MS;
      if (this.#operations.size <= (young ? OPERATIONS_LIMIT : OPERATIONS_KEPT)) break;
      this.#operations.delete(oldest);
    }
  }

  entries(): IterableIterator<[OperationId, Operation]> {
    return this.#operations.entries();
  }
}
