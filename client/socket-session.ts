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

export interface SocketSessionHandler<Message> {
  message(message: Message): void;
  /** The last call. Not made where the session was ended from this side. */
  ended(end: SocketEnd): void;
}

/**
 * What a frame says. `unknown`: of a type that this client does not know, from a newer server; it is passed over.
 * `undefined`: nothing that a server of this door would say.
 */
export type FrameParser<Message> = (data: unknown) => Message | 'unknown' | undefined;

export interface SocketSessionOptions<Message> {
  readonly url: string;
  readonly parse: FrameParser<Message>;
  readonly WebSocket: WebSocketConstructor;
  readonly timers: ClientTimers;
  /** From the attempt to the first message, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** How often the server is asked whether it is there, in milliseconds. */
  readonly pingMs: number;
  /** The question. */
  readonly ping: () => string;
}

/** One socket from attempt to end: frames in and out, and the suspicion that nobody is on the other side. */
export class SocketSession<Message extends object> {
  readonly #options: SocketSessionOptions<Message>;
  readonly #socket: InstanceType<WebSocketConstructor>;
  #handler: SocketSessionHandler<Message> | undefined;
  #stopTimer: () => void;
  #wasOpen = false;
  #isWatched = false;
  /** Since the last ping. */
  #hasHeard = false;

  /** @throws what the class does where it takes no such address, such as `ws:` from a page of `https:` */
  constructor(options: SocketSessionOptions<Message>, handler: SocketSessionHandler<Message>) {
    this.#options = options;
    this.#handler = handler;
    this.#socket = new options.WebSocket(options.url);
    this.#stopTimer = options.timers.after(options.connectTimeoutMs, () => this.#giveUp('no answer in time'));
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('open', () => {
      this.#wasOpen = true;
    });
    this.#socket.addEventListener('message', ({ data }) => this.#received(data));
    // A close event follows, with all that is known.
    this.#socket.addEventListener('error', () => undefined);
    this.#socket.addEventListener('close', ({ code, reason }) => this.#over({ code, reason }));
  }

  send(frame: string | Uint8Array): void {
    if (this.#handler !== undefined) this.#socket.send(frame);
  }

  /** Ends it without a word to the handler; what still comes is not heard. */
  end(code: number, reason: string): void {
    this.#handler = undefined;
    this.#stopTimer();
    this.#socket.close(code, reason);
  }

  #received(data: unknown): void {
    if (this.#handler === undefined) return;
    const message = this.#options.parse(data);
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
    const { timers, pingMs, ping } = this.#options;
    this.#stopTimer = timers.after(pingMs, () => {
      if (!this.#hasHeard) {
        this.#giveUp('the server is silent');
        return;
      }
      this.#hasHeard = false;
      this.send(ping());
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

/**
 * Parses text frames: objects with a `type`. The server is trusted to keep to its types.
 * @param known the types that this client knows
 */
export const jsonParser =
  <Message>(known: ReadonlySet<unknown>): FrameParser<Message> =>
  (data) => {
    if (typeof data !== 'string') return undefined;
    try {
      const message: unknown = JSON.parse(data);
      if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
      return known.has(message.type) ? (message as Message) : 'unknown';
    } catch {
      return undefined;
    }
  };
