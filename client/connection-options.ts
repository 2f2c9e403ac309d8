import type { BackoffOptions } from './backoff.ts';
import type { ClientTimers } from './client-timers.ts';
import type { WebSocketConstructor } from './web-socket-like.ts';

/** What every socket to a server is told. */
export interface SocketOptions {
  /** The server: `http:`, `https:`, `ws:` or `wss:`, such as `https://troupe.example.com`. */
  readonly url: string;
  /** Default: that of the platform. In Node 20: the class of the package `ws`. */
  readonly WebSocket?: WebSocketConstructor;
  /**
   * Is the document gone? Asked where a handshake failed, because a WebSocket does not tell a 404 from a network that is
   * down. `true` closes the connection for good. Default: asks the server by REST.
   */
  readonly isGone?: () => Promise<boolean>;
  readonly backoff?: BackoffOptions;
  /** From an attempt to the first message, in milliseconds. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** How often the server is asked whether it is there, in milliseconds. Default: 20,000. */
  readonly pingMs?: number;
  /** Default: those of the platform. */
  readonly timers?: ClientTimers;
  /** From 0 to below 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/** What a connection to a document is told, where who one is needs no proof. */
export interface ConnectionOptions extends SocketOptions {
  /** Who I say I am. */
  readonly userId: string;
  /** What others see. Default: `userId`. */
  readonly displayName?: string;
}

/**
 * The address of a door.
 * @param path below that of the server, without a slash before it
 * @throws TypeError where that of the server is none
 */
export function doorUrl(server: string, path: string): URL {
  const url = new URL(path, withSlash(server));
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw new TypeError(`The address of a server is http:, https:, ws: or wss:, not ${url.protocol}`);
  }
  return url;
}

/** The address of a door, with everything that joins at once. */
export function joinUrl(options: ConnectionOptions, path: string, lastSeq: number | undefined): string {
  const url = doorUrl(options.url, path);
  url.searchParams.set('userId', options.userId);
  url.searchParams.set('displayName', options.displayName ?? options.userId);
  if (lastSeq !== undefined) url.searchParams.set('lastSeq', String(lastSeq));
  return url.href;
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);
