import type { ConnectionId } from '../../protocol/ids.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import type { RealtimeClientMessage } from '../../protocol/realtime.ts';
import { MessageParser } from './message-parser.ts';
import type { Query } from './query.ts';
import { RealtimeDoors } from './realtime-doors.ts';
import { parseRealtimeQuery } from './realtime-query.ts';
import { type JoinableDocument, RealtimeSession } from './realtime-session.ts';
import type { SocketRoute, StartSession } from './upgrade.ts';

/** A presence with 100 selected ids is 13 KB; nothing else that is said here comes near. */
const MAX_PAYLOAD = 64 * 1024;

/** What the route needs of the runtime: `Documents`. */
export interface DocumentFinder {
  /** @throws Problem `not_found`, `unavailable` */
  find(kind: 'annotation', id: string): Promise<JoinableDocument>;
}

export interface RealtimeRouteOptions {
  readonly documents: DocumentFinder;
  readonly newId: () => string;
  /** A message was answered with an error. */
  readonly onRejected: (code: ProblemCode) => void;
}

/** `/v1/realtime` */
export class RealtimeRoute implements SocketRoute {
  readonly maxPayload = MAX_PAYLOAD;
  readonly #options: RealtimeRouteOptions;
  readonly #doors = new RealtimeDoors();
  readonly #parser = new MessageParser<RealtimeClientMessage>({
    presence: 'RealtimePresence',
    ping: 'RealtimePing',
  });

  constructor(options: RealtimeRouteOptions) {
    this.#options = options;
  }

  async accept(query: Query): Promise<StartSession> {
    const { documentId, ...visitor } = parseRealtimeQuery(query);
    const { documents, newId, onRejected } = this.#options;
    const document = await documents.find('annotation', documentId);
    return (connection) =>
      new RealtimeSession({
        connection,
        document,
        lease: this.#doors.lease(documentId),
        parser: this.#parser,
        onRejected,
        connectionId: newId() as ConnectionId,
        ...visitor,
      });
  }
}
