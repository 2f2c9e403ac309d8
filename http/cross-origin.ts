import cors from 'cors';
import type { RequestHandler } from 'express';

/** What a page of another origin may read of an answer. */
const EXPOSED = [
  'ETag',
  'Location',
  'X-Request-Id',
  'X-Canvas-Seq',
  'Retry-After',
  'Allow',
  'Content-Disposition',
  'WWW-Authenticate',
];
/** Seconds for which a browser keeps the answer to a preflight. */
const PREFLIGHT_S = 600;

/**
 * Lets pages of these origins use the server; `*` stands for all. No other origin may read the inspector. A plain OPTIONS
 * is no preflight: the routing answers it.
 */
export function crossOrigin(origins: readonly string[]): RequestHandler {
  const isOpen = origins.includes('*');
  const allow = cors({
    origin: isOpen ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_S,
  });
  return (req, res, next) => {
    const { method, headers } = req;
    const isPlainOptions = method === 'OPTIONS' && headers['access-control-request-method'] === undefined;
    if (isPlainOptions || req.path.startsWith('/debug/')) return next();
    if (headers.origin === undefined) {
      // Where origins differ, a cache must be told so even by an answer to none.
      if (!isOpen) res.setHeader('Vary', 'Origin');
      return next();
    }
    allow(req, res, next);
  };
}
