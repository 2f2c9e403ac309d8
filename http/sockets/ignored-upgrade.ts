import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Belong to the upgrade, not to the request. */
const UPGRADE_HEADERS: ReadonlySet<string> = new Set(['upgrade', 'http2-settings']);

export const isWebSocketUpgrade = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

/**
 * Answers a request that offers another protocol, such as `h2c`, as if it did not (RFC 9110, 7.8). Node gives every
 * upgrade to the one listener and has let go of the connection by then: the request is put back in front of what is
 * still to be read, without the offer, and the server takes the connection as a new one.
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    const value = rawHeaders[i + 1] ?? '';
    if (UPGRADE_HEADERS.has(name.toLowerCase())) continue;
    if (name.toLowerCase() !== 'connection') lines.push(`${name}: ${value}`);
    else lines.push(`${name}: ${withoutUpgrade(value)}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

/** `Upgrade, HTTP2-Settings` → `keep-alive` */
function withoutUpgrade(connection: string): string {
  const rest = connection
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '' && !UPGRADE_HEADERS.has(option.toLowerCase()));
  return rest.length === 0 ? 'keep-alive' : rest.join(', ');
}
