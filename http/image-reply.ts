import type { RawBody } from './typed-handlers.ts';

interface ImageReplyOf<Type> {
  readonly status: 200;
  readonly type: Type;
  readonly body: RawBody;
  readonly headers: Readonly<Record<string, string>>;
}

export type ImageReply = ImageReplyOf<'image/png' | 'image/jpeg'>;

type Headers = Readonly<Record<string, string>>;

/** Pages of other origins may show a picture (`<img>` on a page that is not ours). */
const shown = (headers: Headers): Headers => ({ 'Cross-Origin-Resource-Policy': 'cross-origin', ...headers });

/** A picture. */
export function imageReply(mime: string, body: RawBody, headers: Headers): ImageReply {
  if (mime !== 'image/png' && mime !== 'image/jpeg') throw new TypeError(`no image type of ours: ${mime}`);
  return { status: 200, type: mime, body, headers: shown(headers) };
}

/** A picture that was drawn here. */
export const pngReply = (body: RawBody, headers: Headers): ImageReplyOf<'image/png'> => ({
  status: 200,
  type: 'image/png',
  body,
  headers: shown(headers),
});
