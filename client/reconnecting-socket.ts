import { Backoff } from './backoff.ts';
import { type ClientTimers, platformTimers } from './client-timers.ts';
import { CLOSE_ABNORMAL, CLOSE_COMING_BACK, CLOSE_NOT_FOUND, isPermanent } from './close-code.ts';
import type { SocketOptions } from './connection-options.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { type FrameParser, type SocketEnd, SocketSession } from './socket-session.ts';
import { platformWebSocket, type WebSocketConstructor } from './web-socket-like.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const PING_MS = 20_000;
/** A stay this long is a success; a shorter one may be a server that falls over each time. */
const STABLE_MS = 5_000;

export interface ReconnectingSocketHandler<Message> {
  /** The address of the next attempt. Where it takes a while and fails, so does the attempt. */
  url(): string | Promise<string>;
  readonly parse: FrameParser<Message>;
  message(message: Message): void;
  /** The socket ended, or there will be none any more: nobody knows what of what was sent arrived. */
  lost(end: SocketEnd): void;
  status(status: ConnectionStatus): void;
  /** Whether the document is gone; asked where a handshake failed. */
  isGone(): Promise<boolean>;
  /** Asks the server whether it is there. Default: `ping`. */
  ping?(): string;
  /** Whether there is no coming back after this close code. Default: 4400 to 4499, but for 4408. */
  isFinal?(code: number): boolean;
}

const ping = (): string => JSON.stringify({ type: 'ping', ts: Date.now() });

/**
 * A socket that comes back after every end that may pass, with exponential backoff and full jitter. Close codes 4400 to
 * 4499 end it for good. What a stay begins with, and when it has caught up, the door above it knows.
 */
export class ReconnectingSocket<Message extends object> {
  readonly #options: SocketOptions;
  readonly #handler: ReconnectingSocketHandler<Message>;
  readonly #WebSocket: WebSocketConstructor;
  readonly #timers: ClientTimers;
  readonly #backoff: Backoff;
  #status: ConnectionStatus = { name: 'idle' };
  #session: SocketSession<Message> | undefined;
  /** The attempt whose address is being found out. */
  #attempt: symbol | undefined;
  #cancelRetry = (): void => undefined;
  #liveSince: number | undefined;

  /** @throws TypeError where there is no WebSocket */
  constructor(options: SocketOptions, handler: ReconnectingSocketHandler<Message>) {
    this.#options = options;
    this.#handler = handler;
    this.#WebSocket = options.WebSocket ?? platformWebSocket();
    this.#timers = options.timers ?? platformTimers;
    this.#backoff = new Backoff(options.backoff ?? {}, options.random ?? Math.random);
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Begins. A second call does nothing. @throws SyntaxError, TypeError where the address is none */
  join(): void {
    if (this.#status.name === 'idle') this.#connect();
  }

  /** Not heard where there is no socket. */
  send(frame: string | Uint8Array): void {
    this.#session?.send(frame);
  }

  /** The stay began; events up to `headSeq` are still coming. */
  catchingUp(headSeq: number): void {
    this.#setStatus({ name: 'catching-up', headSeq });
  }

  /** Everything that the server had is here. */
  live(): void {
    this.#liveSince = this.#timers.now();
    this.#setStatus({ name: 'live' });
  }

  /** Gives this socket up for a new one. */
  comeBack(reason: string): void {
    if (this.#status.name === 'closed') return;
    this.#session?.end(CLOSE_COMING_BACK, 'gap');
    this.#ended({ code: CLOSE_COMING_BACK, reason, wasOpen: true });
  }

  /** Does not wait for the next attempt. */
  retryNow(): void {
    if (this.#status.name !== 'waiting') return;
    this.#cancelRetry();
    this.#connect();
  }

  /** Ends it for good. */
  close(code: number, reason: string): void {
    if (this.#status.name === 'closed') return;
    this.#cancelRetry();
    this.#attempt = undefined;
    this.#session?.end(code, reason);
    this.#session = undefined;
    this.#handler.lost({ code, reason, wasOpen: true });
    this.#setStatus({ name: 'closed', code, reason });
  }

  #connect(): void {
    const url = this.#handler.url();
    if (typeof url === 'string') this.#open(url);
    else this.#openWhenKnown(url);
    this.#setStatus({ name: 'connecting', attempt: this.#backoff.attempt });
  }

  #openWhenKnown(coming: Promise<string>): void {
    const attempt = Symbol();
    this.#attempt = attempt;
    const failed = (reason: string): void => {
      if (this.#attempt === attempt) this.#ended({ code: CLOSE_ABNORMAL, reason, wasOpen: false });
    };
    const { connectTimeoutMs = CONNECT_TIMEOUT_MS } = this.#options;
    const stopTimer = this.#timers.after(connectTimeoutMs, () => failed('no address in time'));
    this.#cancelRetry = stopTimer;
    coming.then(
      (url) => {
        stopTimer();
        if (this.#attempt !== attempt) return;
        try {
          this.#open(url);
        } catch (error) {
          failed(reasonOf(error));
          return;
        }
        this.#attempt = undefined;
      },
      (error: unknown) => {
        stopTimer();
        failed(reasonOf(error));
      },
    );
  }

  #open(url: string): void {
    const { connectTimeoutMs = CONNECT_TIMEOUT_MS, pingMs = PING_MS } = this.#options;
    const { parse } = this.#handler;
    this.#session = new SocketSession<Message>(
      {
        url,
        parse,
        WebSocket: this.#WebSocket,
        timers: this.#timers,
        connectTimeoutMs,
        pingMs,
        ping: () => this.#handler.ping?.() ?? ping(),
      },
      {
        message: (message) => this.#handler.message(message),
        ended: (end) => this.#ended(end),
      },
    );
  }

  #ended(end: SocketEnd): void {
    const { code, reason, wasOpen } = end;
    this.#session = undefined;
    this.#attempt = undefined;
    if (this.#handler.isFinal?.(code) ?? isPermanent(code)) {
      this.close(code, reason);
      return;
    }
    this.#handler.lost(end);
    // Whoever hears that something is not saved may leave at once.
    if (this.status.name === 'closed') return;
    if (this.#liveSince !== undefined && this.#timers.now() - this.#liveSince >= STABLE_MS) {
      this.#backoff.reset();
    }
    this.#liveSince = undefined;
    const delayMs = this.#backoff.next();
    this.#cancelRetry = this.#timers.after(delayMs, () => this.#connect());
    this.#setStatus({ name: 'waiting', delayMs, code, reason });
    if (!wasOpen) this.#askWhetherGone();
  }

  #askWhetherGone(): void {
    const { isGone = () => this.#handler.isGone() } = this.#options;
    isGone().then(
      (gone) => {
        if (gone && this.#session === undefined) this.close(CLOSE_NOT_FOUND, 'not found');
      },
      // Then nobody knows; the next attempt will tell.
      () => undefined,
    );
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    this.#handler.status(status);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
