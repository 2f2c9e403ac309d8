import type { Seq } from '../protocol/ids.ts';

/**
 * Which snapshots to drop until `keep` are left: each time the one whose neighbours are closest together for their age,
 * never the newest. What is left lies the denser the newer it is, so that any past state has a snapshot before it that
 * is near in proportion to its age.
 *
 * @param seqs ascending
 */
export function surplusSnapshots(seqs: readonly Seq[], keep: number): readonly Seq[] {
  const left = [...seqs];
  const surplus: Seq[] = [];
  const newest = left.at(-1) ?? 0;
  while (left.length > Math.max(1, keep)) {
    let least = Number.POSITIVE_INFINITY;
    let at = 0;
    for (let i = 0; i < left.length - 1; i++) {
      const [before, seq, next] = [left[i - 1] ?? 0, left[i] ?? 0, left[i + 1] ?? 0];
      const gap = (next - before) / (newest - seq);
      if (gap >= least) continue;
      least = gap;
      at = i;
    }
    surplus.push(...left.splice(at, 1));
  }
  return surplus;
}
