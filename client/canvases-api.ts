import { fromBase64 } from 'lib0/buffer';
import type { components } from '../protocol/generated/openapi.ts';
import { type CanvasBitmap, type CanvasFetch, loadBitmap, platformFetch } from './canvas-bitmap.ts';
import type { TokenSource } from './canvas-connection-options.ts';
import { pathOf, queryOf, RestClient } from './rest-client.ts';

type Schemas = components['schemas'];
export type Canvas = Readonly<Schemas['Canvas']>;
export type CanvasPage = Readonly<Schemas['CanvasPage']>;
export type NewCanvas = Readonly<Schemas['CanvasCreate']>;
export type CanvasPatch = Readonly<Schemas['CanvasPatch']>;
export type CanvasPaletteInfo = Readonly<Schemas['CanvasPaletteInfo']>;
export type CanvasPixel = Readonly<Schemas['CanvasPixel']>;
export type CanvasLock = Readonly<Schemas['CanvasLock']>;
export type CanvasLockPage = Readonly<Schemas['CanvasLockPage']>;
export type NewCanvasLock = Readonly<Schemas['CanvasLockCreate']>;
export type CanvasRewind = Readonly<Schemas['CanvasRewind']>;
export type CanvasRewound = Readonly<Schemas['CanvasRewound']>;
export type CanvasAuditAction = Schemas['CanvasAuditAction'];
export type CanvasAuditPage = Readonly<Schemas['CanvasAuditPage']>;
export type CanvasHistory = Readonly<Schemas['CanvasHistory']>;
export type CanvasStats = Readonly<Schemas['CanvasStats']>;

/** An event of a canvas. */
export interface ReplayedEvent extends Omit<CanvasHistory['items'][number], 'pixels' | 'packed'> {
  /**
   * What it painted, if anything: 4 bytes each, 24 bits of index (`y * width + x`, big-endian), then the palette index.
   */
  readonly pixels: Uint8Array;
}

export interface CanvasesApiOptions {
  /**
   * Of a session, or who gives one: moderators' methods need it. A source is asked before each request, and once more where the
   * server does not take what it gave. `SessionKeeper.token` is one.
   */
  readonly token?: TokenSource;
  /** Default: that of the platform. */
  readonly fetch?: CanvasFetch;
}

interface PageQuery {
  /** From 1. */
  readonly page?: number;
  /** From 1 to 100 (default 20). */
  readonly size?: number;
}

/**
 * Canvases by REST: everything but painting, which a {@link CanvasConnection} does. An `id` may be the slug. Every method
 * throws `ApiError` where the server refuses (401 without a session, 403 where it is not a moderator's), and what `fetch`
 * throws where it is not reached.
 */
export class CanvasesApi {
  readonly #rest: RestClient;
  readonly #server: RestClient;
  readonly #fetch: CanvasFetch;

  /** @param url the server, such as `https://troupe.example.com` */
  constructor(url: string, { token, fetch = platformFetch }: CanvasesApiOptions = {}) {
    const authorized = token === undefined ? fetch : withToken(fetch, token);
    this.#rest = new RestClient(url, '/v1/canvases', authorized);
    this.#server = new RestClient(url, '', fetch);
    this.#fetch = fetch;
  }

  /** Oldest first. */
  list(query: PageQuery = {}): Promise<CanvasPage> {
    return this.#rest.ask<CanvasPage>('GET', queryOf(query));
  }

  get(id: string): Promise<Canvas> {
    return this.#rest.ask<Canvas>('GET', pathOf(id));
  }

  /** For moderators. */
  create(canvas: NewCanvas): Promise<Canvas> {
    return this.#rest.ask<Canvas>('POST', '', canvas);
  }

  /** For moderators: name, palette, rate limits, or `status: 'archived'`. */
  update(id: string, change: CanvasPatch): Promise<Canvas> {
    return this.#rest.ask<Canvas>('PATCH', pathOf(id), change);
  }

  /** Is there no such canvas? What a connection asks where its handshake fails. */
  isGone(id: string): Promise<boolean> {
    return this.#rest.isGone(pathOf(id));
  }

  /** All pixels. */
  bitmap(id: string, signal?: AbortSignal): Promise<CanvasBitmap> {
    return loadBitmap(this.#fetch, this.#rest.urlOf(`${pathOf(id)}/bitmap`), signal);
  }

  /** The same. @param path as a socket tells it, such as `/v1/canvases/{id}/bitmap` */
  bitmapAt(path: string, signal?: AbortSignal): Promise<CanvasBitmap> {
    return loadBitmap(this.#fetch, this.#server.urlOf(path), signal);
  }

  /** Where a picture is, for an `<img>`. @param query `scale`: a whole number from 1 to 16, or 0.1 to 1 */
  snapshotUrl(id: string, query: { readonly format?: 'png' | 'jpg'; readonly scale?: number } = {}): string {
    return this.#rest.urlOf(`${pathOf(id)}/snapshot${queryOf(query)}`);
  }

  palette(id: string): Promise<CanvasPaletteInfo> {
    return this.#rest.ask<CanvasPaletteInfo>('GET', `${pathOf(id)}/palette`);
  }

  /** Who painted a pixel, newest first. @param query `before`: go on at `scannedTo` of the answer before */
  pixel(
    id: string,
    x: number,
    y: number,
    query: { readonly limit?: number; readonly before?: number } = {},
  ): Promise<CanvasPixel> {
    return this.#rest.ask<CanvasPixel>('GET', `${pathOf(id)}/pixels/${x}/${y}${queryOf(query)}`);
  }

  /** Oldest first. */
  locks(id: string, query: PageQuery = {}): Promise<CanvasLockPage> {
    return this.#rest.ask<CanvasLockPage>('GET', `${pathOf(id)}/locks${queryOf(query)}`);
  }

  /** For moderators: nobody can paint there from now on. */
  lock(id: string, lock: NewCanvasLock): Promise<CanvasLock> {
    return this.#rest.ask<CanvasLock>('POST', `${pathOf(id)}/locks`, lock);
  }

  /** For moderators. @returns the lock that was there */
  unlock(id: string, lockId: string, reason?: string): Promise<CanvasLock> {
    const path = `${pathOf(id)}/locks${pathOf(lockId)}${queryOf({ reason })}`;
    return this.#rest.ask<CanvasLock>('DELETE', path);
  }

  /**
   * For moderators: back to what was after event `seq` or at a time; in a region or of one user's painting only. It is an
   * event itself and can be rewound.
   *
   * @param options `dryRun`: only say what would change
   */
  rewind(
    id: string,
    rewind: CanvasRewind,
    options: { readonly dryRun?: boolean } = {},
  ): Promise<CanvasRewound> {
    return this.#rest.ask<CanvasRewound>('POST', `${pathOf(id)}/rewind${queryOf(options)}`, rewind);
  }

  /** For moderators: what moderators did, newest first. */
  audit(
    id: string,
    query: PageQuery & { readonly action?: CanvasAuditAction; readonly user?: string } = {},
  ): Promise<CanvasAuditPage> {
    return this.#rest.ask<CanvasAuditPage>('GET', `${pathOf(id)}/audit${queryOf(query)}`);
  }

  /** The events, to replay them as a time-lapse. @param query `from`, `to`: numbers of events, inclusive */
  history(
    id: string,
    query: {
      readonly from?: number;
      readonly to?: number;
      readonly limit?: number;
      readonly encoding?: 'json' | 'packed';
    } = {},
  ): Promise<CanvasHistory> {
    return this.#rest.ask<CanvasHistory>('GET', `${pathOf(id)}/history${queryOf(query)}`);
  }

  /**
   * The events one by one, in order, however many requests that takes: to show how a canvas came to be, or a part of it.
   *
   * @param query `from`, `to`: numbers of events, inclusive; default: all that there are when they are reached
   */
  async *replay(
    id: string,
    { from = 1, to }: { readonly from?: number; readonly to?: number } = {},
  ): AsyncGenerator<ReplayedEvent, void> {
    const bounds = to === undefined ? {} : { to };
    for (let next: number | null = from; next !== null && next <= (to ?? next); ) {
      const page: CanvasHistory = await this.history(id, { from: next, ...bounds, encoding: 'packed' });
      for (const { packed, pixels: _, ...event } of page.items) {
        yield { ...event, pixels: packed === undefined ? NO_PIXELS : fromBase64(packed) };
      }
      next = page.next;
    }
  }

  stats(id: string): Promise<CanvasStats> {
    return this.#rest.ask<CanvasStats>('GET', `${pathOf(id)}/stats`);
  }
}

const NO_PIXELS = new Uint8Array(0);

const withToken =
  (fetch: CanvasFetch, token: TokenSource): CanvasFetch =>
  async (url, init) => {
    const send = (bearer: string) =>
      fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${bearer}` } });
    if (typeof token === 'string') return send(token);
    const given = await token();
    const response = await send(given);
    return response.status === 401 ? send(await token(given)) : response;
  };
