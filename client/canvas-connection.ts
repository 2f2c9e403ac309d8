import { uuidv4 } from 'lib0/random';
import { CLOSE_TOKEN_EXPIRED } from '../protocol/canvas-socket.ts';
import type { CanvasConnectionOptions } from './canvas-connection-options.ts';
import { CanvasError } from './canvas-error.ts';
import type { CanvasEvents, CanvasFacts, PaintAck } from './canvas-events.ts';
import type { CanvasTool } from './canvas-operation.ts';
import {
  batchSize,
  type CanvasColor,
  type CanvasPoint,
  type ColoredPoint,
  colorIndex,
  isLocked,
  isOnCanvas,
  packPaint,
} from './canvas-paint.ts';
import { CanvasStay } from './canvas-stay.ts';
import { CanvasStroke } from './canvas-stroke.ts';
import { platformTimers } from './client-timers.ts';
import { CLOSE_NORMAL, CLOSE_NOT_FOUND } from './close-code.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { LatencyWindow } from './latency-window.ts';
import { SyncClaims } from './sync-claims.ts';

/** Two frames of a display: nobody sees it, and the server gets half as many messages. */
const STROKE_GATHER_MS = 30;

/**
 * One user at one canvas: its pixels as they are, and as this user painted them, which shows before the server has agreed.
 *
 * - What is painted shows at once and is sent as soon as there is a connection, however often the network fails; it counts
 *   once. What the server refuses is taken back, and `reject` says why.
 * - {@link pixels} is what to show: what the server has, and above it what this user painted and is not in it yet. A pixel
 *   does not fall back to its old colour in between.
 * - Comes back with exponential backoff and full jitter, and then gets what changed. Close codes 4400 to 4499 end it for
 *   good, but for 4408 (this side slept) and 4401 (the token is asked for anew, once).
 */
export class CanvasConnection extends SyncClaims<CanvasEvents> {
  readonly #options: CanvasConnectionOptions;
  readonly #stay: CanvasStay;
  readonly #latency = { ack: new LatencyWindow(), heartbeat: new LatencyWindow() };
  #stroke: CanvasStroke | undefined;

  /** @throws TypeError where there is no WebSocket */
  constructor(options: CanvasConnectionOptions) {
    super(true);
    this.#options = options;
    this.#stay = new CanvasStay(options, {
      tell: (name, event) => this.emit(name, event),
      status: (status) => this.#moved(status),
      settled: () => this.setSaved(!this.#stay.painter.hasPending),
    });
    this.on('latency', ({ kind, ms }) => this.#latency[kind].add(ms));
  }

  get status(): ConnectionStatus {
    return this.#stay.link.status;
  }

  /** Size, palette, locks and whatever else is known of the canvas; `undefined` until the server has told. */
  get canvas(): CanvasFacts | undefined {
    return this.#stay.facts;
  }

  /** What to show: palette indices, row by row. Changes in place; `change` tells where. Empty until the size is known. */
  get pixels(): Uint8Array {
    return this.#stay.feed.picture?.pixels ?? NO_PIXELS;
  }

  /** What the server has, as far as it is known here, without what this user painted since. Changes in place. */
  get confirmedPixels(): Uint8Array {
    return this.#stay.feed.picture?.confirmed ?? NO_PIXELS;
  }

  /** {@link confirmedPixels} has every event of the canvas up to this one; 0 while they are not here. */
  get lastSeq(): number {
    return this.#stay.feed.resumeAfter ?? 0;
  }

  /** How many of {@link pixels} are this user's and not in {@link confirmedPixels} yet. */
  get overlaySize(): number {
    return this.#stay.feed.picture?.overlaySize ?? 0;
  }

  /** Pixels that are neither acknowledged nor refused. */
  get pendingPixels(): number {
    return this.#stay.outbox.pixels;
  }

  /** How long the last few acknowledgements and heartbeats took. */
  get latency(): Readonly<Record<'ack' | 'heartbeat', LatencyWindow>> {
    return this.#latency;
  }

  /** Begins. A second call does nothing. @throws SyntaxError, TypeError where the address is none */
  join(): void {
    this.#stay.link.join();
  }

  /** Does not wait for the next attempt, such as when the browser says `online`. */
  retryNow(): void {
    this.#stay.link.retryNow();
  }

  /** Ends it for good. What is not acknowledged is taken back and rejected with `left`. */
  leave(): void {
    this.#stay.link.close(CLOSE_NORMAL, 'left');
  }

  /**
   * Paints one pixel.
   *
   * @returns settles when it is durable, whenever that is; rejects with a {@link CanvasError}, which `reject` tells as
   *   well, where it never will be
   */
  paint(x: number, y: number, color: CanvasColor): Promise<PaintAck> {
    return this.#paint([[x, y, color]], 'brush');
  }

  /** Paints many at once. The server gets them in as few messages as may be, and takes each of those whole or not at all. */
  paintMany(points: Iterable<ColoredPoint>): Promise<PaintAck> {
    return this.#paint([...points], 'brush');
  }

  /** Paints one pixel, or many, with the background. */
  erase(...points: readonly CanvasPoint[]): Promise<PaintAck> {
    const background = this.canvas?.background ?? 0;
    return this.#paint(
      points.map(([x, y]) => [x, y, background]),
      'eraser',
    );
  }

  /**
   * Begins a line that follows the pointer; another one that was begun ends.
   *
   * @param color absent: the eraser
   * @throws CanvasError `not_ready`, `read_only`, `bad_color`, or why the connection is closed
   */
  beginStroke(color?: CanvasColor): CanvasStroke {
    void this.#stroke?.end().catch(() => undefined);
    const facts = this.#painted();
    // Looked up now: while it is drawn the palette may change.
    const index = color === undefined ? facts.background : colorIndex(color, facts);
    const tool = color === undefined ? 'eraser' : 'brush';
    const { timers = platformTimers, strokeGatherMs = STROKE_GATHER_MS, newId = uuidv4 } = this.#options;
    const strokeId = newId();
    const stroke = new CanvasStroke(
      strokeId,
      {
        draw: (points) => this.#draw(points, index),
        send: () => this.#send(this.#stay.painter.takeDraft(), tool, strokeId),
        ended: () => {
          if (this.#stroke === stroke) this.#stroke = undefined;
          this.#stay.pen.endStroke();
        },
      },
      timers,
      strokeGatherMs,
    );
    this.#stroke = stroke;
    return stroke;
  }

  /** Why the connection is closed for good; `undefined` while it is not. */
  override closedError(): CanvasError | undefined {
    const { status } = this;
    if (status.name !== 'closed') return undefined;
    const message = `The connection is closed: ${status.code} ${status.reason}`.trimEnd();
    if (status.code === CLOSE_NORMAL) return new CanvasError('left', message);
    if (status.code === CLOSE_NOT_FOUND) return new CanvasError('not_found', message);
    return new CanvasError(status.code === CLOSE_TOKEN_EXPIRED ? 'unauthorized' : 'refused', message);
  }

  #paint(points: readonly ColoredPoint[], tool: CanvasTool): Promise<PaintAck> {
    try {
      const packed = packPaint(points, this.#painted(), this.#locks());
      this.#stroke?.flush();
      return this.#send(packed, tool);
    } catch (error) {
      if (error instanceof CanvasError) return this.#stay.painter.refuse(error);
      throw error;
    }
  }

  #draw(points: readonly CanvasPoint[], color: number): void {
    const facts = this.canvas;
    if (facts === undefined) return;
    const locks = this.#locks();
    const open = points.filter(([x, y]) => isOnCanvas(x, y, facts) && !isLocked(x, y, locks));
    const colored = open.map(([x, y]): ColoredPoint => [x, y, color]);
    this.#stay.painter.draft(packPaint(colored, facts, []));
    this.#stay.shown();
  }

  #send(packed: Uint8Array, tool: CanvasTool, strokeId?: string): Promise<PaintAck> {
    const { painter } = this.#stay;
    const error = this.closedError();
    const facts = this.canvas;
    if (error !== undefined) return painter.refuse(error);
    if (facts === undefined) return painter.refuse(notReady());
    const batches = { tool, batchSize: batchSize(facts), ...(strokeId === undefined ? {} : { strokeId }) };
    const acked = painter.paint(packed, batches);
    this.#stay.shown();
    return acked;
  }

  /** What is known of the canvas, where this user may paint on it. @throws CanvasError */
  #painted(): CanvasFacts {
    const error = this.closedError();
    if (error !== undefined) throw error;
    const facts = this.canvas;
    if (facts === undefined) throw notReady();
    if (facts.you === null) throw new CanvasError('read_only', 'Without a session one can only watch.');
    if (this.#stay.isLive && facts.canvas.status === 'archived') {
      throw new CanvasError('read_only', 'The canvas is archived.');
    }
    return facts;
  }

  /** Those that surely hold: who is offline may come back to others. */
  #locks(): CanvasFacts['locks'] {
    return this.#stay.isLive ? (this.canvas?.locks ?? []) : [];
  }

  #moved(status: ConnectionStatus): void {
    this.emit('status', status);
    // Whoever hears that may leave: then this is not the news any more.
    if (this.status !== status) return;
    this.setSynced(status.name === 'live');
    const error = this.closedError();
    if (error === undefined) return;
    this.#stay.painter.failAll(error);
    this.#stay.shown();
    if (error.code !== 'left') this.emit('error', error);
  }
}

const NO_PIXELS = new Uint8Array(0);

const notReady = (): CanvasError => new CanvasError('not_ready', 'Nothing is known of the canvas yet.');
