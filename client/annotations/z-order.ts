import type * as Y from 'yjs';
import { type Ids, idsOf, LOCAL_EDIT, type RoomAnnotation } from './annotation.ts';
import { MAX_Z_INDEX } from './check-style.ts';
import { entryOf, writeStyle } from './entries.ts';
import { listAnnotations } from './read.ts';
import { type Layer, renumber } from './stacking.ts';

/**
 * The paint order is `style.z_index`, then the order of creation. All four change the order by as few numbers as there
 * can be, keep the order of the named ones among themselves, and leave comments alone, which have no place in it.
 * Each returns the ids whose number changed.
 */

/** Above all others. */
export function bringToFront(doc: Y.Doc, ids: Ids, origin: unknown = LOCAL_EDIT): string[] {
  return reorder(doc, ids, origin, (layers) => [...layers.filter(stays), ...layers.filter(moves)]);
}

/** Below all others. */
export function sendToBack(doc: Y.Doc, ids: Ids, origin: unknown = LOCAL_EDIT): string[] {
  return reorder(doc, ids, origin, (layers) => [...layers.filter(moves), ...layers.filter(stays)]);
}

/** Each above the next one that is not named. */
export function bringForward(doc: Y.Doc, ids: Ids, origin: unknown = LOCAL_EDIT): string[] {
  return reorder(doc, ids, origin, (layers) => {
    const order = [...layers];
    for (let at = order.length - 2; at >= 0; at -= 1) step(order, at);
    return order;
  });
}

/** Each below the next one that is not named. */
export function sendBackward(doc: Y.Doc, ids: Ids, origin: unknown = LOCAL_EDIT): string[] {
  return reorder(doc, ids, origin, (layers) => {
    const order = [...layers].reverse();
    for (let at = order.length - 2; at >= 0; at -= 1) step(order, at);
    return order.reverse();
  });
}

const moves = ({ isMoved }: Layer): boolean => isMoved;
const stays = ({ isMoved }: Layer): boolean => !isMoved;

/** Lets the one at this place pass the next one. */
function step(order: Layer[], at: number): void {
  const [one, other] = [order[at], order[at + 1]];
  if (one?.isMoved && other !== undefined && !other.isMoved) order.splice(at, 2, other, one);
}

function reorder(
  doc: Y.Doc,
  ids: Ids,
  origin: unknown,
  arrange: (layers: readonly Layer[]) => Layer[],
): string[] {
  const named = new Set(idsOf(ids));
  const isPainted = ({ type }: RoomAnnotation): boolean => type !== 'comment';
  const layers = listAnnotations(doc)
    .filter(isPainted)
    .map(({ id, style }): Layer => ({ id, z: style.z_index ?? 0, isMoved: named.has(id) }));
  const order = arrange(layers);
  const places = new Map(layers.map(({ id }, place) => [id, place]));
  // Those that nobody moved past each other are in the order of their creation where they had the same number.
  const mayShare = (below: Layer, above: Layer): boolean =>
    below.isMoved === above.isMoved &&
    below.z === above.z &&
    (places.get(below.id) ?? 0) < (places.get(above.id) ?? 0);
  const numbers = renumber(order, mayShare, MAX_Z_INDEX);
  doc.transact(() => {
    for (const [id, z_index] of numbers) {
      const entry = entryOf(doc, id);
      if (entry !== undefined) writeStyle(entry, { z_index });
    }
  }, origin);
  return [...numbers.keys()];
}
