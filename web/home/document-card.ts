import type { Canvas } from '../../client/canvases-api.ts';
import type { Room } from '../../client/rooms-api.ts';
import type { TextDocument } from '../../client/text-documents-api.ts';

export type Kind = 'board' | 'text' | 'canvas';
export const KINDS: readonly Kind[] = ['board', 'text', 'canvas'];

/** A document of any kind, as the list shows it. */
export interface DocumentCard {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly createdAt: number;
  /** Sockets that are open; `undefined` where the list does not say. */
  readonly here: number | undefined;
  /** Goes up with each change; `undefined` where the list does not say. */
  readonly seq: number | undefined;
  /** Pixels; `undefined` while nobody knows. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  /** To be looked at only. */
  readonly isArchived: boolean;
}

/** @param changedAt - when its last event was, where that is known: `updatedAt` leaves out what is drawn */
export const cardOfRoom = (room: Room, changedAt?: number): DocumentCard => ({
  id: room.id,
  kind: 'board',
  name: room.name,
  changedAt: Math.max(Date.parse(room.updatedAt), changedAt ?? 0),
  createdAt: Date.parse(room.createdAt),
  here: room.connectedClients,
  seq: room.seq,
  size: room.width === null || room.height === null ? undefined : { width: room.width, height: room.height },
  isArchived: false,
});

export const cardOfText = (text: TextDocument): DocumentCard => ({
  id: text.id,
  kind: 'text',
  name: text.title,
  changedAt: Date.parse(text.updated_at),
  createdAt: Date.parse(text.created_at),
  here: text.connected_clients,
  seq: undefined,
  size: undefined,
  isArchived: false,
});

export const cardOfCanvas = (canvas: Canvas): DocumentCard => ({
  id: canvas.id,
  kind: 'canvas',
  name: canvas.name,
  changedAt: Date.parse(canvas.updatedAt),
  createdAt: Date.parse(canvas.createdAt),
  here: undefined,
  seq: undefined,
  size: { width: canvas.width, height: canvas.height },
  isArchived: canvas.status === 'archived',
});

const PATHS: Readonly<Record<Kind, string>> = { board: 'boards', text: 'texts', canvas: 'canvases' };

/** Where its page is. */
export const pathOfCard = ({ kind, id }: Pick<DocumentCard, 'kind' | 'id'>): string =>
  `/${PATHS[kind]}/${id}`;
