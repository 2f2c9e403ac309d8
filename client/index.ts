export {
  type AnnotationGeometry,
  type AnnotationOf,
  type AnnotationStyleInput,
  type Box,
  type BoxGeometry,
  type GeometryByType,
  LOCAL_EDIT,
  type Point,
  type PointsGeometry,
  type RoomAnnotation,
  type TextGeometry,
} from './annotations/annotation.ts';
export { AnnotationError, type AnnotationErrorCode } from './annotations/annotation-error.ts';
export {
  addComment,
  type CommentPlace,
  type CommentView,
  editComment,
  listComments,
  readComment,
  reopenComment,
  replyToComment,
  resolveComment,
} from './annotations/comments.ts';
export {
  createAnnotation,
  duplicateAnnotations,
  type NewAnnotation,
  type NewAnnotationOf,
} from './annotations/create.ts';
export { groupAnnotations, listGroup, ungroupAnnotations } from './annotations/groups.ts';
export {
  type AnnotationsChange,
  listAnnotations,
  listDeletedAnnotations,
  observeAnnotations,
  readAnnotation,
} from './annotations/read.ts';
export { boundsOf, frameOf, type MeasureText } from './annotations/shape.ts';
export {
  moveAnnotations,
  resizeAnnotations,
  rotateAnnotations,
  type TransformOptions,
} from './annotations/transform.ts';
export {
  AnnotationUndo,
  createUndo,
  type UndoEvents,
  type UndoOptions,
} from './annotations/undo.ts';
export {
  type AnnotationUpdate,
  deleteAnnotations,
  restoreAnnotations,
  updateAnnotation,
} from './annotations/update.ts';
export { bringForward, bringToFront, sendBackward, sendToBack } from './annotations/z-order.ts';
export type { BackoffOptions } from './backoff.ts';
export type { CanvasBitmap, CanvasFetch } from './canvas-bitmap.ts';
export { CanvasConnection } from './canvas-connection.ts';
export type { CanvasConnectionOptions, TokenSource } from './canvas-connection-options.ts';
export { CanvasError, type CanvasErrorCode } from './canvas-error.ts';
export type {
  CanvasChange,
  CanvasEvents,
  CanvasFacts,
  LatencySample,
  LockedRegion,
  PaintAck,
} from './canvas-events.ts';
export type { CanvasColor, CanvasPoint, ColoredPoint } from './canvas-paint.ts';
export type { CanvasStroke } from './canvas-stroke.ts';
export {
  type Canvas,
  type CanvasAuditAction,
  type CanvasAuditPage,
  CanvasesApi,
  type CanvasesApiOptions,
  type CanvasHistory,
  type CanvasLock,
  type CanvasLockPage,
  type CanvasPage,
  type CanvasPaletteInfo,
  type CanvasPatch,
  type CanvasPixel,
  type CanvasRewind,
  type CanvasRewound,
  type CanvasStats,
  type NewCanvas,
  type NewCanvasLock,
  type ReplayedEvent,
} from './canvases-api.ts';
export type { ClientTimers } from './client-timers.ts';
export type { ConnectionOptions, SocketOptions } from './connection-options.ts';
export type { ConnectionStatus } from './connection-status.ts';
export type { LatencyWindow } from './latency-window.ts';
export { ApiError, type FetchLike } from './rest-client.ts';
export { RoomError, type RoomErrorCode } from './room-error.ts';
export type { RoomEvents, RoomGuest } from './room-events.ts';
export { RoomProvider, type RoomProviderOptions } from './room-provider.ts';
export {
  type NewRoom,
  type NewRoomComment,
  type NewRoomExport,
  type Room,
  type RoomChange,
  type RoomComment,
  type RoomCommentChange,
  type RoomEventList,
  type RoomExportJob,
  type RoomPage,
  RoomsApi,
  type RoomsApiOptions,
  type RoomVersion,
} from './rooms-api.ts';
export { SessionKeeper, type SessionKeeperEvents, type SessionKeeperOptions } from './session-keeper.ts';
export { type NewSession, type Session, SessionsApi } from './sessions-api.ts';
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
  type NewTextDocument,
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
