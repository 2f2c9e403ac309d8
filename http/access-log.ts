import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { HttpMetrics } from './metrics.ts';
import { openContext } from './request-context.ts';

/** What may be taken over from a caller: it goes into logs and back into a header. */
const SANE_ID = /^[A-Za-z0-9._:/+=@-]{1,128}$/;
const SECRET_PARAMETER = /^(token|access_token|key|secret|password)$/i;
/** Enough to recognise a request by; the rest of a long query is of no use in a log. */
const LOGGED_QUERY = 500;

/** The query as it may be logged: the values of secrets are left out. */
export function loggedQuery(url: string): string | undefined {
  const at = url.indexOf('?');
  if (at < 0) return undefined;
  const parts = url.slice(at + 1, at + 1 + LOGGED_QUERY * 2).split('&');
  const clean = parts.map((part) => {
    const name = part.split('=', 1)[0] ?? '';
    return SECRET_PARAMETER.test(decode(name)) ? `${name}=[secret]` : part;
  });
  return clean.join('&').slice(0, LOGGED_QUERY);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Takes over a sane `X-Request-Id`, else makes one. */
const requestId = (given: string | string[] | undefined): string =>
  typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();

/**
 * Opens the context of a request: must come first. Gives its id back as `X-Request-Id`.
 *
 * One line per request, when its answer is sent or its caller is gone. No bodies, no tokens. What is asked every few
 * seconds (health, metrics) is logged at `debug` as long as it goes well.
 */
export function accessLog(logger: Logger, metrics: HttpMetrics): RequestHandler {
  return (req, res, next) => {
    const { method, url, path } = req;
    const context = openContext(req, requestId(req.headers['x-request-id']));
    res.setHeader('X-Request-Id', context.id);
    res.once('close', () => {
      const { operation } = context;
      const status = res.headersSent ? res.statusCode : 0;
      const ms = performance.now() - context.startedAt;
      metrics.answered(operation?.name, status, ms);
      if (context.problem) metrics.rejected(context.problem);
      const query = loggedQuery(url);
      const line = {
        request_id: context.id,
        method,
        path: path.slice(0, LOGGED_QUERY),
        ...(query === undefined ? {} : { query }),
        status,
        ms: Math.round(ms * 100) / 100,
        ...(operation && { operation: operation.name }),
        ...(context.documentId && { document_id: context.documentId }),
        ...(context.user && { user: context.user }),
        ...(context.idempotencyKey && { operation_id: context.idempotencyKey }),
        ...(context.problem && { code: context.problem }),
        // The caller went away before the answer was complete.
        ...(res.writableFinished ? {} : { aborted: true }),
      };
      if (status >= 500) logger.error(line, 'request');
      else if (operation?.tag === 'operations' && status < 400) logger.debug(line, 'request');
      else logger.info(line, 'request');
    });
    next();
  };
}
