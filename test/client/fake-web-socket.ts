import { EventEmitter } from 'node:events';
import type { WebSocketConstructor, WebSocketLike } from '../../client/web-socket-like.ts';

interface Message {
  readonly type: string;
}

/** One socket of which the test plays the server's end. `Said`: what the server of its door says. */
export class FakeWebSocket<Said extends Message = Message> extends EventEmitter implements WebSocketLike {
  readonly url: URL;
  binaryType = 'blob';
  /** What the client said. */
  readonly sent: { readonly type: string; readonly [key: string]: unknown }[] = [];
  /** Its binary frames. */
  readonly sentBinary: Uint8Array[] = [];
  /** How the client closed it. */
  closed: { readonly code: number | undefined; readonly reason: string | undefined } | undefined;

  constructor(url: string) {
    super();
    this.url = new URL(url);
  }

  send(data: string | Uint8Array): void {
    if (typeof data === 'string') this.sent.push(JSON.parse(data));
    else this.sentBinary.push(data.slice());
  }

  close(code?: number, reason?: string): void {
    this.closed = { code, reason };
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.on(type, listener as (event: unknown) => void);
  }

  says(...messages: readonly Said[]): void {
    for (const message of messages) this.saysRaw(JSON.stringify(message));
  }

  saysRaw(data: unknown): void {
    this.emit('message', { data });
  }

  opens(): void {
    this.emit('open');
  }

  ends(code: number, reason = ''): void {
    this.emit('close', { code, reason });
  }

  sentOf(type: string): FakeWebSocket['sent'] {
    return this.sent.filter((message) => message.type === type);
  }
}

/** A network of fake sockets: the class to inject, and every socket that was made of it. */
export function fakeNetwork<Said extends Message = Message>(): {
  readonly WebSocket: WebSocketConstructor;
  readonly sockets: FakeWebSocket<Said>[];
} {
  const sockets: FakeWebSocket<Said>[] = [];
  class Recorded extends FakeWebSocket<Said> {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  return { WebSocket: Recorded, sockets };
}
