import { ApiError } from './rest-client.ts';

/** All pixels of a canvas: palette indices, row by row, as they were after event `seq`. */
export interface CanvasBitmap {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** The part of `fetch` that canvases need. */
export type CanvasFetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers?: Record<string, string>;
    readonly body?: string | Blob;
    readonly cache?: 'no-cache';
    readonly signal?: AbortSignal;
  },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

export const platformFetch: CanvasFetch = (url, init) => fetch(url, init);

/**
 * @param url of the bitmap
 * @throws ApiError where the server refuses, or its answer does not say of which event it is
 */
export async function loadBitmap(
  canvasFetch: CanvasFetch,
  url: string,
  signal?: AbortSignal,
): Promise<CanvasBitmap> {
  // `no-cache`: a browser may use what it has, but only after it has asked whether that is still so.
  const init = { method: 'GET', cache: 'no-cache', ...(signal === undefined ? {} : { signal }) } as const;
  const response = await canvasFetch(url, init);
  if (!response.ok) {
    throw new ApiError(response.status, `GET ${url} was answered ${response.status}`, undefined);
  }
  const seq = Number(response.headers.get('x-canvas-seq') ?? Number.NaN);
  if (!Number.isSafeInteger(seq)) {
    // A browser hides headers of other origins that are not exposed to it.
    throw new ApiError(response.status, `GET ${url} was answered without X-Canvas-Seq`, undefined);
  }
  return { seq, bytes: new Uint8Array(await response.arrayBuffer()) };
}
