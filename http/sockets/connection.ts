import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { Backlog } from './backlog.ts';
import type { Clock } from './clock.ts';
import type { Beating, Heartbeat } from './heartbeat.ts';
import type { SocketLimits } from './limits.ts';
import { MessageRate } from './message-rate.ts';
import { takenBytes } from './taken-bytes.ts';

/** Close codes of RFC 6455, section 7.4.1, and of the registry that it opened. */
export const CLOSE_GOING_AWAY = 1001;
export const CLOSE_POLICY = 1008;
export const CLOSE_INTERNAL = 1011;
export const CLOSE_TRY_AGAIN_LATER = 1013;

/** Pings that stay without any sign of life before a socket is given up: one may be lost, two are not. */
const UNANSWERED_PINGS = 2;

const NOTHING = new Uint8Array(0);

/** Bytes: a control frame carries 125, two of them are the code. */
const MAX_CLOSE_REASON = 123;

/** What frames mean: the door's side of a connection. A throw ends this socket and nothing else. */
export interface ConnectionHandler {
  /** Who and where it is, for lines of the log about this socket. Absent as long as that is not known. */
  readonly about?: Readonly<Record<string, string>> | undefined;
  /** The first call. */
  opened(): void;
  text(text: string): void;
  binary(bytes: Uint8Array): void;
  /** A message was refused unread; said once for each row of refusals. */
  rateLimited(): void;
  /** Said for each binary message that was refused unread, where each one has to be answered. */
  binaryRefused?(): void;
  /** The last call, as soon as the connection begins to end, whoever ends it. */
  ended(): void;
}

export interface ConnectionOptions {
  readonly limits: SocketLimits;
  readonly clock: Clock;
  readonly heartbeat: Heartbeat;
  readonly logger: Logger;
  /** Something was answered with an error, or ended by one. */
  readonly onRejected: (code: ProblemCode) => void;
  /** The socket is closed and forgotten. */
  readonly onClosed: () => void;
}

/** One WebSocket apart from what its frames mean: bytes in and out, their limits, its life. */
export class Connection implements Beating {
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #logger: Logger;
  readonly #backlog: Backlog;
  readonly #rate: MessageRate;
  readonly #onRejected: ConnectionOptions['onRejected'];
  #handler: ConnectionHandler | undefined;
  #unanswered = 0;
  #seen = { read: 0, taken: 0, waiting: 0 };

  /** @param socket the socket of the upgrade, the same that `ws` writes to */
  constructor(ws: WebSocket, socket: Socket, options: ConnectionOptions) {
    this.#ws = ws;
    this.#socket = socket;
    this.#logger = options.logger;
    this.#onRejected = options.onRejected;
    this.#backlog = new Backlog(options.limits);
    this.#rate = new MessageRate(options.limits.messageRate, options.clock);
    const leaveHeartbeat = options.heartbeat.add(this);
    ws.on('message', (data, isBinary) => this.#guard(() => this.#received(data, isBinary)));
    // ws answers it; here it only counts, so that a flood of pings is a flood.
    ws.on('ping', () => this.#guard(() => this.#allowed()));
    // What ws reports here it also closes: 1007, 1009, 1002.
    ws.on('error', (error) => {
      this.#logger.debug({ err: error }, 'broken frame');
      this.#end();
    });
    ws.on('close', (code) => {
      leaveHeartbeat();
      this.#end();
      this.#logger.debug({ code }, 'socket closed');
      options.onClosed();
    });
  }

  /** Hands the connection to its door. */
  open(handler: ConnectionHandler): void {
    this.#handler = handler;
    this.#guard(() => handler.opened());
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  /**
   * Writes whole frames in one piece. Nothing happens on a connection that is ending; one that is too far behind ends.
   * @param droppable may be left out where the reader is behind
   * @param isCatchUp what the reader must take before it can be live; does not count as its backlog
   */
  deliver(frames: Uint8Array, droppable: boolean, isCatchUp = false): void {
    if (!this.isOpen || frames.length === 0) return;
    const verdict = this.#backlog.judge(this.#socket.writableLength, frames.length, droppable, isCatchUp);
    switch (verdict) {
      case 'write':
        this.#socket.write(frames);
        return;
      case 'drop':
        return;
      case 'too-slow':
        this.#logger.info(
          { ...this.#handler?.about, waiting: this.#socket.writableLength },
          'slow reader closed',
        );
        this.#onRejected('slow_reader');
        this.close(CLOSE_TRY_AGAIN_LATER, 'slow_reader');
        return;
      default:
        unreachable(verdict);
    }
  }

  /** Bytes that wait in the socket. */
  get waiting(): number {
    return this.#socket.writableLength;
  }

  /** Bytes that the other side's system, or ours on their way to it, took so far. */
  get taken(): number {
    return takenBytes(this.#socket).taken;
  }

  /** Calls back once all that waits now is taken; never where the connection ends before. */
  whenTaken(then: () => void): void {
    if (!this.isOpen) return;
    // An empty write is called back in its order, and is nothing on the wire.
    this.#socket.write(NOTHING, (error) => {
      if (error == null && this.isOpen) this.#guard(then);
    });
  }

  /** Starts the closing handshake; ws cuts the connection where the other side does not answer in time. */
  close(code: number, reason: string): void {
    if (this.isOpen) this.#ws.close(code, fitReason(reason));
    this.#end();
  }

  /** Cuts the connection. */
  terminate(): void {
    this.#ws.terminate();
    this.#end();
  }

  beat(): void {
    if (!this.isOpen) return;
    if (this.#hasStirred()) this.#unanswered = 0;
    if (this.#unanswered >= UNANSWERED_PINGS) {
      this.#logger.debug('silent socket cut');
      this.terminate();
      return;
    }
    this.#unanswered += 1;
    this.#ws.ping();
  }

  /**
   * Any byte from the other side is a sign of life. So is one that it took while others waited: its pong may be stuck
   * behind a long replay. Where nothing waited a byte that left us only reached our own kernel.
   */
  #hasStirred(): boolean {
    const now = { read: this.#socket.bytesRead, ...takenBytes(this.#socket) };
    const before = this.#seen;
    this.#seen = now;
    return now.read !== before.read || (before.waiting > 0 && now.taken !== before.taken);
  }

  #received(data: unknown, isBinary: boolean): void {
    if (!this.isOpen || this.#handler === undefined) return;
    if (!this.#allowed()) {
      if (isBinary) this.#handler?.binaryRefused?.();
      return;
    }
    if (!Buffer.isBuffer(data)) throw new TypeError('ws gives Buffers as long as binaryType is not set');
    if (isBinary) this.#handler.binary(data);
    else this.#handler.text(data.toString());
  }

  #allowed(): boolean {
    const verdict = this.#rate.take();
    switch (verdict) {
      case 'accepted':
        return true;
      case 'refused':
        return false;
      case 'refused-first':
        this.#handler?.rateLimited();
        return false;
      case 'excessive':
        if (this.isOpen) this.#logger.info({ ...this.#handler?.about }, 'flooding socket closed');
        this.close(CLOSE_TRY_AGAIN_LATER, 'rate_limited');
        return false;
      default:
        return unreachable(verdict);
    }
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#logger.error({ err: error }, 'socket handler failed');
      this.close(CLOSE_INTERNAL, 'internal');
    }
  }

  #end(): void {
    const handler = this.#handler;
    this.#handler = undefined;
    if (handler !== undefined) this.#guard(() => handler.ended());
  }
}

/** Whole characters of a reason, as many as a close frame holds. */
function fitReason(reason: string): string {
  const bytes = Buffer.from(reason);
  if (bytes.length <= MAX_CLOSE_REASON) return reason;
  let end = MAX_CLOSE_REASON;
  // 10xxxxxx goes on with the character before it.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
