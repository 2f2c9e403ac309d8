import type { Room } from '../../client/rooms-api.ts';
import { roomsApi } from '../app/api.ts';
import { inTurns } from './in-turns.ts';

const AT_A_TIME = 6;
/** What was never drawn on has only the event that made it, and perhaps its image. */
const UNTOUCHED_SEQ = 1;

const known = new Map<string, { readonly seq: number; readonly at: number }>();

/**
 * When something was last done in rooms, drawing too, which `updatedAt` of a room does not tell. Asked for once for each
 * `seq` of a room.
 *
 * @returns milliseconds since 1970, by the room's id; without those that are not known
 */
export async function lastChanges(rooms: readonly Room[]): Promise<ReadonlyMap<string, number>> {
  const unknown = rooms.filter(({ id, seq }) => seq > UNTOUCHED_SEQ && known.get(id)?.seq !== seq);
  await inTurns(unknown, AT_A_TIME, async ({ id, seq }) => {
    try {
      const { items } = await roomsApi.events(id, { after: seq - 1, limit: 1 });
      const [event] = items;
      // An event that is kept no more: then it was long ago, and is not asked for again.
      known.set(id, { seq, at: event === undefined ? 0 : Date.parse(event.ts) });
    } catch {
      // The list is right without it, only less well sorted.
    }
  });
  return new Map(
    rooms.flatMap(({ id }) => {
      const change = known.get(id);
      return change === undefined ? [] : [[id, change.at] as const];
    }),
  );
}
