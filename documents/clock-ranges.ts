/** Clocks of one Yjs client: pairs of a begin and an end (exclusive) that ascend and do not touch each other. */
export type ClockRanges = readonly number[];

/** A range that is to be taken up. */
export interface ClockRange {
  readonly clock: number;
  readonly length: number;
}

/** In any order, overlapping or not. */
export function toClockRanges(ranges: readonly ClockRange[]): ClockRanges {
  const sorted = [...ranges].sort((a, b) => a.clock - b.clock);
  const result: number[] = [];
  for (const { clock, length } of sorted) append(result, clock, clock + length);
  return result;
}

/** What is in one of them or in both; takes time linear in their lengths. */
export function unite(a: ClockRanges, b: ClockRanges): ClockRanges {
  const result: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const fromA = j >= b.length || (i < a.length && (a[i] ?? 0) <= (b[j] ?? 0));
    const [from, to] = fromA ? [a[i] ?? 0, a[i + 1] ?? 0] : [b[j] ?? 0, b[j + 1] ?? 0];
    append(result, from, to);
    if (fromA) i += 2;
    else j += 2;
  }
  return result;
}

/** Whether all of a range is in there. */
export function contains(ranges: ClockRanges, { clock, length }: ClockRange): boolean {
  let low = 0;
  let high = ranges.length / 2 - 1;
  // The last pair that begins at or before the clock.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ranges[2 * middle] ?? 0) <= clock) low = middle;
    else high = middle - 1;
  }
  const from = ranges[2 * low];
  const to = ranges[2 * low + 1];
  return from !== undefined && to !== undefined && from <= clock && clock + length <= to;
}

/** Up to where nothing is missing. */
export const reachOf = (ranges: ClockRanges): number => (ranges[0] === 0 ? (ranges[1] ?? 0) : 0);

/** `from` is not below the begin of the last pair. */
function append(ranges: number[], from: number, to: number): void {
  const end = ranges.at(-1);
  if (end === undefined || from > end) ranges.push(from, to);
  else if (to > end) ranges[ranges.length - 1] = to;
}
