import type { AnyDocumentKind } from '../documents/kind.ts';
import type { DocumentId, OperationId, Seq, UserId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { DocumentStore } from '../storage/port.ts';

/** An event of the log with its content: `event` is as the document's kind has it. */
export interface LoggedEvent {
  readonly seq: Seq;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: UserId;
  readonly operationId?: OperationId;
  readonly event: unknown;
}

/** The events with `afterSeq < seq <= upTo`, as far as they are kept; one chunk of them is in memory at once. */
export async function* readLog(
  store: DocumentStore,
  kind: AnyDocumentKind,
  id: DocumentId,
  afterSeq: Seq,
  upTo: Seq = Number.MAX_SAFE_INTEGER,
): AsyncIterable<readonly LoggedEvent[]> {
  const wanted = upTo - afterSeq;
  if (wanted <= 0) return;
  for await (const chunk of store.read(id, afterSeq, undefined, wanted)) {
    const isLast = (chunk.at(-1)?.seq ?? 0) >= upTo;
    yield (isLast ? chunk.filter(({ seq }) => seq <= upTo) : chunk).map(
      ({ seq, at, by, operationId, version, bytes }) => ({
        seq,
        at,
        by,
        ...(operationId === undefined ? {} : { operationId }),
        event: kind.decode(bytes, version),
      }),
    );
    if (isLast) return;
  }
}

/**
 * The last event at or before a time, by bisection: events are in the order of their times.
 *
 * @param at in ms since 1970
 * @returns 0 where the document is younger
 * @throws Problem `state_gone` where the events of that time are no longer kept
 */
export async function seqAt(store: DocumentStore, id: DocumentId, at: number): Promise<Seq> {
  const [firstSeq, heads] = await Promise.all([store.firstSeq(id), store.heads([id])]);
  let low = firstSeq - 1; // happened by then, if anything did
  let high = heads.get(id)?.head ?? 0;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const found = await timeOf(store, id, middle);
    if (found !== undefined && found > at) high = middle - 1;
    else low = middle;
  }
  if (low === 0 || low >= firstSeq) return low;
  // The event itself is pruned, but the snapshot behind which it was is not older than it.
  const snapshot = await store.getSnapshot(id, low);
  if (snapshot?.seq === low && snapshot.at <= at) return low;
  throw new Problem('state_gone', `What ${id} was then is not kept.`);
}

/** When an event happened; `undefined` where it is no longer kept: it is older than all that are. */
async function timeOf(store: DocumentStore, id: DocumentId, seq: Seq): Promise<number | undefined> {
  for await (const [event] of store.read(id, seq - 1, 1, 1)) {
    return event?.seq === seq ? event.at : undefined;
  }
  return undefined;
}
