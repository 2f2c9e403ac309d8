import type { ConnectionId } from '../../protocol/ids.ts';
import type { TextClientMessage } from '../../protocol/text-socket.ts';
import { type DocumentDoorOptions, documentRoute } from './document-route.ts';
import { IdleWatch } from './idle-watch.ts';
import { MessageParser } from './message-parser.ts';
import { TextDoor } from './text-door.ts';
import { maxTextPayload, TEXT_LIMITS, type TextLimits } from './text-limits.ts';
import { parseTextQuery } from './text-query.ts';
import { TextSession } from './text-session.ts';
import type { TextDocumentPort } from './text-stay.ts';
import type { SocketRoute } from './upgrade.ts';

/** What the route needs of the runtime: `Documents`. */
export interface TextDocumentFinder {
  /** @throws Problem `not_found`, `unavailable` */
  find(kind: 'text', id: string): Promise<TextDocumentPort>;
}

/** `/ws/documents/{id}` */
export function textRoute({
  documents,
  limits: given,
  newId,
  ...common
}: DocumentDoorOptions<TextDocumentFinder, TextLimits>): SocketRoute {
  const limits = { ...TEXT_LIMITS, ...given };
  const door = new TextDoor();
  const parser = createTextParser();
  const idleWatch = new IdleWatch(common.clock, limits.idleMs);
  return documentRoute({
    maxPayload: maxTextPayload(limits),
    visit: parseTextQuery,
    find: (id) => documents.find('text', id),
    session: (connection, document, visit) => {
      const connectionId = newId() as ConnectionId;
      const own = { connection, connectionId, document, ...visit };
      return new TextSession({ ...common, door, parser, limits, idleWatch, ...own });
    },
  });
}

/** Parses what clients of this door say. */
export const createTextParser = (): MessageParser<TextClientMessage> =>
  new MessageParser<TextClientMessage>({
    join: 'TextJoin',
    update: 'TextUpdate',
    snapshot: 'TextSnapshot',
    presence: 'TextPresence',
    ping: 'TextPing',
  });
