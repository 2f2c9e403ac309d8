/** One of a stack, bottom first. */
export interface Layer {
  readonly id: string;
  readonly z: number;
  /** It is one of those that are to change their place: rather rewritten than the others. */
  readonly isMoved: boolean;
}

/**
 * Numbers a stack anew so that it is painted in the order in which it is given, with as few changes as there can be.
 *
 * Two that lie next to each other get different numbers, unless `mayShare` says that their order is right even with the
 * same number. What can keep its number is what, with as many numbers between as there are steps, still ascends: the
 * heaviest subsequence of `z - steps` that does not descend.
 *
 * @param limit numbers are from `-limit` to `limit`; where that is too narrow, all are numbered anew
 * @returns new numbers by id, of those that change
 */
export function renumber(
  layers: readonly Layer[],
  mayShare: (below: Layer, above: Layer) => boolean,
  limit: number,
): Map<string, number> {
  const steps: number[] = [];
  layers.forEach((layer, at) => {
    const below = layers[at - 1];
    steps.push(below === undefined ? 0 : (steps[at - 1] ?? 0) + (mayShare(below, layer) ? 0 : 1));
  });
  const kept = keep(layers, steps);
  const numbers = new Map<string, number>();
  // From a layer that keeps its number upward; those below the first that does are counted down from it.
  let base = kept[0] ?? 0;
  let next = 0;
  layers.forEach(({ id, z }, at) => {
    if (kept[next] === at) {
      base = at;
      next += 1;
      return;
    }
    const number = (layers[base]?.z ?? 0) + (steps[at] ?? 0) - (steps[base] ?? 0);
    if (number !== z) numbers.set(id, number);
  });
  if ([...numbers.values()].every((number) => Math.abs(number) <= limit)) return numbers;
  return new Map(layers.map(({ id }, at) => [id, steps[at] ?? 0]));
}

/** Indexes of the layers that keep their numbers, ascending. */
function keep(layers: readonly Layer[], steps: readonly number[]): number[] {
  const values = layers.map(({ z }, at) => z - (steps[at] ?? 0));
  const ranks = new Map([...new Set(values)].sort((a, b) => a - b).map((value, rank) => [value, rank + 1]));
  // A Fenwick tree: for each rank the heaviest subsequence that ends at or below it.
  const best: { readonly weight: number; readonly at: number }[] = [];
  const from: number[] = [];
  let heaviest = { weight: 0, at: -1 };
  layers.forEach(({ isMoved }, at) => {
    const rank = ranks.get(values[at] ?? 0) ?? 1;
    let before = { weight: 0, at: -1 };
    for (let node = rank; node > 0; node -= node & -node) {
      const other = best[node];
      if (other !== undefined && other.weight > before.weight) before = other;
    }
    // As many as possible; among those, as many as possible that were not meant to move.
    const own = { weight: before.weight + layers.length + (isMoved ? 0 : 1), at };
    from[at] = before.at;
    for (let node = rank; node <= ranks.size; node += node & -node) {
      if (own.weight > (best[node]?.weight ?? 0)) best[node] = own;
    }
    if (own.weight > heaviest.weight) heaviest = own;
  });
  const kept: number[] = [];
  for (let at = heaviest.at; at >= 0; at = from[at] ?? -1) kept.push(at);
  return kept.reverse();
}
