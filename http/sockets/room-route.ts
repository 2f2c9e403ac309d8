import type { ConnectionId } from '../../protocol/ids.ts';
import type { RoomClientMessage } from '../../protocol/room-socket.ts';
import { type DocumentDoorOptions, documentRoute } from './document-route.ts';
import { MessageParser } from './message-parser.ts';
import { RoomDoor } from './room-door.ts';
import { maxRoomPayload, ROOM_LIMITS, type UpdateLimits } from './room-limits.ts';
import { parseRoomQuery } from './room-query.ts';
import { RoomSession } from './room-session.ts';
import type { RoomDocumentPort } from './room-stay.ts';
import type { SocketRoute } from './upgrade.ts';

/** What the route needs of the runtime: `Documents`. */
export interface RoomDocumentFinder {
  /** @throws Problem `not_found`, `unavailable` */
  find(kind: 'annotation', id: string): Promise<RoomDocumentPort>;
}

/** `/v1/ws/rooms/{roomId}` */
export function roomRoute({
  documents,
  limits: given,
  newId,
  ...common
}: DocumentDoorOptions<RoomDocumentFinder, UpdateLimits>): SocketRoute {
  const limits = { ...ROOM_LIMITS, ...given };
  const door = new RoomDoor();
  const parser = createRoomParser();
  return documentRoute({
    maxPayload: maxRoomPayload(limits),
    visit: parseRoomQuery,
    find: (roomId) => documents.find('annotation', roomId),
    session: (connection, document, visit) => {
      const connectionId = newId() as ConnectionId;
      const own = { connection, connectionId, document, ...visit };
      return new RoomSession({ ...common, door, parser, limits, ...own });
    },
  });
}

/** Parses the text frames of clients of this door. */
export const createRoomParser = (): MessageParser<RoomClientMessage> =>
  new MessageParser<RoomClientMessage>({ presence: 'RoomPresence', ping: 'RoomPing' });
