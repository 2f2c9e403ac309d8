import type { Logger } from 'pino';
import type { TextSync } from '../../actors/text-sync.ts';
import type { TextDocument } from '../../protocol/entities.ts';
import type { ConnectionId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import type { Clock } from './clock.ts';
import { DoorLeases } from './door-leases.ts';
import { IdleWatch } from './idle-watch.ts';
import type { Query } from './query.ts';
import type { SocketRoute, StartSession } from './upgrade.ts';
import { parseVisitor } from './visitor-query.ts';
import { AnnotationReplica, TextReplica, type YjsDocumentPort, type YjsKind } from './yjs-document.ts';
import { YjsDoor } from './yjs-door.ts';
import { maxYjsPayload, YJS_LIMITS, type YjsLimits } from './yjs-limits.ts';
import { YjsSession } from './yjs-session.ts';

/**
 * A client leaves that hears nothing for 30 s (`messageReconnectTimeout` of y-websocket), also where nobody is there
 * who could say anything. The watch looks every 5 s.
 */
const QUIET_MS = 15_000;

/** What the route needs of the runtime: `Documents`. */
export interface YjsDocumentFinder {
  /** @throws Problem `not_found`, `unavailable` */
  find(kind: YjsKind, id: string): Promise<YjsDocumentPort>;
}

export interface YjsRouteOptions {
  readonly documents: YjsDocumentFinder;
  /** Compares text documents with their clients. */
  readonly textSync: Pick<TextSync, 'difference' | 'stateVector' | 'isKnown'>;
  readonly limits?: Partial<YjsLimits>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** A message had no effect. */
  readonly onRejected: (code: ProblemCode) => void;
}

/** `/v1/yjs/{documentId}` */
export class YjsRoute implements SocketRoute {
  readonly maxPayload: number;
  readonly #options: YjsRouteOptions;
  readonly #limits: YjsLimits;
  readonly #doors = new DoorLeases<YjsDoor>();
  readonly #quietWatch: IdleWatch;

  constructor(options: YjsRouteOptions) {
    this.#options = options;
    this.#limits = { ...YJS_LIMITS, ...options.limits };
    this.maxPayload = maxYjsPayload(this.#limits);
    this.#quietWatch = new IdleWatch(options.clock, QUIET_MS);
  }

  /** Parameters that are not known are not ours: a provider sends what the application gave it for its own server. */
  async accept(query: Query, id: string): Promise<StartSession> {
    const visitor = parseVisitor(query, 'userId', 'displayName');
    const { textSync, newId, clock, logger, onRejected } = this.#options;
    const { kind, document } = await this.#find(id);
    const replica = kind === 'text' ? new TextReplica(document, textSync) : new AnnotationReplica(document);
    return (connection) =>
      new YjsSession({
        connection,
        document,
        replica,
        lease: this.#doors.lease(document.id, () => new YjsDoor(kind)),
        limits: this.#limits[kind],
        clock,
        quietWatch: this.#quietWatch,
        logger,
        onRejected,
        connectionId: newId() as ConnectionId,
        ...visitor,
      });
  }

  /** @throws Problem */
  async #find(id: string): Promise<{ kind: YjsKind; document: YjsDocumentPort }> {
    const { documents } = this.#options;
    try {
      return { kind: 'annotation', document: await documents.find('annotation', id) };
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_found') throw error;
    }
    const document = await documents.find('text', id);
    const { crdt } = (await document.query({ type: 'document.get' })) as TextDocument;
    if (crdt !== 'yjs') {
      throw Problem.invalid(
        '/path/documentId',
        `is a text document of the CRDT "${crdt}"; this door takes those that were created with "crdt": "yjs"`,
      );
    }
    return { kind: 'text', document };
  }
}
