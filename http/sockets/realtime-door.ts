import type { Door, Notice, Presence } from '../../actors/door.ts';
import type { AnnotationFact } from '../../protocol/annotation-messages.ts';
import type { DocumentId, Seq } from '../../protocol/ids.ts';
import type { RealtimePresenceState, RealtimeServerMessage } from '../../protocol/realtime.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { frameText } from './frames.ts';
import { pointersOf } from './presence-pointers.ts';

/** How subscribers of `/v1/realtime` are told about one annotation document: JSON text frames of asyncapi.yaml. */
export class RealtimeDoor implements Door {
  readonly name = 'realtime';
  readonly #documentId: DocumentId;

  constructor(documentId: DocumentId) {
    this.#documentId = documentId;
  }

  encode(notice: Notice): Uint8Array | undefined {
    const message = this.#messageOf(notice);
    return message === undefined ? undefined : encodeRealtime(message);
  }

  #messageOf(notice: Notice): RealtimeServerMessage | undefined {
    switch (notice.type) {
      case 'fact':
        // The seam carries facts of every kind; a realtime socket only ever joins annotation documents.
        return this.#eventOf(notice.seq, notice.fact as AnnotationFact);
      case 'transient':
        return progressOf(notice.fact as AnnotationFact);
      case 'presence':
        return { type: `presence.${notice.change}`, ...presenceOf(notice.presence) };
      case 'welcome':
        return {
          type: 'welcome',
          seq: notice.seq,
          document_id: notice.documentId,
          connection_id: notice.connectionId,
          presence: notice.presence.map(presenceOf),
        };
      case 'resync':
        return { type: 'resync', seq: notice.seq };
      default:
        return unreachable(notice);
    }
  }

  /** Names each field: a fact also carries the Yjs update, which is not for this door. */
  #eventOf(seq: Seq, fact: AnnotationFact): RealtimeServerMessage {
    switch (fact.type) {
      case 'document.created':
      case 'document.updated':
        return { type: fact.type, seq, document: fact.document };
      case 'document.deleted':
        return { type: fact.type, seq };
      case 'document.reverted': {
        const { type, document, version, created, updated, deleted } = fact;
        return { type, seq, document, version, created, updated, deleted };
      }
      case 'annotation.created':
      case 'annotation.updated':
      case 'annotation.deleted':
        return { type: fact.type, seq, document_id: this.#documentId, annotation: fact.annotation };
      case 'annotations.changed': {
        const { type, created, updated, deleted } = fact;
        return { type, seq, document_id: this.#documentId, created, updated, deleted };
      }
      case 'version.created':
        return { type: fact.type, seq, version: fact.version };
      case 'export.updated':
        return { type: fact.type, seq, job: fact.job };
      default:
        return unreachable(fact);
    }
  }
}

/** One frame of this door. */
export function encodeRealtime(message: RealtimeServerMessage): Uint8Array {
  return frameText(JSON.stringify(message));
}

/** Only exports have something to tell between their events. */
function progressOf(fact: AnnotationFact): RealtimeServerMessage | undefined {
  return fact.type === 'export.updated' ? { type: fact.type, job: fact.job } : undefined;
}

function presenceOf({ connectionId, userId, displayName, data }: Presence): RealtimePresenceState {
  return { connection_id: connectionId, user_id: userId, display_name: displayName, ...pointersOf(data) };
}
