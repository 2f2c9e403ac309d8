import type { IncomingMessage } from 'node:http';
import type { InspectorClientMessage } from '../../protocol/inspector-socket.ts';
import { Problem } from '../../protocol/problem.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import { checkDebugAccess } from '../debug-access.ts';
import type { Clock } from './clock.ts';
import { type InspectionPort, InspectorSession } from './inspector-session.ts';
import { MessageParser } from './message-parser.ts';
import { isAllowedOrigin } from './origin.ts';
import type { Query } from './query.ts';
import type { SocketRoute, StartSession } from './upgrade.ts';
import { refuseUnknown } from './visitor-query.ts';

/** What is said here is a few fields. */
const MAX_PAYLOAD = 4 * 1024;
/** People who look at a server at the same time; bounds what looking costs. */
const MAX_SESSIONS = 16;

export interface InspectorRouteOptions {
  readonly inspection: InspectionPort;
  /** Opens it to whoever has it; absent: to this machine only. */
  readonly debugToken?: string | undefined;
  /** Origins of pages that may look, besides the server's own. `*` does not count: any page could look around then. */
  readonly corsOrigins: readonly string[];
  readonly clock: Clock;
  /** A message was answered with an error. */
  readonly onRejected: (code: ProblemCode) => void;
}

/** `/debug/actors/stream` */
export class InspectorRoute implements SocketRoute {
  readonly maxPayload = MAX_PAYLOAD;
  readonly #options: InspectorRouteOptions;
  readonly #lists = new Set<InspectorSession>();
  readonly #parser = createInspectorParser();
  #sessions = 0;

  constructor(options: InspectorRouteOptions) {
    this.#options = options;
  }

  async accept(query: Query, _segment: string, request: IncomingMessage): Promise<StartSession> {
    refuseUnknown(query, ['token']);
    const { inspection, debugToken, corsOrigins, clock, onRejected } = this.#options;
    const { origin, host } = request.headers;
    if (
      !isAllowedOrigin(
        origin,
        host,
        corsOrigins.filter((allowed) => allowed !== '*'),
      )
    ) {
      throw new Problem('forbidden', 'Pages of this origin may not look at the actors; see CORS_ORIGINS.');
    }
    checkDebugAccess(request, debugToken, query.get('token'));
    if (this.#sessions >= MAX_SESSIONS) {
      throw new Problem(
        'overloaded',
        `No more than ${MAX_SESSIONS} inspectors can be open at the same time.`,
      );
    }
    return (connection) => {
      this.#sessions += 1;
      return new InspectorSession({
        connection,
        inspection,
        parser: this.#parser,
        clock,
        onRejected,
        onEnded: () => {
          this.#sessions -= 1;
        },
        lists: this.#lists,
      });
    };
  }
}

/** Parses what clients of this door say. */
export const createInspectorParser = (): MessageParser<InspectorClientMessage> =>
  new MessageParser<InspectorClientMessage>({
    list: 'InspectorList',
    unlist: 'InspectorUnlist',
    watch: 'InspectorWatch',
    unwatch: 'InspectorUnwatch',
    ping: 'InspectorPing',
  });
