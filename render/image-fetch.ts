import type { LookupAddress } from 'node:dns';
import { lookup as lookupHost } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { Problem } from '../protocol/problem.ts';
import { AllowedHosts, checkImageUrl, isPublicAddress, notPublic } from './image-address.ts';

/** As for an upload (contract, chapter 5). */
const MAX_BYTES = 20 * 1024 * 1024;
/** All hops together: the people who wait for an export do not wait longer for its background. */
const TIME_LIMIT_MS = 10_000;
/** As many as a shortened link through a content network takes, and some. */
const MAX_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

export interface ImageFetchOptions {
  /** `host` or `host:port` that may be private (IMAGE_FETCH_ALLOW). */
  readonly allowHosts?: readonly string[];
  readonly maxBytes?: number;
  readonly timeLimitMs?: number;
  /** A signal that aborts after so many milliseconds. */
  readonly deadline?: (timeLimitMs: number) => AbortSignal;
  /** All addresses of a name. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
}

export interface ImageFetcher {
  /**
   * The bytes under an http(s) address.
   * @throws Problem `image_fetch_refused`, `image_fetch_failed`, `image_too_large`; the reason of `signal`
   */
  fetch(url: string, signal?: AbortSignal): Promise<Uint8Array>;
}

/**
 * Fetches images from the public internet, and from nowhere else.
 *
 * Each hop is checked by itself: the URL before anything else, and its addresses inside the lookup of the very socket
 * that connects. A name that leads elsewhere a moment later is therefore checked again or not used at all. No proxy, no
 * cookies, one connection per fetch that ends with it.
 */
export function createImageFetcher(options: ImageFetchOptions = {}): ImageFetcher {
  const {
    maxBytes = MAX_BYTES,
    timeLimitMs = TIME_LIMIT_MS,
    deadline = AbortSignal.timeout,
    resolve = (host: string) => lookupHost(host, { all: true }),
  } = options;
  const allowed = new AllowedHosts(options.allowHosts ?? []);

  const follow = async (address: string, signal: AbortSignal): Promise<Uint8Array> => {
    let url = checkImageUrl(address, undefined, allowed);
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const agent = createAgent(allowed.has(url), resolve, timeLimitMs);
      // undici hears the signal only once it is connected, and a lookup or a connect may hang.
      const end = (): void => {
        agent.destroy().catch(() => undefined);
      };
      signal.throwIfAborted();
      signal.addEventListener('abort', end, { once: true });
      try {
        const response = await request(url, {
          dispatcher: agent,
          signal,
          headers: { accept: 'image/png, image/jpeg', 'accept-encoding': 'identity', 'user-agent': 'troupe' },
        });
        // One that is not read to its end breaks when the agent goes; that is no news.
        response.body.on('error', () => undefined);
        const target = redirectOf(response);
        if (target === undefined) return await readImage(response, maxBytes);
        url = checkImageUrl(target, url, allowed);
      } finally {
        signal.removeEventListener('abort', end);
        // Also ends a response that was not read. Not awaited: it would wait for a lookup that hangs.
        end();
      }
    }
    throw failed('The image address redirects too often.');
  };

  return {
    async fetch(address, signal) {
      const timeLimit = deadline(timeLimitMs);
      try {
        return await follow(address, signal === undefined ? timeLimit : AbortSignal.any([signal, timeLimit]));
      } catch (error) {
        if (error instanceof Problem) throw error;
        if (signal?.aborted === true) throw signal.reason;
        if (timeLimit.aborted) throw failed('The server of the image took too long.', error);
        throw failed(describe(error), error);
      }
    },
  };
}

function createAgent(
  mayBePrivate: boolean,
  resolve: (host: string) => Promise<readonly LookupAddress[]>,
  timeLimitMs: number,
): Agent {
  const lookup: LookupFunction = (host, wish, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) callback(new Error('no address'), '', 0);
        // One bad address among good ones is enough: which of them is taken is chance.
        else if (!mayBePrivate && !addresses.every(({ address }) => isPublicAddress(address))) {
          callback(notPublic(), '', 0);
        } else if (wish.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, '', 0),
    );
  };
  return new Agent({
    connections: 1,
    pipelining: 0,
    connect: { lookup, timeout: timeLimitMs },
    headersTimeout: timeLimitMs,
    bodyTimeout: timeLimitMs,
  });
}

/** @returns where to go on; undefined where this is the answer */
function redirectOf({ statusCode, headers }: Dispatcher.ResponseData): string | undefined {
  if (!REDIRECTS.includes(statusCode)) return undefined;
  const { location } = headers;
  if (typeof location !== 'string') throw failed('The image address redirects to nowhere.');
  return location;
}

async function readImage(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Uint8Array> {
  if (statusCode !== 200) throw failed(`The server of the image answered ${statusCode}.`);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    // A few packed bytes could become gigabytes; images are packed already.
    throw failed('The server of the image packed it, though it was asked not to.');
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const image = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    image.set(chunk, offset);
    offset += chunk.length;
  }
  return image;
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('image_too_large', `The image has more than ${maxBytes} bytes.`);
}

function failed(detail: string, cause?: unknown): Problem {
  return new Problem('image_fetch_failed', detail, { cause });
}

/** Short, and without what the system says: its messages name addresses and ports. */
function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The server of the image was not found.';
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return 'The server of the image cannot be reached.';
  }
  return 'The image could not be read from its server.';
}
