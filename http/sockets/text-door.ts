import type { Door, FactNotice, Notice, Presence, RepeatNotice } from '../../actors/door.ts';
import type { Seq } from '../../protocol/ids.ts';
import type { TextFact, TextOpening } from '../../protocol/text-messages.ts';
import type { TextPresenceFields, TextServerMessage } from '../../protocol/text-socket.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { encodeBase64 } from './base64.ts';
import { frameText } from './frames.ts';
import { SnapshotTexts } from './snapshot-texts.ts';

/** How subscribers of `/ws/documents/{id}` are told: JSON text frames of asyncapi.yaml. One for all documents. */
export class TextDoor implements Door {
  readonly name = 'text';
  readonly opening = { type: 'opening' };
  readonly #snapshots = new SnapshotTexts();

  encode(notice: Notice): Uint8Array | undefined {
    switch (notice.type) {
      case 'fact':
        return encodeText(messageOf(notice.seq, notice.fact as TextFact));
      case 'transient':
        return undefined;
      case 'presence':
        return encodePresence(notice.change, notice.presence);
      case 'welcome':
        return Buffer.concat([
          ...(notice.after === undefined
            ? this.#whole(notice.seq, notice.opening as TextOpening)
            : [encodeText({ type: 'state', version: notice.after, snapshotB64: null, headSeq: notice.seq })]),
          ...notice.presence.filter(({ data }) => isPointing(data)).map(presenceFrame),
        ]);
      case 'resync':
        // After a welcome there is no opening: that had the whole state.
        return notice.opening === undefined
          ? undefined
          : Buffer.concat(this.#whole(notice.seq, notice.opening as TextOpening));
      default:
        return unreachable(notice);
    }
  }

  encodeOwn({ seq, fact, origin }: FactNotice): Uint8Array | undefined {
    const own = fact as TextFact;
    switch (own.type) {
      case 'update': {
        const ack = encodeText({ type: 'ack', opId: origin?.operationId ?? '', seq });
        return own.snapshotDue
          ? Buffer.concat([ack, encodeText({ type: 'snapshot_request', version: seq })])
          : ack;
      }
      case 'snapshot':
        return encodeText({ type: 'snapshot_ack', version: own.version, seq });
      case 'document.created':
      case 'document.updated':
      case 'document.deleted':
      case 'document.restored':
        return encodeText(messageOf(seq, own));
      default:
        return unreachable(own);
    }
  }

  /** Of updates: a snapshot that changed nothing has no `opId`, and who sent it is answered by its stay. */
  encodeRepeat({ seq, origin }: RepeatNotice): Uint8Array | undefined {
    const { operationId } = origin;
    return operationId === undefined ? undefined : encodeText({ type: 'ack', opId: operationId, seq });
  }

  /** A document at `head`: its state, and what came after that. */
  #whole(head: Seq, { snapshot, tail }: TextOpening): Uint8Array[] {
    const after = tail.map((fact, index) => encodeText(messageOf(snapshot.version + 1 + index, fact)));
    return [this.#snapshots.frame(snapshot, head), ...after];
  }
}

/** One frame of this door. */
export function encodeText(message: TextServerMessage): Uint8Array {
  return frameText(JSON.stringify(message));
}

function messageOf(seq: Seq, fact: TextFact): TextServerMessage {
  switch (fact.type) {
    case 'update':
      return { type: 'remote_update', seq, actorId: fact.actorId, deltaB64: encodeBase64(fact.delta) };
    case 'snapshot':
      return { type: 'compacted', seq, version: fact.version };
    case 'document.created':
    case 'document.updated':
    case 'document.deleted':
    case 'document.restored': {
      const { title, deleted_at } = fact.document;
      return { type: 'document', seq, title, deleted: deleted_at !== null };
    }
    default:
      return unreachable(fact);
  }
}

/** Of one who came there is nothing to show yet. */
function encodePresence(change: 'joined' | 'updated' | 'left', presence: Presence): Uint8Array | undefined {
  switch (change) {
    case 'joined':
      return undefined;
    case 'updated':
      return presenceFrame(presence);
    case 'left': {
      const { connectionId, userId, displayName } = presence;
      return encodeText({ type: 'presence', connectionId, userId, displayName, cursor: null, left: true });
    }
    default:
      return unreachable(change);
  }
}

/** This door alone writes presence of text documents: the fields are as its schema let them through. */
function presenceFrame({ connectionId, userId, displayName, data }: Presence): Uint8Array {
  const { cursor = null, ...rest } = data as TextPresenceFields;
  return encodeText({ type: 'presence', connectionId, userId, displayName, cursor, ...rest });
}

const isPointing = (data: Presence['data']): boolean => Object.keys(data).length > 0;
