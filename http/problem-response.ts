import type { ErrorRequestHandler } from 'express';
import { error as validatorErrors } from 'express-openapi-validator';
import type { Logger } from 'pino';
import { Problem } from '../protocol/problem.ts';
import { PROBLEM_TABLE, type ProblemCode } from '../protocol/problem-table.ts';
import { contextOf } from './request-context.ts';

/** Seconds after which a busy server may be asked again; load of this kind passes quickly. */
const RETRY_AFTER_S = 1;
/** Enough to mend a request by; an endless list helps nobody. */
const MAX_FIELD_ERRORS = 25;

/** Where the codes are explained: served by `/docs/errors`, so that `type` can be followed. */
export const typeOf = (code: ProblemCode): string => `/docs/errors#${code}`;

/** HTTP status of a problem at a path: validation is 400 under /api/v1, 422 everywhere else. */
export const statusOf = (code: ProblemCode, path: string): number =>
  code === 'invalid' && path.startsWith('/api/v1/') ? 400 : PROBLEM_TABLE[code].status;

/** An RFC 9457 body. `internal` tells nothing but where to look. */
export function problemBody(problem: Problem, requestId: string, path: string): string {
  const errors = problem.errors?.slice(0, MAX_FIELD_ERRORS);
  return JSON.stringify({
    type: typeOf(problem.code),
    title: problem.title,
    status: statusOf(problem.code, path),
    code: problem.code,
    detail: problem.message,
    request_id: requestId,
    ...(errors && errors.length > 0 && { errors }),
    ...problem.extra,
  });
}

/** What the validator says about a query before it comes to the schema, in the words of all other messages. */
const QUERY_MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^Unknown query parameter/, 'is unknown here'],
  [/^Empty value/, 'must not be empty'],
];

const internal = (cause: unknown): Problem =>
  new Problem('internal', 'The server failed. Quote the request id when you report it.', { cause });

/** Makes a Problem of anything thrown. What nobody foresaw is `internal`. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof validatorErrors.UnsupportedMediaType) {
    return new Problem('unsupported_media_type', 'The operation does not take this Content-Type.');
  }
  if (thrown instanceof validatorErrors.BadRequest) {
    const [first] = thrown.errors;
    const message = first?.message ?? thrown.message;
    return Problem.invalid(
      first?.path ?? '/',
      QUERY_MESSAGES.find(([said]) => said.test(message))?.[1] ?? message,
    );
  }
  return internal(thrown);
}

export interface ProblemOptions {
  readonly logger: Logger;
  /** Development and tests: a status that the contract does not list for the operation becomes `internal`. */
  readonly strict: boolean;
}

/** What may be logged of an error: never its other properties, which can hold a body. */
const loggedError = (error: unknown): object =>
  error instanceof Error
    ? { type: error.name, message: error.message.slice(0, 2000), stack: error.stack }
    : { type: typeof error };

/** Headers of the answer that was given up; they must not decorate the problem. */
const ANSWER_HEADERS = ['ETag', 'Location', 'Content-Disposition', 'Content-Length', 'Cache-Control'];

/**
 * Answers every error as `application/problem+json`. Never HTML, never a stack trace. Ends the response itself instead
 * of by `res.json`, which the response validator hooks: an error answer must not be able to fail.
 */
export function problemHandler({ logger, strict }: ProblemOptions): ErrorRequestHandler {
  return (thrown, req, res, _next) => {
    const context = contextOf(req);
    let problem = toProblem(thrown);
    const { operation } = context;
    if (strict && operation && !operation.statuses.has(statusOf(problem.code, req.path))) {
      problem = internal(
        new Error(`${operation.name} does not document ${problem.code}`, { cause: problem }),
      );
    }
    context.problem = problem.code;
    // What the caller is not told, but somebody must know: a defect, or why the store does not answer.
    if (problem.code === 'internal' || (problem.status >= 500 && problem.cause !== undefined)) {
      const line = {
        request_id: context.id,
        code: problem.code,
        error: loggedError(problem.cause ?? problem),
      };
      logger.error(line, 'request failed');
    }
    if (res.headersSent || res.destroyed) {
      // Half an answer is on the wire: only a broken connection can tell that it is not whole.
      res.destroy();
      return;
    }
    const status = statusOf(problem.code, req.path);
    for (const name of ANSWER_HEADERS) res.removeHeader(name);
    if (status === 503 || status === 429) res.setHeader('Retry-After', RETRY_AFTER_S);
    for (const [name, value] of Object.entries(problem.headers ?? {})) res.setHeader(name, value);
    const body = Buffer.from(problemBody(problem, context.id, req.path));
    res.statusCode = status;
    res.setHeader('Content-Type', 'application/problem+json');
    res.setHeader('Content-Length', body.length);
    res.setHeader('Cache-Control', 'no-store');
    res.end(body);
  };
}

/** A whole raw HTTP answer, for requests that never became one. The connection is closed after it. */
export function rawProblem(problem: Problem, requestId: string, reason: string): string {
  const body = problemBody(problem, requestId, '/');
  return [
    `HTTP/1.1 ${problem.status} ${reason}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    ...Object.entries(problem.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
}
