import { isRecord, newestOf, readStored, writeStored } from '../../app/stored-json.ts';
import type { ReadMarks } from './thread-list.ts';

const KEY = 'troupe.read';
const MOST_ROOMS = 50;

const isMarks = (value: unknown): value is ReadMarks =>
  isRecord(value) && typeof value['since'] === 'number' && isRecord(value['threads']);
const isAll = (value: unknown): value is Readonly<Record<string, ReadMarks>> =>
  isRecord(value) && Object.values(value).every(isMarks);

/** What has been read of a room in this browser; `undefined` at the first visit. */
export const readMarks = (roomId: string): ReadMarks | undefined => readStored(KEY, isAll)?.[roomId];

/** Other tabs may have written meanwhile: of each thread the later mark stays. */
export function writeMarks(roomId: string, marks: ReadMarks): ReadMarks {
  const { [roomId]: stored, ...others } = readStored(KEY, isAll) ?? {};
  const threads: Record<string, number> = { ...stored?.threads };
  for (const [id, at] of Object.entries(marks.threads)) threads[id] = Math.max(at, threads[id] ?? 0);
  const merged = { since: marks.since, threads };
  writeStored(KEY, newestOf({ ...others, [roomId]: merged }, MOST_ROOMS));
  return merged;
}
