import type { RawBody } from './typed-handlers.ts';

export interface ImageReply {
  readonly status: 200;
  readonly type: 'image/png' | 'image/jpeg';
  readonly body: RawBody;
  readonly headers: Readonly<Record<string, string>>;
}

/** A picture. Pages of other origins may show it (`<img>` on a page that is not ours). */
export function imageReply(
  mime: string,
  body: RawBody,
  headers: Readonly<Record<string, string>>,
): ImageReply {
  if (mime !== 'image/png' && mime !== 'image/jpeg') throw new TypeError(`no image type of ours: ${mime}`);
  return {
    status: 200,
    type: mime,
    body,
    headers: { 'Cross-Origin-Resource-Policy': 'cross-origin', ...headers },
  };
}
