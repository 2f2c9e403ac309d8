import * as Y from 'yjs';
import {
  BadUpdate,
  type ClientStructs,
  type DeletedRange,
  type Struct,
  type StructId,
  type YjsUpdate,
} from '../yjs-update.ts';

/**
 * Decides whether Yjs can apply an update to a document without a rest and without throwing. Yjs keeps what it cannot
 * apply yet in a hidden store that grows without bound and is written in the v2 format; here such an update is
 * refused, and the client, whose state is whole, sends what is missing.
 */

/** Types within types. Yjs deletes by recursion, and an annotation needs three. */
const MAX_TYPE_DEPTH = 16;
/** Clients that the document does not know yet: every one of them makes each later transaction a little slower. */
const MAX_NEW_CLIENTS = 1_000;
/** Items that are looked at to find a right origin right of its origin; honest ones are next to each other, nearly. */
const MAX_STEPS = 1_000_000;

export interface Admission {
  /** Something in it is not in the document yet. */
  readonly isNews: boolean;
  /** A struct is known in part: the update must be cut to what is new before it is applied. */
  readonly overlaps: boolean;
}

/** The client has what is missing, and should send it with this. */
const missing = (message: string): BadUpdate => new BadUpdate(message, { reason: 'missing_updates' });

interface Progress {
  readonly client: number;
  readonly structs: readonly Struct[];
  /** Structs before this index are in the document, or will be. */
  index: number;
  /** The client's next clock. */
  reach: number;
  /** By index of `structs`. */
  readonly places: Place[];
}

/** Where an item stands: all items of a list, and all values that a key ever had, stand in one place. */
interface Place {
  /** A type of the document, `client:clock` of one that comes with the update, or the name of a new root. */
  readonly parent: object | string;
  readonly key: string | null;
  /** How many types contain it. */
  readonly depth: number;
}

/** What stands in something that was deleted and collected stands nowhere. */
const NOWHERE: Place = { parent: '', key: null, depth: 0 };

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
  const steps = { left: MAX_STEPS };
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
  steps: { left: number },
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

function placeOf(
  doc: Y.Doc,
  struct: Struct,
  progress: ReadonlyMap<number, Progress>,
  steps: { left: number },
): Place {
  if (struct.kind === 'gc' || struct.kind === 'skip') return NOWHERE;
  const { origin, rightOrigin, parent, key = null } = struct;
  if (origin && rightOrigin) checkOrder(doc, origin, rightOrigin, steps);
  const place =
    origin || rightOrigin
      ? between(origin && placeAt(doc, origin, progress), rightOrigin && placeAt(doc, rightOrigin, progress))
      : typeof parent === 'object'
        ? within(doc, parent, key, progress)
        : { parent: doc.share.get(parent ?? '') ?? `root ${parent}`, key, depth: 1 };
  if (struct.kind === 'type' && place.depth > MAX_TYPE_DEPTH)
    throw new BadUpdate('its types are nested too deeply');
  return place;
}

/**
 * Yjs does not converge where a right origin is not right of the origin. Only for items that are in the document is
 * that known before the update is applied.
 */
function checkOrder(doc: Y.Doc, origin: StructId, rightOrigin: StructId, steps: { left: number }): void {
  if (origin.client === rightOrigin.client && origin.clock === rightOrigin.clock) {
    throw new BadUpdate('a struct stands on both sides of another');
  }
  if (!isKnown(doc, origin) || !isKnown(doc, rightOrigin)) return;
  const left: Y.Item | Y.GC = Y.getItem(doc.store, Y.createID(origin.client, origin.clock));
  const right: Y.Item | Y.GC = Y.getItem(doc.store, Y.createID(rightOrigin.client, rightOrigin.clock));
  // What is collected has no neighbours any more, and neither has the struct.
  if (!(left instanceof Y.Item) || !(right instanceof Y.Item)) return;
  if (left === right) {
    if (origin.clock > rightOrigin.clock) throw new BadUpdate('a struct stands the wrong way round');
    return;
  }
  for (let item = left.right; item !== right; item = item.right) {
    steps.left -= 1;
    if (item === null || steps.left < 0) throw new BadUpdate('a struct stands the wrong way round');
  }
}

/** Beside its neighbours; where they stand in different places, Yjs does not converge. */
function between(left: Place | undefined, right: Place | undefined): Place {
  if (left === NOWHERE || right === NOWHERE) return NOWHERE;
  if (left && right && left !== right && (left.parent !== right.parent || left.key !== right.key)) {
    throw new BadUpdate('a struct stands in two places');
  }
  return left ?? right ?? NOWHERE;
}

function within(
  doc: Y.Doc,
  id: StructId,
  key: string | null,
  progress: ReadonlyMap<number, Progress>,
): Place {
  const place = placeAt(doc, id, progress);
  if (place === NOWHERE) return NOWHERE;
  const depth = place.depth + 1;
  if (isKnown(doc, id)) {
    const { content } = Y.getItem(doc.store, Y.createID(id.client, id.clock));
    return content instanceof Y.ContentType ? { parent: content.type, key, depth } : NOWHERE;
  }
  const own = progress.get(id.client);
  const isType = own?.structs[indexAt(own.structs, id.clock)]?.kind === 'type';
  return isType ? { parent: `${id.client}:${id.clock}`, key, depth } : NOWHERE;
}

function placeAt(doc: Y.Doc, id: StructId, progress: ReadonlyMap<number, Progress>): Place {
  if (!isKnown(doc, id)) {
    const own = progress.get(id.client);
    return own?.places[indexAt(own.structs, id.clock)] ?? NOWHERE;
  }
  const known: Y.Item | Y.GC = Y.getItem(doc.store, Y.createID(id.client, id.clock));
  if (!(known instanceof Y.Item) || !(known.parent instanceof Y.AbstractType)) return NOWHERE;
  let depth = 1;
  for (let above = known.parent._item; above !== null; depth += 1) {
    above = above.parent instanceof Y.AbstractType ? above.parent._item : null;
  }
  return { parent: known.parent, key: known.parentSub, depth };
}

const isKnown = (doc: Y.Doc, { client, clock }: StructId): boolean => clock < Y.getState(doc.store, client);

/** Index of the struct that covers a clock. */
function indexAt(structs: readonly Struct[], clock: number): number {
  let low = 0;
  let high = structs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((structs[middle]?.clock ?? 0) <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
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
