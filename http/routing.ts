import type { RequestHandler } from 'express';
import { Problem } from '../protocol/problem.ts';
import { unreachable } from '../protocol/unreachable.ts';
import { contextOf } from './request-context.ts';
import type { RouteIndex } from './route-index.ts';

/**
 * Finds the operation of the contract, before a body is read: what follows depends on it (size limit, media types).
 * Answers OPTIONS of a known path itself; a CORS preflight never comes here.
 */
export function routing(routes: RouteIndex): RequestHandler {
  return (req, res, next) => {
    const match = routes.match(req.method, req.path);
    switch (match.kind) {
      case 'found': {
        const context = contextOf(req);
        context.operation = match.operation;
        context.path = match.path;
        return next();
      }
      case 'other method':
        if (req.method === 'OPTIONS') {
          res.writeHead(204, { Allow: match.allow }).end();
          return;
        }
        throw new Problem('method_not_allowed', `This path takes ${match.allow}.`, {
          headers: { Allow: match.allow },
        });
      case 'malformed':
        throw new Problem('malformed_request', 'The path has a broken percent-encoding.');
      case 'unknown':
        throw new Problem('not_found', 'There is nothing at this path.');
      default:
        return unreachable(match);
    }
  };
}
