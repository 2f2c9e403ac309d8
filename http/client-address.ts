import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What stands in for an address that the socket no longer knows: its caller is gone. */
const UNKNOWN = 'unknown';
/** Somebody with one line at home has at least that many bits of IPv6 addresses to choose from (RFC 6177). */
const IPV6_SITE_BITS = 64;

/**
 * Where a request or a handshake comes from: the peer of the socket or, behind proxies, what they say in
 * `X-Forwarded-For`. Only the last `trustedHops` entries were written by proxies of ours; whatever stands before them is
 * the caller's own tale.
 *
 * @param trustedHops proxies in front of this server; 0: the header is not looked at
 * @returns an IPv4 address, or an IPv6 one in its shortest form; an IPv4 address in IPv6 clothes is taken out of them
 */
export function clientAddress(request: IncomingMessage, trustedHops: number): string {
  const peer = request.socket.remoteAddress;
  if (trustedHops === 0) return normalAddress(peer) ?? UNKNOWN;
  const header = request.headers['x-forwarded-for'];
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  const hops = [peer, ...text.split(',').slice(-trustedHops).reverse()].slice(0, trustedHops + 1);
  // A hop that makes no sense ends what can be believed.
  let believed = normalAddress(peer) ?? UNKNOWN;
  for (const hop of hops.slice(1)) {
    const address = normalAddress(hop);
    if (address === undefined) break;
    believed = address;
  }
  return believed;
}

/**
 * What limits are counted by: an IPv4 address itself; of IPv6 the network of 64 bits, since its owner has all of them.
 *
 * @param address as `clientAddress` gives it
 */
export function addressGroup(address: string): string {
  if (isIP(address) !== 6) return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/${IPV6_SITE_BITS}`).toString();
}

/** Some proxies add a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:\[([0-9a-f:.]+)\]|(\d+(?:\.\d+){3}))(?::\d+)?$/i;

function normalAddress(text: string | undefined): string | undefined {
  const given = text?.trim() ?? '';
  const matched = WITH_PORT.exec(given);
  const bare = matched?.[1] ?? matched?.[2] ?? given;
  // A scope (`fe80::1%eth0`) is of no use to tell callers apart.
  const address = bare.replace(/%.*$/, '');
  return isIP(address) === 0 ? undefined : ipaddr.process(address).toString();
}
