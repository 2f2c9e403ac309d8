export type { BackoffOptions } from './backoff.ts';
export type { ClientTimers } from './client-timers.ts';
export { TextConnectionError, type TextConnectionErrorCode } from './text-connection-error.ts';
export type {
  DocumentChange,
  JoinedState,
  RemotePresence,
  RemoteUpdate,
  TextConnectionEvents,
  TextConnectionStatus,
} from './text-connection-events.ts';
export type { TextConnectionOptions } from './text-connection-options.ts';
export { TextDocumentConnection } from './text-document-connection.ts';
export {
  type FetchLike,
  type NewTextDocument,
  TextApiError,
  type TextCrdt,
  type TextDocument,
  type TextDocumentChange,
  type TextDocumentPage,
  type TextDocumentQuery,
  TextDocumentsApi,
} from './text-documents-api.ts';
export {
  TextYjsProvider,
  type TextYjsProviderEvents,
  type TextYjsProviderOptions,
} from './text-yjs-provider.ts';
export type { Ack, PendingUpdate } from './update-queue.ts';
export type { WebSocketConstructor, WebSocketLike } from './web-socket-like.ts';
