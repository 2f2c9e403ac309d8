import type { TextServerMessage } from '../protocol/text-socket.ts';
import { jsonParser } from './socket-session.ts';

export type MessageOf<Type extends TextServerMessage['type']> = Extract<TextServerMessage, { type: Type }>;

/** Messages of other types, of a server that is newer than the client, are passed over. */
const KNOWN: ReadonlySet<unknown> = new Set<TextServerMessage['type']>([
  'state',
  'ack',
  'remote_update',
  'document',
  'compacted',
  'snapshot_ack',
  'snapshot_request',
  'presence',
  'pong',
  'error',
]);

export const parseTextMessage = jsonParser<TextServerMessage>(KNOWN);
