import * as Y from 'yjs';
import { BadUpdate, type Struct, type StructId } from '../yjs-update.ts';

/** Types within types. Yjs deletes by recursion, and an annotation needs three. */
const MAX_TYPE_DEPTH = 16;
/** Items that are looked at to find a right origin right of its origin; honest ones are next to each other, nearly. */
const MAX_STEPS = 1_000_000;

/** Where an item stands: all items of a list, and all values that a key ever had, stand in one place. */
export interface Place {
  /** A type of the document, `client:clock` of one that comes with the update, or the name of a new root. */
  readonly parent: object | string;
  readonly key: string | null;
  /** How many types contain it. */
  readonly depth: number;
}

/** What stands in something that was deleted and collected stands nowhere. */
const NOWHERE: Place = { parent: '', key: null, depth: 0 };

/** The structs of one client of an update, as far as they are placed. */
export interface Placed {
  readonly structs: readonly Struct[];
  /** By index of `structs`. */
  readonly places: Place[];
}

/** How much may still be looked at for one update. */
export interface Steps {
  left: number;
}

export const stepsOfUpdate = (): Steps => ({ left: MAX_STEPS });

/**
 * Where a struct stands that comes with an update, as far as what it refers to is in the document or was placed before.
 * @param placed - by client
 * @throws BadUpdate where Yjs would not converge, or not get along with it
 */
export function placeOf(
  doc: Y.Doc,
  struct: Struct,
  placed: ReadonlyMap<number, Placed>,
  steps: Steps,
): Place {
  if (struct.kind === 'gc' || struct.kind === 'skip') return NOWHERE;
  const { origin, rightOrigin, parent, key = null } = struct;
  if (origin && rightOrigin) checkOrder(doc, origin, rightOrigin, steps);
  const place =
    origin || rightOrigin
      ? between(origin && placeAt(doc, origin, placed), rightOrigin && placeAt(doc, rightOrigin, placed))
      : typeof parent === 'object'
        ? within(doc, parent, key, placed)
        : { parent: doc.share.get(parent ?? '') ?? `root ${parent}`, key, depth: 1 };
  if (struct.kind === 'type' && place.depth > MAX_TYPE_DEPTH)
    throw new BadUpdate('its types are nested too deeply');
  return place;
}

/**
 * Yjs does not converge where a right origin is not right of the origin. Only for items that are in the document is
 * that known before the update is applied.
 */
function checkOrder(doc: Y.Doc, origin: StructId, rightOrigin: StructId, steps: Steps): void {
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

function within(doc: Y.Doc, id: StructId, key: string | null, placed: ReadonlyMap<number, Placed>): Place {
  const place = placeAt(doc, id, placed);
  if (place === NOWHERE) return NOWHERE;
  const depth = place.depth + 1;
  if (isKnown(doc, id)) {
    const { content } = Y.getItem(doc.store, Y.createID(id.client, id.clock));
    return content instanceof Y.ContentType ? { parent: content.type, key, depth } : NOWHERE;
  }
  const own = placed.get(id.client);
  const isType = own?.structs[indexAt(own.structs, id.clock)]?.kind === 'type';
  return isType ? { parent: `${id.client}:${id.clock}`, key, depth } : NOWHERE;
}

function placeAt(doc: Y.Doc, id: StructId, placed: ReadonlyMap<number, Placed>): Place {
  if (!isKnown(doc, id)) {
    const own = placed.get(id.client);
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
