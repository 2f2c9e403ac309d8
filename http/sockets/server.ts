import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { v4 } from 'uuid';
import type { WebSocket } from 'ws';
import type { MetricsSink } from '../../protocol/metrics.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import { CanvasRoute, type CanvasRouteOptions } from './canvas-route.ts';
import { type Clock, systemClock } from './clock.ts';
import { CLOSE_GOING_AWAY, Connection } from './connection.ts';
import { Heartbeat } from './heartbeat.ts';
import { ignoreUpgrade, isWebSocketUpgrade } from './ignored-upgrade.ts';
import { InspectorRoute, type InspectorRouteOptions } from './inspector-route.ts';
import { SOCKET_LIMITS, type SocketLimits } from './limits.ts';
import { type DocumentFinder, realtimeRoute } from './realtime-route.ts';
import type { UpdateLimits } from './room-limits.ts';
import { type RoomDocumentFinder, roomRoute } from './room-route.ts';
import type { TextLimits } from './text-limits.ts';
import { type TextDocumentFinder, textRoute } from './text-route.ts';
import { type SocketRoute, type StartSession, UpgradeGate } from './upgrade.ts';
import { type YjsRouteOptions, yjsRoute } from './yjs-route.ts';

export type SocketMetrics = Pick<MetricsSink, 'connectedClients' | 'rejected'>;

export interface SocketDependencies {
  readonly documents: DocumentFinder;
  readonly metrics: SocketMetrics;
  readonly logger: Logger;
  /** Origins of pages that may open a socket, besides the server's own; `*` for all. */
  readonly corsOrigins: readonly string[];
  /** The server stops: no new sockets. */
  stopping(): boolean;
  readonly limits?: Partial<SocketLimits>;
  /** Text documents; absent: there is no door to them. */
  readonly texts?: { readonly documents: TextDocumentFinder; readonly limits?: Partial<TextLimits> };
  /** Rooms, the CRDT side of annotation documents; absent: there is no door to them. */
  readonly rooms?: { readonly documents: RoomDocumentFinder; readonly limits?: Partial<UpdateLimits> };
  /** Rooms and texts for clients of y-websocket; absent: there is no door for them. */
  readonly yjs?: Pick<YjsRouteOptions, 'documents' | 'textSync' | 'limits'>;
  /** Canvases; absent: there is no door to them. */
  readonly canvases?: Pick<
    CanvasRouteOptions,
    'documents' | 'sessions' | 'rejections' | 'visitors' | 'metrics' | 'trustedProxies' | 'limits'
  >;
  /** The actors of this process, for those who look at them; absent: there is no door to them. */
  readonly inspector?: Pick<InspectorRouteOptions, 'inspection' | 'debugToken'>;
  readonly clock?: Clock;
  readonly newId?: () => string;
}

export interface SocketServer {
  /** Closes all sockets 1001, cuts those that do not go, and resolves when none is left. No new ones come. */
  close(): Promise<void>;
  /** Open sockets. */
  count(): number;
}

/** Serves the WebSocket doors on an HTTP server. */
export function attachSockets(server: Server, dependencies: SocketDependencies): SocketServer {
  const { logger, metrics, clock = systemClock, newId = v4 } = dependencies;
  const limits: SocketLimits = { ...SOCKET_LIMITS, ...dependencies.limits };
  const heartbeat = new Heartbeat(clock, (error) => logger.error({ err: error }, 'heartbeat failed'));
  const connections = new Set<Connection>();
  let closed: Promise<void> | undefined;
  let allGone = (): void => {};

  const onRejected = (code: ProblemCode): void => metrics.rejected(code);

  const open = (ws: WebSocket, socket: Socket, start: StartSession): void => {
    const connection = new Connection(ws, socket, {
      limits,
      clock,
      heartbeat,
      logger,
      onRejected,
      onClosed: () => {
        metrics.connectedClients(-1);
        connections.delete(connection);
        if (connections.size === 0) allGone();
      },
    });
    metrics.connectedClients(1);
    connections.add(connection);
    try {
      connection.open(start(connection));
    } catch (error) {
      logger.error({ err: error }, 'session failed to start');
      connection.terminate();
    }
  };

  const routes = new Map<string, SocketRoute>([
    ['/v1/realtime', realtimeRoute({ documents: dependencies.documents, newId, onRejected })],
  ]);
  const { texts, rooms, yjs, canvases, inspector } = dependencies;
  if (texts !== undefined) {
    routes.set('/ws/documents/', textRoute({ ...texts, newId, clock, logger, onRejected }));
  }
  if (rooms !== undefined) {
    routes.set('/v1/ws/rooms/', roomRoute({ ...rooms, newId, clock, logger, onRejected }));
  }
  if (yjs !== undefined) {
    routes.set('/v1/yjs/', yjsRoute({ ...yjs, newId, clock, logger, onRejected }));
  }
  if (canvases !== undefined) {
    routes.set('/v1/ws/canvases/', new CanvasRoute({ ...canvases, newId, clock, logger, onRejected }));
  }
  if (inspector !== undefined) {
    routes.set(
      '/debug/actors/stream',
      new InspectorRoute({ ...inspector, corsOrigins: dependencies.corsOrigins, clock, onRejected }),
    );
  }
  const gate = new UpgradeGate({
    routes,
    corsOrigins: dependencies.corsOrigins,
    logger,
    closeTimeoutMs: limits.closeTimeoutMs,
    newRequestId: newId,
    onRejected,
    isStopping: () => closed !== undefined || dependencies.stopping(),
    hasRoom: (waiting) => connections.size + waiting <= limits.sockets,
    open,
  });
  server.on('upgrade', (request, socket, head) => {
    if (isWebSocketUpgrade(request)) void gate.handle(request, socket, head);
    else ignoreUpgrade(server, request, socket, head);
  });

  const closeAll = (): Promise<void> =>
    new Promise((resolve) => {
      allGone = () => {
        heartbeat.stop();
        resolve();
      };
      if (connections.size === 0) allGone();
      // Those that do not answer are cut by ws after `closeTimeoutMs`.
      for (const connection of connections) connection.close(CLOSE_GOING_AWAY, 'stopping');
    });

  return {
    close: () => {
      closed ??= closeAll();
      return closed;
    },
    count: () => connections.size,
  };
}
