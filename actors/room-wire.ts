import type { Document, Room, RoomVersion, Version } from '../protocol/entities.ts';
import type { DocumentStatus } from './document-ref.ts';

/** A document as room clients see it. */
export const toRoom = (document: Document, { head, snapshotSeq, subscribers }: DocumentStatus): Room => ({
  id: document.id,
  name: document.name,
  status: document.status,
  seq: head,
  snapshotSeq,
  width: document.width ?? null,
  height: document.height ?? null,
  hasImage: document.image_url !== null,
  connectedClients: subscribers,
  createdAt: document.created_at,
  updatedAt: document.updated_at,
});

export const toRoomVersion = ({ tag, seq, id, created_at, created_by }: Version): RoomVersion => ({
  tag: tag ?? null,
  seq,
  id,
  createdAt: created_at,
  createdBy: created_by,
});
