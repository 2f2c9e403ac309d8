import { CANVAS_HEARTBEAT_MS, CLOSE_TOKEN_EXPIRED } from '../protocol/canvas-socket.ts';
import type { CanvasConnectionOptions } from './canvas-connection-options.ts';
import { type CanvasFrame, parseCanvasFrame } from './canvas-frame.ts';
import { CanvasesApi } from './canvases-api.ts';
import { isPermanent } from './close-code.ts';
import { doorUrl } from './connection-options.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';
import { ApiError } from './rest-client.ts';
import { SessionsApi } from './sessions-api.ts';
import type { SocketEnd } from './socket-session.ts';

export interface CanvasLinkHandler {
  /** The last event whose pixels are here; `undefined`: none are. */
  resumeAfter(): number | undefined;
  /** Asks the server whether it is there. */
  heartbeat(): string;
  message(frame: CanvasFrame): void;
  lost(end: SocketEnd): void;
  status(status: ConnectionStatus): void;
}

/** The socket of a canvas, with the token that it takes: one that is refused is asked for anew, once. */
export class CanvasLink {
  readonly #options: CanvasConnectionOptions;
  readonly #handler: CanvasLinkHandler;
  readonly #socket: ReconnectingSocket<CanvasFrame>;
  /** The last one that was used. */
  #token: string | undefined;
  #isRefused = false;
  /** Since the server last took one. */
  #hasAskedAgain = false;

  /** @throws TypeError where there is no WebSocket */
  constructor(options: CanvasConnectionOptions, handler: CanvasLinkHandler) {
    this.#options = options;
    this.#handler = handler;
    const { pingMs = CANVAS_HEARTBEAT_MS } = options;
    this.#socket = new ReconnectingSocket<CanvasFrame>(
      { ...options, pingMs },
      {
        url: () => this.#url(),
        parse: parseCanvasFrame,
        message: (frame) => handler.message(frame),
        lost: (end) => handler.lost(end),
        status: (status) => handler.status(status),
        isGone: () => this.#isGone(),
        ping: () => handler.heartbeat(),
        isFinal: (code) => (code === CLOSE_TOKEN_EXPIRED ? !this.#canAskAgain() : isPermanent(code)),
      },
    );
  }

  get status(): ConnectionStatus {
    return this.#socket.status;
  }

  /** @throws SyntaxError, TypeError where the address is none */
  join(): void {
    // A token that takes a while must not hide that.
    doorUrl(this.#options.url, '');
    this.#socket.join();
  }

  send(frame: string): void {
    this.#socket.send(frame);
  }

  /** The server let us in. */
  catchingUp(seq: number): void {
    this.#hasAskedAgain = false;
    this.#socket.catchingUp(seq);
  }

  live(): void {
    this.#socket.live();
  }

  comeBack(reason: string): void {
    this.#socket.comeBack(reason);
  }

  retryNow(): void {
    this.#socket.retryNow();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  #url(): string | Promise<string> {
    const { token } = this.#options;
    if (typeof token === 'function') return this.#urlWith(token);
    this.#token = token;
    return this.#address();
  }

  async #urlWith(source: (refused?: string) => string | Promise<string>): Promise<string> {
    this.#token = await (this.#isRefused ? source(this.#token) : source());
    this.#isRefused = false;
    return this.#address();
  }

  #address(): string {
    const { url, canvasId } = this.#options;
    const address = doorUrl(url, `v1/ws/canvases/${encodeURIComponent(canvasId)}`);
    const lastSeq = this.#handler.resumeAfter();
    if (this.#token !== undefined) address.searchParams.set('token', this.#token);
    if (lastSeq !== undefined) address.searchParams.set('lastSeq', String(lastSeq));
    return address.href;
  }

  /** Whether the token that was refused may be replaced. */
  #canAskAgain(): boolean {
    if (typeof this.#options.token !== 'function' || this.#hasAskedAgain) return false;
    this.#hasAskedAgain = true;
    this.#isRefused = true;
    return true;
  }

  /** A WebSocket does not tell why a handshake failed: that the canvas is gone and that the token is bad, REST tells. */
  async #isGone(): Promise<boolean> {
    const { url, canvasId, fetch } = this.#options;
    const token = this.#token;
    if (await new CanvasesApi(url, fetch === undefined ? {} : { fetch }).isGone(canvasId)) return true;
    if (token === undefined || !(await this.#isBad(token))) return false;
    // Attempts may be quicker than this answer: the one before has asked the same, and the next one asks for another token.
    if (this.#isRefused) return false;
    const isStillSo = this.status.name === 'waiting' && this.#token === token;
    if (isStillSo && !this.#canAskAgain()) this.close(CLOSE_TOKEN_EXPIRED, 'the token is not taken');
    return false;
  }

  async #isBad(token: string): Promise<boolean> {
    try {
      await new SessionsApi(this.#options.url, this.#options.fetch).renew(token);
      return false;
    } catch (error) {
      return error instanceof ApiError && error.status === 401;
    }
  }
}
