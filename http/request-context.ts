import type { IncomingMessage } from 'node:http';
import type { ProblemCode } from '../protocol/problem-table.ts';
import type { Operation } from './contract.ts';

/** What the stages of the pipeline know about a request; lives as long as the request. */
export interface RequestContext {
  readonly id: string;
  /** Of `performance.now()`. */
  readonly startedAt: number;
  operation?: Operation;
  /** Decoded path parameters. */
  path: Readonly<Record<string, string>>;
  documentId?: string;
  user?: string;
  idempotencyKey?: string;
  /** The problem that it was answered with. */
  problem?: ProblemCode;
}

const contexts = new WeakMap<IncomingMessage, RequestContext>();

export function openContext(request: IncomingMessage, id: string): RequestContext {
  const context: RequestContext = { id, startedAt: performance.now(), path: {} };
  contexts.set(request, context);
  return context;
}

/** Throws where the request did not come through the pipeline's first stage. */
export function contextOf(request: IncomingMessage): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new Error('the request has no context: the request id stage must come first');
  return context;
}
