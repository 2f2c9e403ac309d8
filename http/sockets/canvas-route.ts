import type { IncomingMessage } from 'node:http';
import { CANVAS_KIND, canvasIdOf } from '../../actors/canvas-documents.ts';
import type { CanvasRejections } from '../../actors/canvas-rejections.ts';
import type { CanvasVisitors } from '../../actors/canvas-visitors.ts';
import type { CanvasInfo, CanvasQuery } from '../../protocol/canvas-messages.ts';
import type { CanvasClientMessage } from '../../protocol/canvas-socket.ts';
import type { ConnectionId } from '../../protocol/ids.ts';
import type { CanvasMetrics } from '../../protocol/metrics.ts';
import { Problem } from '../../protocol/problem.ts';
import { addressGroup, clientAddress } from '../client-address.ts';
import { bearerOf } from '../sessions/bearer.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { AddressSlots } from './address-slots.ts';
import type { CanvasTransient } from './canvas-door.ts';
import { CANVAS_LIMITS, type CanvasLimits, MAX_CANVAS_PAYLOAD } from './canvas-limits.ts';
import { CanvasPlace } from './canvas-place.ts';
import { parseCanvasQuery } from './canvas-query.ts';
import { CanvasSession, type CanvasWatches } from './canvas-session.ts';
import type { CanvasDocumentPort } from './canvas-stay.ts';
import type { DocumentDoorOptions } from './document-route.ts';
import { DoorLeases } from './door-leases.ts';
import { IdleWatch } from './idle-watch.ts';
import { MessageParser } from './message-parser.ts';
import { PaintRates } from './paint-rates.ts';
import type { Query } from './query.ts';
import type { SocketRoute, StartSession } from './upgrade.ts';

/** When to try again where an address has too many sockets: nobody knows when one of them closes. */
const RETRY_AFTER_S = 5;

/** What the route needs of a canvas: `DocumentRef` of the runtime. */
export interface OpenCanvas extends CanvasDocumentPort {
  query(query: CanvasQuery): Promise<unknown>;
  transient(fact: CanvasTransient): void;
}

/** What the route needs of the runtime: `Documents`. */
export interface CanvasFinder {
  /** @throws Problem `not_found`, `unavailable` */
  find(kind: typeof CANVAS_KIND, id: string): Promise<OpenCanvas>;
}

export interface CanvasRouteOptions extends DocumentDoorOptions<CanvasFinder, CanvasLimits> {
  readonly sessions: Pick<Sessions, 'verify'>;
  readonly rejections: Pick<CanvasRejections, 'count'>;
  readonly visitors: Pick<CanvasVisitors, 'arrive' | 'depart'>;
  readonly metrics: CanvasMetrics;
  /** Proxies in front of the server whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: number;
}

/** `/v1/ws/canvases/{id}` */
export class CanvasRoute implements SocketRoute {
  readonly maxPayload = MAX_CANVAS_PAYLOAD;
  readonly #options: CanvasRouteOptions;
  readonly #limits: CanvasLimits;
  readonly #places = new DoorLeases<CanvasPlace>();
  readonly #parser = createCanvasParser();
  /** Not the places' own: who leaves and comes back owes what he owed. */
  readonly #rates = new PaintRates();
  readonly #slots = new AddressSlots();
  readonly #watches: CanvasWatches;

  constructor(options: CanvasRouteOptions) {
    const { clock } = options;
    this.#options = options;
    this.#limits = { ...CANVAS_LIMITS, ...options.limits };
    this.#watches = {
      silence: new IdleWatch(clock, this.#limits.silentMs),
      expiry: new IdleWatch(clock, 0),
      stall: new IdleWatch(clock, this.#limits.stalledMs),
    };
  }

  async accept(query: Query, idOrSlug: string, request: IncomingMessage): Promise<StartSession> {
    const { token = bearerOf(request), lastSeq, encoding } = parseCanvasQuery(query);
    const session = token === undefined ? undefined : await this.#options.sessions.verify(token);
    const document = await this.#find(idOrSlug);
    // Asked each time: its limits may have changed, and nobody may be here who was told.
    const canvas = (await document.query({ type: 'canvas.get' })) as CanvasInfo;
    const address = addressGroup(clientAddress(request, this.#options.trustedProxies));
    this.#takeSlot(document, canvas, address, request);
    return (connection) => {
      const { clock, logger, newId, onRejected, metrics, rejections, visitors } = this.#options;
      const { door: place, release } = this.#places.lease(document.id, () => this.#open(document, canvas));
      return new CanvasSession({
        connection,
        document,
        place,
        door: place.doors[encoding],
        parser: this.#parser,
        limits: this.#limits,
        rates: this.#rates,
        watches: this.#watches,
        clock,
        logger,
        onRejected,
        onPainted: (pixels) => metrics.pixelsPainted(pixels),
        onRefused: (reason, pixels) => {
          rejections.count(document.id, reason);
          metrics.pixelsRejected(reason, pixels);
        },
        onOpened: () => visitors.arrive(document.id),
        onEnded: () => {
          visitors.depart(document.id);
          release();
        },
        connectionId: newId() as ConnectionId,
        address,
        ...(session === undefined ? {} : { session }),
        ...(lastSeq === undefined ? {} : { lastSeq }),
      });
    };
  }

  async #find(idOrSlug: string): Promise<OpenCanvas> {
    const id = canvasIdOf(idOrSlug);
    if (id === undefined) throw new Problem('not_found', 'There is no such canvas.');
    return this.#options.documents.find(CANVAS_KIND, id);
  }

  /**
   * Held as long as the connection of the request: nothing is held for a handshake that fails later.
   * @throws Problem `rate_limited`
   */
  #takeSlot(
    document: OpenCanvas,
    { rateLimits }: CanvasInfo,
    address: string,
    request: IncomingMessage,
  ): void {
    const { connectionsPerAddress } = rateLimits;
    const release = this.#slots.take(`${document.id}\n${address}`, connectionsPerAddress);
    if (release === undefined) {
      const detail = `Your address has ${connectionsPerAddress} sockets at this canvas, and may not have more.`;
      throw new Problem('rate_limited', detail, { headers: { 'Retry-After': String(RETRY_AFTER_S) } });
    }
    if (request.socket.destroyed) release();
    else request.socket.once('close', release);
  }

  #open(document: OpenCanvas, canvas: CanvasInfo): CanvasPlace {
    const { clock } = this.#options;
    const { batchMs } = this.#limits;
    return new CanvasPlace({ clock, canvas, batchMs, tell: (fact) => document.transient(fact) });
  }
}

/** Parses what clients of this door say. */
export const createCanvasParser = (): MessageParser<CanvasClientMessage> =>
  new MessageParser<CanvasClientMessage>({
    'pixel:update': 'CanvasPixelUpdate',
    'pixel:stroke:start': 'CanvasStrokeStart',
    'pixel:stroke:end': 'CanvasStrokeEnd',
    heartbeat: 'CanvasHeartbeat',
  });
