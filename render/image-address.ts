import ipaddr from 'ipaddr.js';
import { Problem } from '../protocol/problem.ts';

/** What the internet hands out to hosts (RFC 4291); everything else of IPv6 is special or not given out. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Below are the ports of mail, shells and other services that must not be made to talk to a stranger. */
const FIRST_UNPRIVILEGED_PORT = 1024;
const WEB_PORTS: readonly number[] = [80, 443];

/**
 * Is it the address of a host on the public internet? Not: private, loopback, link-local, carrier NAT, multicast,
 * reserved, documentation, nor IPv6 that carries an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo), because
 * what lies behind those is decided elsewhere.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}

/** Hosts that may be private, as `host` or `host:port`. */
export class AllowedHosts {
  readonly #hosts: ReadonlySet<string>;

  constructor(hosts: readonly string[]) {
    this.#hosts = new Set(hosts.map((host) => host.trim().toLowerCase()));
  }

  has(url: URL): boolean {
    const host = url.hostname.toLowerCase();
    return this.#hosts.has(host) || this.#hosts.has(`${host}:${portOf(url)}`);
  }
}

/**
 * Checks all of an image address that can be told without asking anybody. Ports: 80, 443 and those from 1024 on.
 * @throws Problem `image_fetch_refused`
 */
export function checkImageUrl(text: string, base: URL | undefined, allowed: AllowedHosts): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (url === undefined) throw refused('The image address is not a URL.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused('The image address is not http(s).');
  if (url.username !== '' || url.password !== '') throw refused('The image address has credentials in it.');
  if (allowed.has(url)) return url;
  const port = portOf(url);
  if (!WEB_PORTS.includes(port) && port < FIRST_UNPRIVILEGED_PORT) {
    throw refused('The port of the image address is not one of the web.');
  }
  // A socket looks up names only, so what is an address already must be judged here.
  const host = literalHost(url);
  if (ipaddr.isValid(host) && !isPublicAddress(host)) throw notPublic();
  return url;
}

/** The same words for every address that is refused, so that the answer tells nothing about a network. */
export function notPublic(): Problem {
  return refused('The image address is not public.');
}

function refused(detail: string): Problem {
  return new Problem('image_fetch_refused', detail);
}

function literalHost(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}
