import type { FactNotice, Presence } from '../../actors/door.ts';
import type { AnnotationFact } from '../../protocol/annotation-messages.ts';
import type { Document, Version } from '../../protocol/entities.ts';
import type { Seq } from '../../protocol/ids.ts';
import {
  EMPTY_YJS_UPDATE,
  encodeRoomFrame,
  type RoomPresenceState,
  type RoomServerMessage,
} from '../../protocol/room-socket.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { frameBinary, frameText } from './frames.ts';
import { pointersOf } from './presence-pointers.ts';

type RoomState = Extract<RoomServerMessage, { type: 'room.updated' }>['room'];
type RoomVersionState = Extract<RoomServerMessage, { type: 'version.created' }>['version'];

/** One text frame of the room door. */
export function encodeRoom(message: RoomServerMessage): Uint8Array {
  return frameText(JSON.stringify(message));
}

/** One binary frame with what the events up to `seq` added to the Yjs document. */
export function encodeUpdate(seq: Seq, update: Uint8Array): Uint8Array {
  return frameBinary(encodeRoomFrame({ kind: 'update', seq, update }));
}

/** One binary frame with the whole Yjs document after event `seq`. */
export function encodeSnapshot(seq: Seq, update: Uint8Array): Uint8Array {
  return frameBinary(encodeRoomFrame({ kind: 'snapshot', seq, update }));
}

/** The frames of one event: what it did to the Yjs document, what else it means, or both. */
export function encodeRoomFact(seq: Seq, fact: AnnotationFact): Uint8Array {
  switch (fact.type) {
    case 'annotation.created':
    case 'annotation.updated':
    case 'annotation.deleted':
    case 'annotations.changed':
      return encodeUpdate(seq, fact.update);
    case 'document.reverted':
      return Buffer.concat([encodeUpdate(seq, fact.update), encodeRoom(revertOf(seq, fact))]);
    case 'document.created':
      return encodeRoom({ type: 'room.created', seq, room: roomOf(fact.document) });
    case 'document.updated':
      return encodeRoom({ type: 'room.updated', seq, room: roomOf(fact.document) });
    case 'document.deleted':
      return encodeRoom({ type: 'room.deleted', seq });
    case 'version.created':
      return encodeRoom({ type: 'version.created', seq, version: versionOf(fact.version) });
    case 'export.updated':
      return encodeRoom({ type: 'export.updated', seq, job: fact.job });
    default:
      return unreachable(fact);
  }
}

/** What an event did to the Yjs document, where that is all that it did. */
export function updateOf({ fact }: FactNotice): Uint8Array | undefined {
  // The seam carries facts of every kind; a room socket only ever joins annotation documents.
  const own = fact as AnnotationFact;
  return 'update' in own && own.type !== 'document.reverted' ? own.update : undefined;
}

/** An update that says nothing: its event counts, but need not be merged with others. */
export const isEmptyUpdate = (update: Uint8Array): boolean =>
  update.length === EMPTY_YJS_UPDATE.length && update.every((byte, at) => byte === EMPTY_YJS_UPDATE[at]);

/** One who is at the room, as the others see it. */
export function presenceStateOf({ connectionId, userId, displayName, data }: Presence): RoomPresenceState {
  return {
    connectionId,
    userId,
    displayName,
    cursor: null,
    ...pointersOf(data),
    ...(typeof data['data'] === 'string' ? { data: data['data'] } : {}),
  };
}

function revertOf(
  seq: Seq,
  { document, version }: Extract<AnnotationFact, { type: 'document.reverted' }>,
): RoomServerMessage {
  return {
    type: 'reverted',
    seq,
    version: versionOf(version),
    by: document.updated_by,
    room: roomOf(document),
  };
}

function roomOf({ id, name, width, height, image_url, created_at, updated_at }: Document): RoomState {
  return {
    id,
    name,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    hasImage: image_url !== null,
    createdAt: created_at,
    updatedAt: updated_at,
  };
}

function versionOf({ id, tag, seq, created_at }: Version): RoomVersionState {
  return { id, seq, ...(tag === undefined ? {} : { tag }), createdAt: created_at };
}
