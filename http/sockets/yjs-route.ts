import type { TextSync } from '../../actors/text-sync.ts';
import type { TextDocument } from '../../protocol/entities.ts';
import type { ConnectionId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { type DocumentDoorOptions, documentRoute } from './document-route.ts';
import { DoorLeases } from './door-leases.ts';
import { IdleWatch } from './idle-watch.ts';
import type { SocketRoute } from './upgrade.ts';
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

export interface YjsRouteOptions extends DocumentDoorOptions<YjsDocumentFinder, YjsLimits> {
  /** Compares text documents with their clients. */
  readonly textSync: Pick<TextSync, 'difference' | 'stateVector' | 'isKnown'>;
}

/**
 * `/v1/yjs/{documentId}`. Parameters that are not known are not ours: a provider sends what the application gave it for
 * its own server.
 */
export function yjsRoute({
  documents,
  textSync,
  limits: given,
  newId,
  ...common
}: YjsRouteOptions): SocketRoute {
  const limits = { ...YJS_LIMITS, ...given };
  const doors = new DoorLeases<YjsDoor>();
  const quietWatch = new IdleWatch(common.clock, QUIET_MS);
  return documentRoute({
    maxPayload: maxYjsPayload(limits),
    visit: (query) => parseVisitor(query, 'userId', 'displayName'),
    find: (id) => findMergeable(documents, id),
    session: (connection, { kind, document }, visitor) => {
      const connectionId = newId() as ConnectionId;
      const lease = doors.lease(document.id, () => new YjsDoor(kind));
      const replica = kind === 'text' ? new TextReplica(document, textSync) : new AnnotationReplica(document);
      const own = { connection, connectionId, document, replica, lease, ...visitor };
      return new YjsSession({ ...common, limits: limits[kind], quietWatch, ...own });
    },
  });
}

/**
 * A room, or a text whose CRDT is that of Yjs.
 * @throws Problem
 */
async function findMergeable(
  documents: YjsDocumentFinder,
  id: string,
): Promise<{ readonly kind: YjsKind; readonly document: YjsDocumentPort }> {
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
