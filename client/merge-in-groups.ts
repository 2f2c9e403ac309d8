import * as Y from 'yjs';

/** Yjs looks at every update for each struct that it takes: of thousands at once that would take seconds. */
const GROUP = 64;

/**
 * One Yjs v1 update that has the effect of all of them: merged a group at a time, then the groups.
 *
 * @param updates in their order; at least one
 * @param merge makes one of at most 64
 */
export function mergeInGroups(
  updates: readonly Uint8Array[],
  merge: (group: Uint8Array[]) => Uint8Array = Y.mergeUpdates,
): Uint8Array {
  let merged = [...updates];
  while (merged.length > 1) {
    const groups: Uint8Array[] = [];
    for (let at = 0; at < merged.length; at += GROUP) groups.push(merge(merged.slice(at, at + GROUP)));
    merged = groups;
  }
  const [whole] = merged;
  if (whole === undefined) throw new RangeError('There is nothing to merge.');
  return whole;
}
