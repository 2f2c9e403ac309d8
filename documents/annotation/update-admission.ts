import * as Y from 'yjs';
import { BadUpdate, type ClientStructs, type DeletedRange, type YjsUpdate } from '../yjs-update.ts';
import { type Placed, placeOf, type Steps, stepsOfUpdate } from './struct-places.ts';

/**
 * Decides whether Yjs can apply an update to a document without a rest and without throwing. Yjs keeps what it cannot
 * apply yet in a hidden store that grows without bound and is written in the v2 format; here such an update is
 * refused, and the client, whose state is whole, sends what is missing.
 */

/** Clients that the document does not know yet: every one of them makes each later transaction a little slower. */
const MAX_NEW_CLIENTS = 1_000;

export interface Admission {
  /** Something in it is not in the document yet. */
  readonly isNews: boolean;
  /** A struct is known in part: the update must be cut to what is new before it is applied. */
  readonly overlaps: boolean;
}

/** The client has what is missing, and should send it with this. */
const missing = (message: string): BadUpdate => new BadUpdate(message, { reason: 'missing_updates' });

interface Progress extends Placed {
  readonly client: number;
  /** Structs before this index are in the document, or will be. */
  index: number;
  /** The client's next clock. */
  reach: number;
}

/**
 * @param reserved a client id that only the server itself may write with.
 * @throws BadUpdate
 */
export function admit(doc: Y.Doc, update: YjsUpdate, reserved: number): Admission {
  if (!isNews(doc, update)) return { isNews: false, overlaps: false };
  const progress = new Map<number, Progress>();
  let newClients = 0;
  let overlaps = false;
  for (const { client, structs } of update.clients) {
    const known = Y.getState(doc.store, client);
    if (known === 0 && structs.length > 0) newClients += 1;
    overlaps ||= structs.some(
      ({ clock, length, kind }) => kind !== 'skip' && clock < known && known < clock + length,
    );
    progress.set(client, { client, structs, index: 0, reach: known, places: [] });
    if (client === reserved && endOf(structs) > known)
      throw new BadUpdate("it writes with the server's client id");
  }
  if (newClients > MAX_NEW_CLIENTS) throw new BadUpdate('it brings too many new clients');
  integrateAll(doc, progress);
  checkDeletes(doc, update.deletes, progress);
  return { isNews: true, overlaps };
}

/** Clients that come back send all that they have: that must cost little where the document has it. */
function isNews(doc: Y.Doc, { clients, deletes }: YjsUpdate): boolean {
  return (
    clients.some(({ client, structs }) => endOf(structs) > Y.getState(doc.store, client)) ||
    deletes.some((range) => !isDeleted(doc, range))
  );
}

function isDeleted({ store }: Y.Doc, { client, clock, length }: DeletedRange): boolean {
  const end = clock + length;
  if (end > Y.getState(store, client)) return false;
  const structs = store.clients.get(client) ?? [];
  for (
    let index = length === 0 ? structs.length : Y.findIndexSS(structs, clock);
    index < structs.length;
    index += 1
  ) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= end) break;
    if (!struct.deleted) return false;
  }
  return true;
}

const endOf = (structs: ClientStructs['structs']): number => {
  const last = structs.at(-1);
  return last === undefined ? 0 : last.clock + last.length;
};

/** Goes through the structs in the order in which Yjs can integrate them; every one must have its turn. */
function integrateAll(doc: Y.Doc, progress: ReadonlyMap<number, Progress>): void {
  const steps = stepsOfUpdate();
  const waiting = new Map<number, Progress[]>();
  const ready = [...progress.values()];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    const before = next.reach;
    const blocker = advance(doc, next, progress, steps);
    if (blocker !== undefined) {
      const line = waiting.get(blocker);
      if (line) line.push(next);
      else waiting.set(blocker, [next]);
    }
    if (next.reach > before) {
      ready.push(...(waiting.get(next.client) ?? []));
      waiting.delete(next.client);
    }
  }
  for (const { index, structs } of progress.values()) {
    if (index < structs.length) throw missing('it builds on updates that the document does not have');
  }
}

/** Takes a client's structs as far as they go; answers the client that it waits for. */
function advance(
  doc: Y.Doc,
  own: Progress,
  progress: ReadonlyMap<number, Progress>,
  steps: Steps,
): number | undefined {
  const reachOf = (client: number): number => progress.get(client)?.reach ?? Y.getState(doc.store, client);
  for (; own.index < own.structs.length; own.index += 1) {
    const struct = own.structs[own.index];
    if (struct === undefined) return undefined;
    if (struct.kind !== 'skip') {
      if (struct.clock > own.reach) return own.client;
      for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
        if (id === undefined || typeof id === 'string') continue;
        // Yjs looks up ids of the same client without asking whether they are there.
        if (id.client === own.client && id.clock >= struct.clock)
          throw new BadUpdate('a struct refers to itself');
        if (id.clock >= reachOf(id.client)) return id.client;
      }
      own.reach = Math.max(own.reach, struct.clock + struct.length);
    }
    own.places.push(placeOf(doc, struct, progress, steps));
  }
  return undefined;
}

function checkDeletes(
  doc: Y.Doc,
  deletes: readonly DeletedRange[],
  progress: ReadonlyMap<number, Progress>,
): void {
  for (const { client, clock, length } of deletes) {
    const reach = progress.get(client)?.reach ?? Y.getState(doc.store, client);
    if (clock + length > reach) throw missing('it deletes what the document does not have');
  }
}
