import { WebSocket } from 'ws';

/** Nobody listens there: what is dialled while the network is away fails as it would without one. */
const NOWHERE = 'ws://127.0.0.1:9/';

/** What a network sees of the sockets that are dialled over it. */
export interface Wiretap {
  dialled?(socket: WebSocket, url: URL): void;
  /** Before the client reads it. */
  heard?(data: unknown, isBinary: boolean): void;
  said?(data: string | Uint8Array): void;
}

/** As the client's own, or another program, makes its sockets. */
type Dial = new (url: string | URL, protocols?: string | string[]) => WebSocket;

/** The network of one client: the class of its sockets, which can be cut and kept away. */
export class RoomNetwork {
  readonly WebSocket: Dial;
  #latest: WebSocket | undefined;
  #isAway = false;

  constructor(tap: Wiretap = {}) {
    const network = this;
    this.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(network.#isAway ? NOWHERE : url, protocols, { perMessageDeflate: false });
        if (network.#isAway) return;
        network.#latest = this;
        tap.dialled?.(this, new URL(url));
        // The first listener: it hears everything before the client does.
        this.on('message', (data, isBinary) => tap.heard?.(data, isBinary));
      }

      override send(data: string | Uint8Array): void {
        tap.said?.(data);
        super.send(data);
      }
    };
  }

  /** Cuts the connection, as a network does. */
  cut(): void {
    this.#latest?.terminate();
  }

  /** Cuts it, and lets no other one be made until `comeBack`. */
  goAway(): void {
    this.#isAway = true;
    this.cut();
  }

  comeBack(): void {
    this.#isAway = false;
  }
}
