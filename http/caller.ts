import { isUtf8 } from 'node:buffer';
import type { Request } from 'express';
import type { Caller } from '../actors/caller.ts';
import { ANONYMOUS, type OperationId, type UserId } from '../protocol/ids.ts';
import { contextOf } from './request-context.ts';

/** What a change may say about its author. */
export interface Authorship {
  readonly created_by?: string;
  readonly updated_by?: string;
}

/**
 * A header's bytes come as Latin-1. Most callers write UTF-8 into them: what is valid UTF-8 is read as such, so that
 * `Zoë` is the same person in a header and in a body.
 */
export function headerText(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : latin1;
}

/** Who acts: the body, else `X-User-Id`, else nobody by name; and the `Idempotency-Key` of a retry. */
export function callerOf(
  request: Request,
  headers: { readonly 'X-User-Id'?: string; readonly 'Idempotency-Key'?: string },
  body: Authorship = {},
): Caller {
  const named = headers['X-User-Id'];
  const by = (body.created_by ??
    body.updated_by ??
    (named === undefined ? ANONYMOUS : headerText(named))) as UserId;
  const key = headers['Idempotency-Key'];
  const context = contextOf(request);
  context.user = by;
  if (key === undefined) return { by };
  context.idempotencyKey = key;
  return { by, operationId: key as OperationId };
}
