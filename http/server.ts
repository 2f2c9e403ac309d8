import { randomUUID } from 'node:crypto';
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { Problem } from '../protocol/problem.ts';
import { rawProblem } from './problem-response.ts';

/** Longer than the idle time of common load balancers (60 s): they, not we, end an idle connection. */
const KEEP_ALIVE_MS = 65_000;
/** For the head of a request; slower ones only hold a connection open. */
const HEADERS_MS = 15_000;
/** For a whole request: 30 MB over 2 Mbit/s. */
const REQUEST_MS = 120_000;
/** Request line and headers together. */
const MAX_HEADER_BYTES = 16 * 1024;

function problemOf(error: NodeJS.ErrnoException): Problem {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('headers_too_large', `Request line and headers are over ${MAX_HEADER_BYTES} bytes.`);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request_timeout', 'The request did not arrive in time.');
    default:
      return new Problem('malformed_request', 'This is no HTTP request.');
  }
}

function refuse(socket: Duplex, problem: Problem): void {
  if (!socket.writable) return void socket.destroy();
  socket.end(rawProblem(problem, randomUUID(), STATUS_CODES[problem.status] ?? 'Error'), () =>
    socket.destroy(),
  );
}

const connections = new WeakMap<Server, Set<Socket>>();

/**
 * Closes connections on which nothing was ever said: browsers open some beforehand, and Node takes them for busy ones that a
 * stopping server has to wait for.
 */
export function closeSilentConnections(server: Server): void {
  for (const socket of connections.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
}

/**
 * The server around the app: limits of time and size, and problems for what never becomes a request. Does not listen
 * yet.
 */
export function createHttpServer(app: Express, logger: Logger): Server {
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      noDelay: true,
    },
    (req, res) => {
      // A target in absolute form (RFC 9112, 3.2.2) that is none would get Express' own HTML page.
      if (req.url?.startsWith('/') === false && req.url !== '*') {
        if (!URL.canParse(req.url)) {
          const problem = new Problem('malformed_request', 'The request target is no address.');
          return refuse(res.socket ?? req.socket, problem);
        }
        const { pathname, search } = new URL(req.url);
        req.url = `${pathname}${search}`;
      }
      app(req, res);
    },
  );
  const open = new Set<Socket>();
  connections.set(server, open);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const problem = problemOf(error);
    logger.debug({ code: problem.code, reason: error.code }, 'not a request');
    // After a reset nobody reads; after bytes of an answer another one would only spoil it.
    if (error.code === 'ECONNRESET') socket.destroy();
    else refuse(socket, problem);
  });
  // An expectation that we do not know may be ignored (RFC 9110, 10.1.1); Node would answer 417 without a body.
  server.on('checkExpectation', (req, res) => app(req, res));
  server.on('connect', (_req, socket) =>
    refuse(socket, new Problem('method_not_allowed', 'This is no proxy.')),
  );
  return server;
}
