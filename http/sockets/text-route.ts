import type { Logger } from 'pino';
import type { ConnectionId } from '../../protocol/ids.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import type { TextClientMessage } from '../../protocol/text-socket.ts';
import type { Clock } from './clock.ts';
import { IdleWatch } from './idle-watch.ts';
import { MessageParser } from './message-parser.ts';
import type { Query } from './query.ts';
import { TextDoor } from './text-door.ts';
import { maxTextPayload, TEXT_LIMITS, type TextLimits } from './text-limits.ts';
import { parseTextQuery } from './text-query.ts';
import { TextSession } from './text-session.ts';
import type { TextDocumentPort } from './text-stay.ts';
import type { SocketRoute, StartSession } from './upgrade.ts';

/** What the route needs of the runtime: `Documents`. */
export interface TextDocumentFinder {
  /** @throws Problem `not_found`, `unavailable` */
  find(kind: 'text', id: string): Promise<TextDocumentPort>;
}

export interface TextRouteOptions {
  readonly documents: TextDocumentFinder;
  readonly limits?: Partial<TextLimits>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** A message was answered with an error. */
  readonly onRejected: (code: ProblemCode) => void;
}

/** `/ws/documents/{id}` */
export class TextRoute implements SocketRoute {
  readonly maxPayload: number;
  readonly #options: TextRouteOptions;
  readonly #limits: TextLimits;
  readonly #door = new TextDoor();
  readonly #parser = createTextParser();
  readonly #idleWatch: IdleWatch;

  constructor(options: TextRouteOptions) {
    this.#options = options;
    this.#limits = { ...TEXT_LIMITS, ...options.limits };
    this.maxPayload = maxTextPayload(this.#limits);
    this.#idleWatch = new IdleWatch(options.clock, this.#limits.idleMs);
  }

  async accept(query: Query, id: string): Promise<StartSession> {
    const visit = parseTextQuery(query);
    const { documents, newId, clock, logger, onRejected } = this.#options;
    const document = await documents.find('text', id);
    return (connection) =>
      new TextSession({
        connection,
        document,
        door: this.#door,
        parser: this.#parser,
        limits: this.#limits,
        clock,
        idleWatch: this.#idleWatch,
        logger,
        onRejected,
        connectionId: newId() as ConnectionId,
        ...visit,
      });
  }
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
