import type { AnyDocumentKind } from '../documents/kind.ts';
import type { DocumentId, OperationId, Seq, UserId } from '../protocol/ids.ts';
import type { DocumentStore, StoredEvent } from '../storage/port.ts';

/** An event of the log, without its content. */
export interface EventInfo {
  readonly seq: Seq;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: UserId;
  readonly operationId?: OperationId;
  /** `type` of the event. */
  readonly type: string;
  /** Bytes in the log. */
  readonly size: number;
}

export interface EventList {
  readonly events: readonly EventInfo[];
  /** Oldest `seq` that is still in the log; older ones are pruned. */
  readonly firstSeq: Seq;
  readonly head: Seq;
}

/** At most `limit` events after `afterSeq`, as far as they are kept; no more of them are in memory at once. */
export async function listEvents(
  store: DocumentStore,
  kind: AnyDocumentKind,
  id: DocumentId,
  afterSeq: Seq,
  limit: number,
): Promise<EventList> {
  const [firstSeq, heads] = await Promise.all([store.firstSeq(id), store.heads([id])]);
  const events: EventInfo[] = [];
  if (limit > 0) {
    for await (const chunk of store.read(id, afterSeq, undefined, limit)) {
      for (const event of chunk.slice(0, limit - events.length)) events.push(infoOf(kind, event));
      if (events.length >= limit) break;
    }
  }
  // While it was being read the log may have grown at one end and been pruned at the other.
  const [first, last] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0];
  return {
    events,
    firstSeq: first > afterSeq + 1 ? Math.max(firstSeq, first) : firstSeq,
    head: Math.max(heads.get(id)?.head ?? 0, last),
  };
}

function infoOf(kind: AnyDocumentKind, event: StoredEvent): EventInfo {
  const { seq, at, by, operationId, version, bytes } = event;
  return {
    seq,
    at,
    by,
    ...(operationId === undefined ? {} : { operationId }),
    type: typeOf(kind.decode(bytes, version)),
    size: bytes.length,
  };
}

function typeOf(event: unknown): string {
  const hasType = typeof event === 'object' && event !== null && 'type' in event;
  return hasType && typeof event.type === 'string' ? event.type : 'event';
}
