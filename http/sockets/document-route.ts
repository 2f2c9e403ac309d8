import type { Logger } from 'pino';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import type { Clock } from './clock.ts';
import type { Connection, ConnectionHandler } from './connection.ts';
import type { Query } from './query.ts';
import type { SocketRoute } from './upgrade.ts';

/** What a door to documents is given. */
export interface DocumentDoorOptions<Finder, Limits> {
  readonly documents: Finder;
  readonly limits?: Partial<Limits>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** A message was answered with an error, or had no effect. */
  readonly onRejected: (code: ProblemCode) => void;
}

export interface DocumentRouteOptions<Visit, Document> {
  /** Bytes of one message. */
  readonly maxPayload: number;
  /** Who comes, and what it saw before. @throws Problem */
  readonly visit: (query: Query) => Visit;
  /**
   * @param segment - the last one of the path
   * @throws Problem `not_found`, `unavailable`
   */
  readonly find: (segment: string, visit: Visit) => Promise<Document>;
  readonly session: (connection: Connection, document: Document, visit: Visit) => ConnectionHandler;
}

/** A door to documents that anybody may enter. A query that makes no sense is refused before anything is looked up. */
export const documentRoute = <Visit, Document>(
  options: DocumentRouteOptions<Visit, Document>,
): SocketRoute => ({
  maxPayload: options.maxPayload,
  accept: async (query, segment) => {
    const visit = options.visit(query);
    const document = await options.find(segment, visit);
    return (connection) => options.session(connection, document, visit);
  },
});
