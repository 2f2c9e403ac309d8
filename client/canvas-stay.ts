import { uuidv4 } from 'lib0/random';
import type { CanvasConnectionOptions } from './canvas-connection-options.ts';
import { CanvasError } from './canvas-error.ts';
import type { CanvasEvents, CanvasFacts } from './canvas-events.ts';
import { type CanvasState, factsAfter, factsOf } from './canvas-facts.ts';
import { CanvasFeed } from './canvas-feed.ts';
import type { CanvasFrame } from './canvas-frame.ts';
import { CanvasLink } from './canvas-link.ts';
import { CanvasOutbox } from './canvas-outbox.ts';
import { CanvasPainter } from './canvas-painter.ts';
import { CanvasPen } from './canvas-pen.ts';
import { CanvasesApi } from './canvases-api.ts';
import { platformTimers } from './client-timers.ts';
import type { ConnectionStatus } from './connection-status.ts';

const MAX_PENDING_PIXELS = 100_000;
const WINDOW = 64;

export interface CanvasStayHandler {
  tell<Name extends keyof CanvasEvents>(name: Name, event: CanvasEvents[Name]): void;
  status(status: ConnectionStatus): void;
  /** Something was painted, or taken back, or answered. */
  settled(): void;
}

/** What the server tells of a canvas and what it is told: frames in, and what they mean for picture and painter. */
export class CanvasStay {
  readonly link: CanvasLink;
  readonly feed: CanvasFeed;
  readonly outbox: CanvasOutbox;
  readonly painter: CanvasPainter;
  readonly pen: CanvasPen;
  readonly #handler: CanvasStayHandler;
  readonly #now: () => number;
  #facts: CanvasFacts | undefined;
  /** A heartbeat whose answer comes after the difference to what is here: there need not be one. */
  #barrier: number | undefined;

  /** @throws TypeError where there is no WebSocket */
  constructor(options: CanvasConnectionOptions, handler: CanvasStayHandler) {
    this.#handler = handler;
    const { url, timers = platformTimers, fetch, newId = uuidv4, window = WINDOW } = options;
    this.#now = () => timers.now();
    this.link = new CanvasLink(options, {
      resumeAfter: () => this.feed.resumeAfter,
      heartbeat: () => heartbeat(timers.now()),
      message: (frame) => this.#received(frame),
      lost: () => this.#lost(),
      status: (status) => handler.status(status),
    });
    this.pen = new CanvasPen((message) => this.link.send(JSON.stringify(message)));
    this.outbox = new CanvasOutbox({
      window,
      timers,
      write: (operation) => {
        if (this.#facts !== undefined) this.pen.write(operation, this.#facts);
      },
    });
    this.painter = new CanvasPainter({
      outbox: this.outbox,
      newId,
      retryRateLimited: options.retryRateLimited ?? false,
      maxPendingPixels: options.maxPendingPixels ?? MAX_PENDING_PIXELS,
      acked: (ack) => handler.tell('ack', ack),
      took: (ms) => handler.tell('latency', { kind: 'ack', ms }),
      rejected: (error) => handler.tell('reject', error),
    });
    const api = new CanvasesApi(url, fetch === undefined ? {} : { fetch });
    this.feed = new CanvasFeed({
      load: (path, signal) => api.bitmapAt(path, signal),
      replaced: (picture) => this.painter.setPicture(picture),
      loaded: () => this.#progressed(),
      failed: (error) => {
        handler.tell('error', error);
        this.link.comeBack(error.message);
      },
    });
  }

  get facts(): CanvasFacts | undefined {
    return this.#facts;
  }

  get isLive(): boolean {
    return this.link.status.name === 'live';
  }

  /** Tells what has to be drawn again. To be called after everything that may have changed the picture. */
  shown(): void {
    const regions = this.feed.picture?.takeChanges() ?? [];
    if (regions.length > 0) this.#handler.tell('change', { regions });
    this.#handler.settled();
  }

  #received(frame: CanvasFrame): void {
    if (frame.type === 'canvas:state') {
      this.#begin(frame);
    } else {
      if (this.#facts !== undefined) this.#facts = factsAfter(this.#facts, frame);
      this.#happened(frame);
    }
    this.#progressed();
  }

  #begin(state: CanvasState): void {
    this.#facts = factsOf(state);
    this.link.catchingUp(state.seq);
    // Whoever hears that may leave: then there is nothing to load, and nobody to send to.
    if (this.link.status.name !== 'catching-up') return;
    this.feed.begin(state);
    this.#handler.tell('canvas', this.#facts);
    if (this.link.status.name !== 'catching-up') return;
    this.outbox.open();
    if (this.feed.isLoading || this.#isUpTo(state.seq)) return;
    this.#barrier = this.#now();
    this.link.send(heartbeat(this.#barrier));
  }

  #happened(frame: Exclude<CanvasFrame, CanvasState>): void {
    const { tell } = this.#handler;
    switch (frame.type) {
      case 'bulk':
        this.feed.update(frame);
        return;
      case 'canvas:reload':
        this.#reload(frame);
        return;
      case 'pixel:ack':
        this.painter.acknowledge(frame);
        return;
      case 'pixel:reject':
        this.painter.decline(rejection(frame));
        return;
      case 'heartbeat':
        this.#answered(frame.ts);
        return;
      case 'presence':
        tell('online', frame.online);
        return;
      case 'error':
        this.#failed(frame);
        return;
      default:
        this.#moderated(frame);
    }
  }

  #moderated(frame: Extract<CanvasFrame, { type: 'canvas:updated' | `moderation:${string}` }>): void {
    this.feed.advance(frame.seq);
    const { tell } = this.#handler;
    if (frame.type === 'moderation:lock') tell('lock', frame.lock);
    else if (frame.type === 'moderation:unlock') tell('unlock', frame);
    else if (frame.type === 'moderation:rewind') tell('rewind', frame);
    else if (frame.type === 'moderation:palette') tell('palette', frame.palette);
    if (this.#facts !== undefined && frame.type !== 'moderation:rewind') tell('canvas', this.#facts);
  }

  #reload(frame: Extract<CanvasFrame, { type: 'canvas:reload' }>): void {
    this.link.catchingUp(frame.seq);
    this.feed.reload(frame.seq, frame.bitmap);
    if (frame.canvas !== undefined && this.#facts !== undefined) this.#handler.tell('canvas', this.#facts);
  }

  #answered(ts: number | undefined): void {
    if (ts === undefined) return;
    this.#handler.tell('latency', { kind: 'heartbeat', ms: this.#now() - ts });
    // That of a slow reader may be left out: a later one says the same.
    if (this.#barrier !== undefined && ts >= this.#barrier) this.#barrier = undefined;
  }

  #failed({ id, code, message }: Extract<CanvasFrame, { type: 'error' }>): void {
    const error = new CanvasError(code, message, id === undefined ? {} : { id });
    if (id !== undefined) this.painter.decline(Object.assign(error, { id }));
    this.#handler.tell('error', error);
    if (id !== undefined || code !== 'rate_limited') return;
    // Nobody knows what was not read: on a new socket each is sent once, and answered.
    this.painter.unread();
    this.link.comeBack(message);
  }

  #progressed(): void {
    const { status } = this.link;
    if (status.name === 'catching-up' && !this.feed.isLoading) {
      if (this.#barrier === undefined || this.#isUpTo(status.headSeq)) this.link.live();
    }
    this.shown();
  }

  #isUpTo(seq: number): boolean {
    return (this.feed.picture?.seq ?? -1) >= seq;
  }

  #lost(): void {
    this.#barrier = undefined;
    this.feed.lost();
    this.pen.lost();
    this.outbox.close();
  }
}

const heartbeat = (ts: number): string => JSON.stringify({ type: 'heartbeat', ts });

function rejection({ id, reason, at, retryAfterMs }: Extract<CanvasFrame, { type: 'pixel:reject' }>) {
  const [x, y] = at ?? [];
  const place = x === undefined || y === undefined ? undefined : ([x, y] as const);
  const where = place === undefined ? '' : ` at (${place.join(', ')})`;
  const error = new CanvasError(reason, `The server painted nothing: ${reason}${where}.`, {
    ...(place === undefined ? {} : { at: place }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
  return Object.assign(error, { id });
}
