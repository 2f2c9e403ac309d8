import { CanvasConnection } from '../../../client/canvas-connection.ts';
import type { CanvasPoint, ColoredPoint } from '../../../client/canvas-paint.ts';
import type { Session } from '../../../client/sessions-api.ts';
import type { Random } from '../random.ts';
import { RoomNetwork } from '../rooms/room-network.ts';
import type { CanvasLedger } from './canvas-ledger.ts';
import { CanvasWiretap } from './canvas-wiretap.ts';

export interface CanvasPlace {
  readonly url: string;
  readonly canvasId: string;
  readonly width: number;
  readonly height: number;
  /** That every palette of this canvas has. */
  readonly colors: number;
}

/** Between two paintings, in milliseconds. */
const MAX_PAUSE_MS = 40;
/** One painting in so many is followed by a cut of the network. */
const PAINTINGS_PER_CUT = 80;
const MAX_PIXELS = 12;
/** While the server is away no more is painted than this: it need not begin with a mountain of work. */
const MAX_PENDING_PIXELS = 1_500;

/** Somebody who paints without tiring, on a network that fails now and then. */
export class CanvasMember {
  readonly connection: CanvasConnection;
  readonly #place: CanvasPlace;
  readonly #random: Random;
  readonly #network: RoomNetwork;
  #timer: NodeJS.Timeout | undefined;

  constructor(place: CanvasPlace, session: Session, ledger: CanvasLedger, random: Random) {
    this.#place = place;
    this.#random = random;
    this.#network = new RoomNetwork(new CanvasWiretap(session.userId, place.width, ledger));
    this.connection = new CanvasConnection({
      url: place.url,
      canvasId: place.canvasId,
      token: session.token,
      WebSocket: this.#network.WebSocket as never,
      maxPendingPixels: MAX_PENDING_PIXELS,
      backoff: { baseMs: 50, maxMs: 300 },
      random: () => random.fraction(),
      // Only the server is away, never the canvas.
      isGone: () => Promise.resolve(false),
    });
    this.connection.join();
  }

  /** Paints until it is told to stop, connected or not. */
  paint(): void {
    this.#timer = setTimeout(() => {
      this.#act();
      if (this.#random.below(PAINTINGS_PER_CUT) === 0) this.#network.cut();
      this.paint();
    }, this.#random.below(MAX_PAUSE_MS));
  }

  rest(): void {
    clearTimeout(this.#timer);
  }

  leave(): void {
    this.rest();
    this.connection.leave();
  }

  #act(): void {
    const random = this.#random;
    const { colors } = this.#place;
    switch (random.below(8)) {
      case 0:
        this.#settled(this.connection.erase(...this.#points()));
        return;
      case 1: {
        if (this.connection.canvas === undefined) return;
        const stroke = this.connection.beginStroke(random.below(colors));
        for (const [x, y] of this.#points()) stroke.to(x, y);
        this.#settled(stroke.end());
        return;
      }
      case 2: {
        const points = this.#points().map(([x, y]): ColoredPoint => [x, y, random.below(colors)]);
        this.#settled(this.connection.paintMany(points));
        return;
      }
      default: {
        const [x, y] = this.#point();
        this.#settled(this.connection.paint(x, y, random.below(colors)));
      }
    }
  }

  /** Refusals are the wiretap's business. */
  #settled(painting: Promise<unknown>): void {
    painting.catch(() => undefined);
  }

  #points(): CanvasPoint[] {
    return Array.from({ length: 1 + this.#random.below(MAX_PIXELS) }, () => this.#point());
  }

  #point(): CanvasPoint {
    return [this.#random.below(this.#place.width), this.#random.below(this.#place.height)];
  }
}
