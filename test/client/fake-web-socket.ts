import { EventEmitter } from 'node:events';
import type { WebSocketConstructor, WebSocketLike } from '../../client/web-socket-like.ts';
import type { TextServerMessage } from '../../protocol/text-socket.ts';

/** One socket of which the test plays the server's end. */
export class FakeWebSocket extends EventEmitter implements WebSocketLike {
  readonly url: URL;
  /** What the client said. */
  readonly sent: { readonly type: string; readonly [key: string]: unknown }[] = [];
  /** How the client closed it. */
  closed: { readonly code: number | undefined; readonly reason: string | undefined } | undefined;

  constructor(url: string) {
    super();
    this.url = new URL(url);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(code?: number, reason?: string): void {
    this.closed = { code, reason };
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.on(type, listener as (event: unknown) => void);
  }

  says(...messages: readonly TextServerMessage[]): void {
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
export function fakeNetwork(): {
  readonly WebSocket: WebSocketConstructor;
  readonly sockets: FakeWebSocket[];
} {
  const sockets: FakeWebSocket[] = [];
  class Recorded extends FakeWebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  return { WebSocket: Recorded, sockets };
}
