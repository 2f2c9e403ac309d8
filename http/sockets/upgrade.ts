import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { Problem } from '../../protocol/problem.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import type { Connection, ConnectionHandler } from './connection.ts';
import { Gangway } from './gangway.ts';
import { isAllowedOrigin } from './origin.ts';
import { parseQuery, type Query } from './query.ts';
import { Refusal, refuse } from './refusal.ts';

/** RFC 6455; 8 was a draft whose origin header is another one. */
const PROTOCOL_VERSION = '13';
/** 16 bytes in base64. */
const KEY = /^[A-Za-z0-9+/]{22}==$/;
/** When to try again after a 503: a restart takes about this long. */
const RETRY_AFTER_S = 5;
/** Parts that one message may come in; browsers send one. */
const MAX_FRAGMENTS = 256;

/** Makes the meaning of a connection that was accepted. */
export type StartSession = (connection: Connection) => ConnectionHandler;

/** One door that is reached by a WebSocket. */
export interface SocketRoute {
  /** Bytes of one message. */
  readonly maxPayload: number;
  /**
   * Judges a handshake. `segment`: the last one of the path, where the route is one of a path that ends in `/`.
   * @param request its socket lives as long as the connection that comes of it
   * @throws Problem: it is refused
   */
  accept(query: Query, segment: string, request: IncomingMessage): Promise<StartSession>;
}

export interface UpgradeOptions {
  /** By path; one that ends in `/` stands for all paths with one more segment. */
  readonly routes: ReadonlyMap<string, SocketRoute>;
  readonly corsOrigins: readonly string[];
  readonly logger: Logger;
  readonly closeTimeoutMs: number;
  readonly newRequestId: () => string;
  /** A handshake was refused. */
  readonly onRejected: (code: ProblemCode) => void;
  isStopping(): boolean;
  /** May one more socket come? `waiting`: handshakes that are judged now. */
  hasRoom(waiting: number): boolean;
  /** The handshake is done. */
  open(ws: WebSocket, socket: Socket, start: StartSession): void;
}

interface Door {
  readonly route: SocketRoute;
  readonly handshake: WebSocketServer;
}

/** Turns `upgrade` events into connections, or into HTTP answers that say why not. */
export class UpgradeGate {
  readonly #options: UpgradeOptions;
  readonly #doors = new Map<string, Door>();
  readonly #gangway = new Gangway();
  #waiting = 0;

  constructor(options: UpgradeOptions) {
    this.#options = options;
    for (const [path, route] of options.routes) {
      this.#doors.set(path, { route, handshake: this.#createHandshake(route) });
    }
  }

  /** The listener of a server's `upgrade` event. Never throws, never rejects. */
  async handle(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    if (!(stream instanceof Socket)) {
      stream.destroy();
      return;
    }
    // Without a listener a reset during the lookup would end the process.
    stream.on('error', ignore);
    this.#waiting += 1;
    try {
      await this.#gangway.enter();
      const { door, query, segment } = this.#judge(request);
      const start = await door.route.accept(query, segment, request);
      // Both may have changed while the document was looked up.
      if (this.#options.isStopping()) throw stopping();
      if (!stream.destroyed) this.#complete(door, request, stream, head, start);
    } catch (error) {
      this.#refuse(stream, this.#refusalOf(error));
    } finally {
      this.#waiting -= 1;
    }
  }

  #judge(request: IncomingMessage): { door: Door; query: Query; segment: string } {
    const { corsOrigins, isStopping, hasRoom } = this.#options;
    if (isStopping()) throw stopping();
    const [path = '', query = ''] = split(request.url ?? '', '?');
    const end = path.lastIndexOf('/') + 1;
    const segment = path.slice(end);
    const door = segment === '' ? undefined : (this.#doors.get(path) ?? this.#doors.get(path.slice(0, end)));
    if (door === undefined) throw new Problem('not_found', 'There is no WebSocket at this path.');
    checkHandshake(request);
    if (!isAllowedOrigin(request.headers.origin, request.headers.host, corsOrigins)) {
      throw new Problem('forbidden', 'Pages of this origin may not open a socket here; see CORS_ORIGINS.');
    }
    if (!hasRoom(this.#waiting)) throw unavailable(new Problem('overloaded', 'Too many sockets are open.'));
    return { door, query: parseQuery(query), segment };
  }

  #complete(
    { handshake }: Door,
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
    start: StartSession,
  ): void {
    handshake.handleUpgrade(request, socket, head, (ws) => {
      // From here ws listens to the errors of the socket.
      socket.off('error', ignore);
      this.#options.open(ws, socket, start);
    });
  }

  #createHandshake(route: SocketRoute): WebSocketServer {
    const options = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: route.maxPayload,
      maxFragments: MAX_FRAGMENTS,
      closeTimeout: this.#options.closeTimeoutMs,
    };
    const handshake = new WebSocketServer(options);
    // Headers that only ws judges, such as Sec-WebSocket-Protocol.
    handshake.on('wsClientError', (error, stream) => {
      if (!(stream instanceof Socket)) return;
      stream.on('error', ignore);
      this.#refuse(stream, new Refusal(new Problem('malformed_request', `${error.message}.`)));
    });
    return handshake;
  }

  #refuse(socket: Socket, refusal: Refusal): void {
    this.#options.onRejected(refusal.problem.code);
    refuse(socket, refusal, this.#options.newRequestId());
  }

  #refusalOf(error: unknown): Refusal {
    if (error instanceof Refusal) return error;
    if (error instanceof Problem) return error.status === 503 ? unavailable(error) : new Refusal(error);
    this.#options.logger.error({ err: error }, 'handshake failed');
    return new Refusal(new Problem('internal', 'The server failed.'));
  }
}

/** @throws Refusal, Problem */
function checkHandshake({ method, headers }: IncomingMessage): void {
  if (method !== 'GET') {
    throw new Refusal(new Problem('method_not_allowed', 'A handshake is a GET.'), { Allow: 'GET' });
  }
  if (headers.upgrade?.toLowerCase() !== 'websocket') {
    throw new Problem('malformed_request', 'The Upgrade header must be `websocket`.');
  }
  if (headers['sec-websocket-version'] !== PROTOCOL_VERSION) {
    throw new Refusal(
      new Problem(
        headers['sec-websocket-version'] === undefined ? 'malformed_request' : 'upgrade_required',
        `Sec-WebSocket-Version must be ${PROTOCOL_VERSION}.`,
      ),
      { 'Sec-WebSocket-Version': PROTOCOL_VERSION },
    );
  }
  if (!KEY.test(headers['sec-websocket-key'] ?? '')) {
    throw new Problem('malformed_request', 'Sec-WebSocket-Key must be 16 bytes in base64.');
  }
}

function stopping(): Refusal {
  return unavailable(new Problem('unavailable', 'The server is stopping.'));
}

function unavailable(problem: Problem): Refusal {
  return new Refusal(problem, { 'Retry-After': String(RETRY_AFTER_S) });
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function ignore(): void {}
