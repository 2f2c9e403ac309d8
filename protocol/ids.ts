import { validate, version } from 'uuid';

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** UUIDv4 of a document of any kind. */
export type DocumentId = Branded<string, 'DocumentId'>;
/** UUIDv4 of something inside a document: an annotation, a version, an export job. */
export type EntityId = Branded<string, 'EntityId'>;
/** Who acts, as the caller names itself; not authenticated. */
export type UserId = Branded<string, 'UserId'>;
/** UUIDv4 of one socket's stay at one document. */
export type ConnectionId = Branded<string, 'ConnectionId'>;
/** Names one operation of a client, so that a retry has its effect once. */
export type OperationId = Branded<string, 'OperationId'>;
/** Number of an event in its document's log: 1, 2, 3, ... without a gap. 0 is before the first. */
export type Seq = number;

export const ANONYMOUS = 'anonymous' as UserId;
/** Acts where no person does: export results, measured images. */
export const SYSTEM = 'system' as UserId;

export const isUuid = (text: string): boolean => validate(text) && version(text) === 4;

/** Ids are compared as they are written in a log: lower case. */
export const parseDocumentId = (text: string): DocumentId | undefined =>
  isUuid(text) ? (text.toLowerCase() as DocumentId) : undefined;
export const parseEntityId = (text: string): EntityId | undefined =>
  isUuid(text) ? (text.toLowerCase() as EntityId) : undefined;
