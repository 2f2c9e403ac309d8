import type { Logger } from 'pino';
import type { RejectReason } from '../../actors/canvas-rejections.ts';
import { pixelCount } from '../../protocol/canvas-pixels.ts';
import {
  type CanvasClientMessage,
  type CanvasErrorCode,
  CLOSE_SILENT,
  CLOSE_TOKEN_EXPIRED,
} from '../../protocol/canvas-socket.ts';
import { ANONYMOUS, type ConnectionId, type Seq } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Session } from '../sessions/session.ts';
import { type CanvasDoor, operationIdOf } from './canvas-door.ts';
import { encodeCanvas } from './canvas-frames.ts';
import type { CanvasLimits } from './canvas-limits.ts';
import { CanvasPainter } from './canvas-painter.ts';
import type { CanvasPlace } from './canvas-place.ts';
import { rejectOf } from './canvas-reject.ts';
import { type CanvasConnection, type CanvasDocumentPort, CanvasStay } from './canvas-stay.ts';
import type { Clock } from './clock.ts';
import type { ConnectionHandler } from './connection.ts';
import { Hearing } from './hearing.ts';
import type { IdleWatch, Watched } from './idle-watch.ts';
import type { MessageParser } from './message-parser.ts';
import type { PaintRates } from './paint-rates.ts';
import { StayLog } from './stay-log.ts';

/** As asyncapi.yaml has it. */
const PAINT_ID = /^[!-~]{1,64}$/;

/** What looks after all sockets of the door. */
export interface CanvasWatches {
  /** After those who say nothing. */
  readonly silence: IdleWatch;
  /** After those whose session expires. */
  readonly expiry: IdleWatch;
  /** After those who take nothing. */
  readonly stall: IdleWatch;
}

export interface CanvasSessionOptions {
  readonly connection: CanvasConnection;
  readonly document: CanvasDocumentPort;
  readonly place: CanvasPlace;
  readonly door: CanvasDoor;
  readonly parser: MessageParser<CanvasClientMessage>;
  readonly limits: CanvasLimits;
  readonly rates: PaintRates;
  readonly watches: CanvasWatches;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A message was answered with an error, or a painting refused. */
  readonly onRejected: (code: ProblemCode) => void;
  /** So many pixels became durable. */
  readonly onPainted: (pixels: number) => void;
  /** So many pixels of one message were refused. */
  readonly onRefused: (reason: RejectReason, pixels: number) => void;
  /** The socket is open: `onEnded` follows. */
  readonly onOpened: () => void;
  readonly onEnded: () => void;
  readonly connectionId: ConnectionId;
  /** Who paints; absent: one who watches. */
  readonly session?: Session;
  /** Where it comes from, as limits are counted. */
  readonly address: string;
  readonly lastSeq?: Seq;
}

/** One socket at `/v1/ws/canvases/{id}`: what its messages mean. */
export class CanvasSession implements ConnectionHandler, Watched {
  readonly #options: CanvasSessionOptions;
  readonly #stay: CanvasStay;
  readonly #log: StayLog;
  readonly #painter: CanvasPainter;
  readonly #expiry: Watched | undefined;
  readonly #hearing: Hearing<string, CanvasClientMessage>;
  #heardAt: number;

  constructor(options: CanvasSessionOptions) {
    const { connection, document, place, door, limits, clock, logger, watches, session, lastSeq } = options;
    const { connectionId, onPainted, onRejected, rates, address } = options;
    const userId = session?.userId ?? ANONYMOUS;
    this.#options = options;
    this.#heardAt = clock.now();
    this.#log = new StayLog(logger, clock, { documentId: document.id, connectionId, userId });
    this.#stay = new CanvasStay({
      connection,
      document,
      door,
      limits,
      clock,
      stallWatch: watches.stall,
      log: this.#log,
      connectionId,
      userId,
      displayName: session?.name ?? userId,
      you: session === undefined ? null : { userId, name: session.name, role: session.role },
      ...(lastSeq === undefined ? {} : { lastSeq }),
      onPainted,
      onRepeated: (painting) => this.#painter.giveBack(painting),
      // What the canvas refuses is paid for: looking through its locks costs it as much as painting does.
      onRefused: ({ id, pixels }, problem) => this.#refused(id, pixelCount(pixels), problem),
      onStalled: () => onRejected('slow_reader'),
    });
    this.#painter = new CanvasPainter({
      documentId: document.id,
      place,
      rates,
      session,
      address,
      isDone: (id) => document.hasDone(operationIdOf(userId, id)),
      onPainting: (painting) => this.#stay.paint(painting),
      onRefused: (id, pixels, problem, retryAfterMs) => this.#refused(id, pixels, problem, retryAfterMs),
    });
    this.#hearing = new Hearing({
      connection,
      parse: (text) => options.parser.parse(text),
      understood: (message) => this.#understood(message),
      misunderstood: (problem) => this.#misunderstood(problem),
    });
    if (session !== undefined) this.#expiry = this.#expiryOf(session);
  }

  get about(): Readonly<Record<string, string>> {
    return this.#log.fields;
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  opened(): void {
    const { watches, place, onOpened } = this.#options;
    onOpened();
    watches.silence.add(this);
    if (this.#expiry !== undefined) watches.expiry.add(this.#expiry);
    place.arrive();
    this.#stay.join();
  }

  ended(): void {
    const { watches, place, onEnded } = this.#options;
    watches.silence.remove(this);
    if (this.#expiry !== undefined) watches.expiry.remove(this.#expiry);
    this.#stay.leave();
    place.depart();
    onEnded();
  }

  idle(): void {
    this.#options.connection.close(CLOSE_SILENT, 'heartbeat_missed');
  }

  text(text: string): void {
    this.#heardAt = this.#options.clock.now();
    if (this.#expiry !== undefined && this.#expiry.heardAt <= this.#heardAt) {
      this.#expiry.idle();
      return;
    }
    this.#hearing.hear(text);
  }

  binary(): void {
    this.#heardAt = this.#options.clock.now();
    this.#hearing.misunderstood(new Problem('bad_message', 'This door takes text frames only.'));
  }

  rateLimited(): void {
    this.#tell('rate_limited', 'Too many messages; some were not read. Send again what is not answered.');
  }

  /** @throws Problem `bad_message` */
  #understood(message: CanvasClientMessage): void {
    switch (message.type) {
      case 'pixel:update':
        this.#painter.paint(message, this.#heardAt);
        return;
      case 'pixel:stroke:start':
        this.#painter.startStroke(message.strokeId);
        return;
      case 'pixel:stroke:end':
        this.#painter.endStroke(message.strokeId);
        return;
      case 'heartbeat':
        this.#answer(message.ts);
        return;
      default:
        unreachable(message);
    }
  }

  #answer(ts: number | undefined): void {
    const answer = { type: 'heartbeat', ...(ts === undefined ? {} : { ts }), serverTs: Date.now() } as const;
    this.#stay.tell(encodeCanvas(answer), true);
  }

  /** A painting had no effect, or nobody knows. */
  #refused(id: string, pixels: number, problem: Problem, retryAfterMs?: number): void {
    this.#log.refused(problem, id);
    const reject = rejectOf(id, problem, retryAfterMs);
    if (reject !== undefined) {
      this.#options.onRefused(reject.reason, pixels);
      this.#options.onRejected(reject.reason);
      this.#stay.tell(encodeCanvas(reject));
    } else if (problem.code === 'overloaded') {
      this.#tell(problem.code, 'Nothing was painted; send it again later.', id);
    } else this.#unclear(id, problem);
  }

  #unclear(id: string, problem: Problem): void {
    if (problem.code !== 'unavailable') {
      this.#options.logger.error({ ...this.about, err: problem.cause ?? problem }, 'painting failed');
    }
    this.#tell('unavailable', 'Nobody knows whether it was painted; send it again with the same id.', id);
  }

  #misunderstood({ code, message, extra }: Problem): void {
    const id = extra?.['id'];
    const isNamed = typeof id === 'string' && PAINT_ID.test(id);
    this.#tell(code === 'bad_json' ? 'bad_json' : 'bad_message', message, isNamed ? id : undefined);
  }

  #tell(code: CanvasErrorCode, message: string, id?: string): void {
    this.#options.onRejected(code);
    this.#stay.tell(encodeCanvas({ type: 'error', code, message, ...(id === undefined ? {} : { id }) }));
  }

  /** An expired session was good for the last time when it expired. */
  #expiryOf({ expiresAt }: Session): Watched {
    const { clock, connection } = this.#options;
    return {
      heardAt: clock.now() + expiresAt - Date.now(),
      idle: () => connection.close(CLOSE_TOKEN_EXPIRED, 'token_expired'),
    };
  }
}
