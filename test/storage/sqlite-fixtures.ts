import { randomUUID } from 'node:crypto';
import type { DocumentId, EntityId, OperationId, UserId } from '../../protocol/ids.ts';
import type { DocumentRow, DocumentStore, EntityRow, Snapshot, StoredEvent } from '../../storage/port.ts';

export const newDocument = (): DocumentId => randomUUID() as DocumentId;

export const event = (seq: number, change: Partial<StoredEvent> = {}): StoredEvent => ({
  seq,
  at: Date.UTC(2026, 0, 1) + seq,
  by: 'alice' as UserId,
  version: 1,
  bytes: Buffer.from(`event ${seq}`),
  ...change,
});

export const events = (from: number, to: number, bytes = 100): StoredEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => event(from + i, { bytes: Buffer.alloc(bytes, i) }));

export const operation = (name: string): { operationId: OperationId; operationType: string } => ({
  operationId: name as OperationId,
  operationType: 'add',
});

export const snapshot = (seq: number, pinned = false): Snapshot => ({
  seq,
  at: 1,
  bytes: Buffer.from(`state ${seq}`),
  pinned,
});

export const row = (id: DocumentId, change: Partial<DocumentRow> = {}): DocumentRow => ({
  id,
  kind: 'counter',
  title: 'A title',
  createdAt: 1,
  updatedAt: 1,
  deleted: false,
  wire: null,
  ...change,
});

export const entity = (documentId: DocumentId, id: string = randomUUID()): EntityRow => ({
  id: id as EntityId,
  type: 'annotation',
  documentId,
  createdAt: 1,
  deleted: false,
  open: false,
});

/** The numbers of the events in a log. */
export async function seqs(store: DocumentStore, id: DocumentId, after = 0): Promise<number[]> {
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
