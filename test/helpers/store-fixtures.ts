import { randomUUID } from 'node:crypto';
import type { DocumentId, EntityId, OperationId, UserId } from '../../protocol/ids.ts';
import type {
  Claim,
  DocumentRow,
  DocumentStore,
  EntityRow,
  Snapshot,
  StoredEvent,
} from '../../storage/port.ts';

export const AT = Date.UTC(2026, 0, 1);

export const newDocument = (): DocumentId => randomUUID() as DocumentId;

export const event = (seq: number, change: Partial<StoredEvent> = {}): StoredEvent => ({
  seq,
  at: AT + seq,
  by: 'alice' as UserId,
  version: 1,
  bytes: Buffer.from(`event ${seq}`),
  ...change,
});

/** @param bytes the size of each */
export const events = (from: number, to: number, bytes = 100): StoredEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => event(from + i, { bytes: Buffer.alloc(bytes, i) }));

export const operation = (name: string): { operationId: OperationId; operationType: string } => ({
  operationId: name as OperationId,
  operationType: 'add',
});

export const snapshot = (seq: number, pinned = false): Snapshot => ({
  seq,
  at: AT + seq,
  bytes: Buffer.from(`state ${seq}`),
  pinned,
});

export const row = (id: DocumentId, change: Partial<DocumentRow> = {}): DocumentRow => ({
  id,
  kind: 'counter',
  title: 'A title',
  createdAt: AT,
  updatedAt: AT,
  deleted: false,
  wire: { id, name: 'A title', list: [1, null, 'ü'] },
  ...change,
});

export const entity = (documentId: DocumentId, change: Partial<EntityRow> = {}): EntityRow => ({
  id: randomUUID() as EntityId,
  type: 'annotation',
  documentId,
  createdAt: AT,
  deleted: false,
  open: false,
  ...change,
});

/** A new document in a store, with so many events. */
export async function claimOf(store: DocumentStore, upTo = 0): Promise<Claim> {
  const claim = await store.claim(newDocument(), 'test');
  if (upTo > 0) await store.append(claim, { events: events(1, upTo) });
  return claim;
}

/** The numbers of the events in a log. */
export async function seqsOf(store: DocumentStore, id: DocumentId, after = 0): Promise<number[]> {
  const found: number[] = [];
  for await (const chunk of store.read(id, after)) found.push(...chunk.map(({ seq }) => seq));
  return found;
}

/** What a promise rejects with. @throws Error where it resolves */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('resolved, but a rejection was expected');
}
