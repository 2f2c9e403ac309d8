import type { InspectorRecord } from '../../protocol/inspector-socket.ts';

/** Records that the page keeps of the watched actor. */
export const RECORDS_KEPT = 400;

/** Puts new records at the end and changed ones in their places; the oldest go. Both lists are in order of `no`. */
export function mergeRecords(
  known: readonly InspectorRecord[],
  news: readonly InspectorRecord[],
): readonly InspectorRecord[] {
  if (news.length === 0) return known;
  const changed = new Map(news.map((record) => [record.no, record]));
  const merged = known.map((record) => {
    const now = changed.get(record.no);
    if (now === undefined) return record;
    changed.delete(record.no);
    return now;
  });
  const last = known.at(-1)?.no ?? 0;
  // What changed and is no longer here was forgotten.
  for (const record of news) if (record.no > last && changed.has(record.no)) merged.push(record);
  return merged.length > RECORDS_KEPT ? merged.slice(-RECORDS_KEPT) : merged;
}
