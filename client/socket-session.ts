import type { TextClientMessage, TextServerMessage } from '../protocol/text-socket.ts';
import type { ClientTimers } from './client-timers.ts';
import { CLOSE_ABNORMAL, CLOSE_COMING_BACK } from './close-code.ts';
import type { WebSocketConstructor } from './web-socket-like.ts';

/** How a socket ended. */
export interface SocketEnd {
  /** A WebSocket close code; 1006 where no close frame came. */
  readonly code: number;
  readonly reason: string;
  /** Whether the handshake succeeded. A browser does not tell why one failed. */
  readonly wasOpen: boolean;
}

export interface SocketSessionHandler {
  message(message: TextServerMessage): void;
  /** The last call. Not made where the session was ended from this side. */
  ended(end: SocketEnd): void;
}

export interface SocketSessionOptions {
  readonly url: string;
  readonly WebSocket: WebSocketConstructor;
  readonly timers: ClientTimers;
  /** From the attempt to the first message, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** How often the server is asked whether it is there, in milliseconds. */
  readonly pingMs: number;
}

/** One socket from attempt to end: frames in and out, and the suspicion that nobody is on the other side. */
export class SocketSession {
  readonly #options: SocketSessionOptions;
  readonly #socket: InstanceType<WebSocketConstructor>;
  #handler: SocketSessionHandler | undefined;
  #stopTimer: () => void;
  #wasOpen = false;
  #isWatched = false;
  /** Since the last ping. */
  #hasHeard = false;

  constructor(options: SocketSessionOptions, handler: SocketSessionHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#stopTimer = options.timers.after(options.connectTimeoutMs, () => this.#giveUp('no answer in time'));
    this.#socket = new options.WebSocket(options.url);
    this.#socket.addEventListener('open', () => {
      this.#wasOpen = true;
    });
    this.#socket.addEventListener('message', ({ data }) => this.#received(data));
    // A close event follows, with all that is known.
    this.#socket.addEventListener('error', () => undefined);
    this.#socket.addEventListener('close', ({ code, reason }) => this.#over({ code, reason }));
  }

  send(message: TextClientMessage): void {
    if (this.#handler !== undefined) this.#socket.send(JSON.stringify(message));
  }

  /** Ends it without a word to the handler; what still comes is not heard. */
  end(code: number, reason: string): void {
    this.#handler = undefined;
    this.#stopTimer();
    this.#socket.close(code, reason);
  }

  #received(data: unknown): void {
    if (this.#handler === undefined) return;
    const message = parse(data);
    if (message === undefined) {
      this.#giveUp('a frame is no message');
      return;
    }
    this.#hasHeard = true;
    if (!this.#isWatched) this.#watch();
    if (message !== 'unknown') this.#handler.message(message);
  }

  /** A connection that died without a close frame looks idle for ever: whoever is asked and stays silent is gone. */
  #watch(): void {
    this.#isWatched = true;
    this.#stopTimer();
    const { timers, pingMs } = this.#options;
    this.#stopTimer = timers.after(pingMs, () => {
      if (!this.#hasHeard) {
        this.#giveUp('the server is silent');
        return;
      }
      this.#hasHeard = false;
      this.send({ type: 'ping', ts: Date.now() });
      this.#watch();
    });
  }

  #giveUp(reason: string): void {
    this.#socket.close(CLOSE_COMING_BACK, reason);
    // The close event may take minutes where the network is gone.
    this.#over({ code: CLOSE_ABNORMAL, reason });
  }

  #over({ code, reason }: Pick<SocketEnd, 'code' | 'reason'>): void {
    const handler = this.#handler;
    this.#handler = undefined;
    this.#stopTimer();
    handler?.ended({ code, reason, wasOpen: this.#wasOpen });
  }
}

const KNOWN: ReadonlySet<unknown> = new Set<TextServerMessage['type']>([
  'state',
  'ack',
  'remote_update',
  'document',
  'compacted',
  'snapshot_ack',
  'snapshot_request',
  'presence',
  'pong',
  'error',
]);

/**
 * The server is trusted to keep to its types. A type that this client does not know comes from a newer server and is
 * passed over; what is no object with a type at all is not from it.
 */
function parse(data: unknown): TextServerMessage | 'unknown' | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const message: unknown = JSON.parse(data);
    if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
    return KNOWN.has(message.type) ? (message as TextServerMessage) : 'unknown';
  } catch {
    return undefined;
  }
}
