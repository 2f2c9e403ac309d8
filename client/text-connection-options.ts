import type { BackoffOptions } from './backoff.ts';
import type { ClientTimers } from './client-timers.ts';
import type { WebSocketConstructor } from './web-socket-like.ts';

export interface TextConnectionOptions {
  /** The server: `http:`, `https:`, `ws:` or `wss:`, such as `https://troupe.example.com`. */
  readonly url: string;
  readonly documentId: string;
  /** Who I say I am. */
  readonly userId: string;
  /** What others see. Default: `userId`. */
  readonly displayName?: string;
  /** Names the author of updates to other clients. Default: `userId`. */
  readonly actorId?: string;
  /** Default: that of the platform. In Node 20: the class of the package `ws`. */
  readonly WebSocket?: WebSocketConstructor;
  /**
   * The whole document now, in the clients' own format; asked for when the server wants to shorten its log. It must
   * contain every update up to the present seq. `undefined`: not from this client.
   */
  readonly snapshot?: () => Uint8Array | undefined;
  /**
   * Is the document gone? Asked where a handshake failed, because a WebSocket does not tell a 404 from a network that is
   * down. `true` closes the connection for good. Default: asks the server by REST.
   */
  readonly isGone?: () => Promise<boolean>;
  readonly backoff?: BackoffOptions;
  /** Updates under way at the same time; the others wait in the queue. Default: 256. */
  readonly window?: number;
  /** Bytes of one update; a larger one is refused at once. Default: 1 MiB, as the server has it. */
  readonly maxUpdateBytes?: number;
  /** From an attempt to the first message, in milliseconds. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** How often the server is asked whether it is there, in milliseconds. Default: 20,000. */
  readonly pingMs?: number;
  /** Default: those of the platform. */
  readonly timers?: ClientTimers;
  /** From 0 to below 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** Unique ids of updates. Default: UUIDs. */
  readonly newOpId?: () => string;
}

/** The address of the door, with everything that joins at once. */
export function joinUrl(options: TextConnectionOptions, lastSeq: number | undefined): string {
  const url = new URL(`ws/documents/${encodeURIComponent(options.documentId)}`, withSlash(options.url));
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  url.searchParams.set('userId', options.userId);
  url.searchParams.set('displayName', options.displayName ?? options.userId);
  if (lastSeq !== undefined) url.searchParams.set('lastSeq', String(lastSeq));
  return url.href;
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);
