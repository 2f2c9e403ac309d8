import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Problem } from '../protocol/problem.ts';

/** A proxy on this machine makes the whole world look like loopback; it says so by one of these. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** Of the peer's own address, as the socket knows it. */
export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback';

/** Equal lengths first: only digests of equal length can be compared in constant time. */
const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

/**
 * Lets a request see the inside of the process. With a token: whoever has it (`Authorization: Bearer` or `?token=`); else
 * throws `unauthorized`. Without one: only this machine itself, by a local host name (a foreign page can make a browser
 * resolve its own name to 127.0.0.1), and not through a proxy; else throws `forbidden`. What a header says about the
 * caller's address is never believed.
 */
export function checkDebugAccess(
  request: IncomingMessage,
  token: string | undefined,
  given: string | undefined,
): void {
  if (token !== undefined) {
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (isSame(bearer ?? given ?? '', token)) return;
    throw new Problem('unauthorized', 'Give the debug token.', { headers: { 'WWW-Authenticate': 'Bearer' } });
  }
  const isDirect = FORWARDED.every((name) => request.headers[name] === undefined);
  if (isDirect && isLoopback(request.socket.remoteAddress) && LOCAL_HOST.test(request.headers.host ?? ''))
    return;
  throw new Problem('forbidden', 'Only from this machine itself, unless a debug token is set.');
}
