import type { Logger } from 'pino';
import type { ConnectionId } from '../../protocol/ids.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import type { RoomClientMessage } from '../../protocol/room-socket.ts';
import type { Clock } from './clock.ts';
import { MessageParser } from './message-parser.ts';
import type { Query } from './query.ts';
import { RoomDoor } from './room-door.ts';
import { maxRoomPayload, ROOM_LIMITS, type UpdateLimits } from './room-limits.ts';
import { parseRoomQuery } from './room-query.ts';
import { RoomSession } from './room-session.ts';
import type { RoomDocumentPort } from './room-stay.ts';
import type { SocketRoute, StartSession } from './upgrade.ts';

/** What the route needs of the runtime: `Documents`. */
export interface RoomDocumentFinder {
  /** @throws Problem `not_found`, `unavailable` */
  find(kind: 'annotation', id: string): Promise<RoomDocumentPort>;
}

export interface RoomRouteOptions {
  readonly documents: RoomDocumentFinder;
  readonly limits?: Partial<UpdateLimits>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** A message was answered with an error. */
  readonly onRejected: (code: ProblemCode) => void;
}

/** `/v1/ws/rooms/{roomId}` */
export class RoomRoute implements SocketRoute {
  readonly maxPayload: number;
  readonly #options: RoomRouteOptions;
  readonly #limits: UpdateLimits;
  readonly #door = new RoomDoor();
  readonly #parser = createRoomParser();

  constructor(options: RoomRouteOptions) {
    this.#options = options;
    this.#limits = { ...ROOM_LIMITS, ...options.limits };
    this.maxPayload = maxRoomPayload(this.#limits);
  }

  async accept(query: Query, roomId: string): Promise<StartSession> {
    const visit = parseRoomQuery(query);
    const { documents, newId, clock, logger, onRejected } = this.#options;
    const document = await documents.find('annotation', roomId);
    return (connection) =>
      new RoomSession({
        connection,
        document,
        door: this.#door,
        parser: this.#parser,
        limits: this.#limits,
        clock,
        logger,
        onRejected,
        connectionId: newId() as ConnectionId,
        ...visit,
      });
  }
}

/** Parses the text frames of clients of this door. */
export const createRoomParser = (): MessageParser<RoomClientMessage> =>
  new MessageParser<RoomClientMessage>({ presence: 'RoomPresence', ping: 'RoomPing' });
