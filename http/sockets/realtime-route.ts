import type { ConnectionId } from '../../protocol/ids.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import type { RealtimeClientMessage } from '../../protocol/realtime.ts';
import { documentRoute } from './document-route.ts';
import { MessageParser } from './message-parser.ts';
import { RealtimeDoors } from './realtime-doors.ts';
import { parseRealtimeQuery } from './realtime-query.ts';
import { type JoinableDocument, RealtimeSession } from './realtime-session.ts';
import type { SocketRoute } from './upgrade.ts';

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
export function realtimeRoute({ documents, newId, onRejected }: RealtimeRouteOptions): SocketRoute {
  const doors = new RealtimeDoors();
  const parser = new MessageParser<RealtimeClientMessage>({
    presence: 'RealtimePresence',
    ping: 'RealtimePing',
  });
  return documentRoute({
    maxPayload: MAX_PAYLOAD,
    visit: parseRealtimeQuery,
    find: (_, { documentId }) => documents.find('annotation', documentId),
    session: (connection, document, { documentId, ...visitor }) => {
      const connectionId = newId() as ConnectionId;
      const lease = doors.lease(documentId);
      return new RealtimeSession({
        connection,
        connectionId,
        document,
        lease,
        parser,
        onRejected,
        ...visitor,
      });
    },
  });
}
