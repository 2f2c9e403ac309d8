import type { Readable } from 'node:stream';
import type { Request } from 'express';
import type { operations } from '../protocol/generated/openapi.ts';
import type { OperationName } from './contract.ts';
import type { ImageUpload } from './image-upload.ts';

/** Bytes that are sent as they are read. `bytes` is their exact number. */
export interface StreamBody {
  readonly stream: Readable;
  readonly bytes: number;
}

/** What a reply of another type than JSON may be made of. */
export type RawBody = string | Uint8Array | StreamBody;

type ObjectOr<T> = [T] extends [never] ? Readonly<Record<never, never>> : Readonly<NonNullable<T>>;
type PathOf<O> = O extends { parameters: { path: infer P } } ? ObjectOr<P> : Readonly<Record<never, never>>;
type QueryOf<O> = O extends { parameters: { query?: infer Q } }
  ? ObjectOr<Q>
  : Readonly<Record<never, never>>;
type HeadersOf<O> = O extends { parameters: { header?: infer H } }
  ? ObjectOr<H>
  : Readonly<Record<never, never>>;
type ContentOf<C> = C extends { 'application/json': infer J }
  ? J
  : C extends { 'image/png': unknown }
    ? ImageUpload
    : undefined;
type BodyOf<O> = O extends { requestBody: { content: infer C } }
  ? ContentOf<C>
  : O extends { requestBody?: { content: infer C } }
    ? ContentOf<C> | undefined
    : undefined;

interface ReplyHeaders {
  readonly headers?: Readonly<Record<string, string>>;
}
/** Errors are thrown as Problems: a handler replies with success or `304` only. */
type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 408 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 502 | 503;
type MediaReply<Status, Content> = {
  [Media in keyof Content]: Media extends 'application/json'
    ? { readonly status: Status; readonly body: Content[Media] } & ReplyHeaders
    : { readonly status: Status; readonly type: Media; readonly body: RawBody } & ReplyHeaders;
}[keyof Content];
type StatusReply<Status, Response> = Response extends { content: infer Content }
  ? [Content] extends [never]
    ? { readonly status: Status } & ReplyHeaders
    : MediaReply<Status, Content>
  : { readonly status: Status } & ReplyHeaders;
type ReplyOf<O> = O extends { responses: infer R }
  ? { [S in Exclude<keyof R, ErrorStatus>]: StatusReply<S, R[S]> }[Exclude<keyof R, ErrorStatus>]
  : never;

/** A validated request, as the contract types it. Header names are written as the contract writes them. */
export interface Call<O> {
  readonly path: PathOf<O>;
  readonly query: QueryOf<O>;
  readonly headers: HeadersOf<O>;
  readonly body: BodyOf<O>;
  readonly request: Request;
}

export type CallOf<Name extends OperationName> = Call<operations[Name]>;
export type Reply<Name extends OperationName> = ReplyOf<operations[Name]>;
export type Handler<Name extends OperationName> = (call: CallOf<Name>) => Reply<Name> | Promise<Reply<Name>>;

/**
 * One handler for every `operationId` of the contract: a missing one, one too many, an undocumented status or a wrong
 * field does not compile.
 */
export type Handlers = { readonly [Name in OperationName]: Handler<Name> };
