import type { AnyDocumentKind } from '../documents/kind.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import type { Claim } from '../storage/port.ts';
import type { Environment } from './environment.ts';
import { FactLog } from './fact-log.ts';
import { rebuild } from './history.ts';
import { OPERATIONS_LIMIT, OperationLog } from './operation-log.ts';
import { Pace } from './pace.ts';

/** A document as the store has it. */
export interface Loaded {
  readonly claim: Claim;
  readonly state: unknown;
  readonly seq: Seq;
  /** When its last event happened, in ms since 1970. */
  readonly at: number;
  readonly deleted: boolean;
  readonly operations: OperationLog | undefined;
  /** Those of the events behind the newest snapshot. */
  readonly facts: FactLog;
  /** Events behind the newest snapshot. */
  readonly replayed: number;
}

/** Takes a document over and reads it: claim first, so that no older owner can append behind what is read. */
export async function loadDocument(env: Environment, kind: AnyDocumentKind, id: DocumentId): Promise<Loaded> {
  const { store, owner } = env;
  const claim = await store.claim(id, owner);
  // Both are bounded. The events themselves are not kept: a few hundred large ones would be a gigabyte.
  let facts: FactLog | undefined;
  let recent: OperationLog | undefined;
  const rebuilt = await rebuild(store, kind, id, undefined, (event, { fact, answer }) => {
    const { seq, at, operationId, operationType = '' } = event;
    facts ??= new FactLog(seq - 1);
    facts.add(seq, fact, event.bytes.length);
    // Of a long log most would be forgotten again at once.
    if (operationId === undefined || seq <= claim.head - OPERATIONS_LIMIT) return;
    recent ??= new OperationLog();
    recent.add(operationId, { type: operationType, seq, at, answer });
  });
  if (rebuilt === undefined || rebuilt.seq !== claim.head) {
    throw new Error(`the log of ${id} is not whole up to ${claim.head}`);
  }
  const row = await store.directory.find(id);
  const { state, seq, at, replayed } = rebuilt;
  return {
    claim,
    state,
    seq,
    at,
    deleted: row?.deleted ?? false,
    operations: await joined(await rebuilt.base?.operations(), recent),
    facts: facts ?? new FactLog(seq),
    replayed,
  };
}

/** @param recent of the events behind the snapshot that has `old` */
async function joined(
  old: OperationLog | undefined,
  recent: OperationLog | undefined,
): Promise<OperationLog | undefined> {
  if (old === undefined || recent === undefined) return recent ?? old;
  // The pin of a past state has all that were known when it was named.
  const known = old.seq;
  const pace = new Pace();
  for (const [id, operation] of recent.entries()) {
    if (operation.seq > known) old.add(id, operation);
    if (pace.isOver) await pace.rest();
  }
  return old;
}
