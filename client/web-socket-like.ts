/**
 * The part of the WebSocket interface of browsers that the client uses. The global `WebSocket` of browsers and of
 * Node 22 has it, and so has the class of the npm package `ws` for Node 20.
 */
export interface WebSocketLike {
  /** How binary frames are given; the client asks for `arraybuffer`. */
  binaryType: string;
  send(data: string | Uint8Array): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
}

export type WebSocketConstructor = new (url: string) => WebSocketLike;

/** @throws TypeError where the platform has none: pass one in, such as the class of `ws` */
export function platformWebSocket(): WebSocketConstructor {
  const { WebSocket } = globalThis as { readonly WebSocket?: WebSocketConstructor };
  if (WebSocket === undefined) {
    throw new TypeError('This platform has no WebSocket: pass the class of the package `ws` as option.');
  }
  return WebSocket;
}
