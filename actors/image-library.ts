import type { ImageBlob, ImageRef } from '../protocol/annotation-messages.ts';
import type { DocumentId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { BlobStore } from '../storage/port.ts';

/** What the header of an image says; width and height are of the upright picture. */
export interface ImageHeader {
  readonly mime: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

export interface ImageLibraryOptions {
  readonly blobs: BlobStore;
  /** Throws a `Problem` where the bytes are no image that may be used. */
  readonly inspect: (bytes: Uint8Array) => ImageHeader;
  /** Fetches from public addresses only. Rejects with a `Problem`. */
  readonly fetch: (url: string, signal?: AbortSignal) => Promise<Uint8Array>;
}

/** Images are at most this large, given or fetched. */
export const IMAGE_BYTES_LIMIT = 20 * 1024 * 1024;
/** A `data:` URL up to this length is answered as it was given; a longer one as the path that serves the image. */
export const INLINE_URL_LIMIT = 64 * 1024;

const DATA_URL = /^data:image\/(?:png|jpeg);base64,/;
const PATH = '/body/image_url';

/** A fetched or stored image. */
export interface LoadedImage {
  readonly blob: ImageBlob;
  readonly bytes: Uint8Array;
}

/** Pictures under annotations: takes them in, keeps them by content, gives them out. */
export class ImageLibrary {
  readonly #options: ImageLibraryOptions;
  /** Fetches under way by URL: exports that begin together fetch once. */
  readonly #fetching = new Map<string, Promise<LoadedImage>>();

  constructor(options: ImageLibraryOptions) {
    this.#options = options;
  }

  /**
   * The image that `url` stands for, its bytes stored where it carries them.
   * @param path where the caller gives it
   * @returns undefined where it names the image that the document already has
   * @throws Problem that names `path`
   */
  async accept(
    url: string | null,
    documentId: DocumentId | undefined,
    path = PATH,
  ): Promise<ImageRef | null | undefined> {
    if (url === null) return null;
    if (documentId !== undefined && url === servedPath(documentId)) return undefined;
    if (!DATA_URL.test(url)) return { kind: 'url', url: publicUrl(url, path) };
    const inline = url.length <= INLINE_URL_LIMIT ? { inline: url } : {};
    return {
      ...(await this.acceptBytes(decodeBase64(url.slice(url.indexOf(',') + 1), path), path)),
      ...inline,
    };
  }

  /** The image that these bytes are, stored. @throws Problem that names `path` */
  async acceptBytes(bytes: Uint8Array, path: string): Promise<Extract<ImageRef, { kind: 'blob' }>> {
    try {
      return { kind: 'blob', blob: await this.put(bytes) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new Problem(error.code, error.message, { errors: [{ path, message: error.message }] });
    }
  }

  /** Stores an image and tells what it is. @throws Problem `image_*` */
  async put(bytes: Uint8Array): Promise<ImageBlob> {
    if (bytes.length > IMAGE_BYTES_LIMIT) {
      throw new Problem('image_too_large', `The image has more than ${IMAGE_BYTES_LIMIT} bytes.`);
    }
    const { mime, width, height } = this.#options.inspect(bytes);
    const hash = await this.#options.blobs.put(bytes);
    return { hash, mime, bytes: bytes.length, width, height };
  }

  /** The bytes of a stored image. */
  async get(blob: ImageBlob): Promise<Uint8Array> {
    const bytes = await this.#options.blobs.get(blob.hash);
    if (bytes === undefined) throw new Error(`image ${blob.hash} is not in the store`);
    return bytes;
  }

  /** The image of a document, fetched where it has not been yet. @throws Problem `image_*` */
  async load(image: ImageRef, signal: AbortSignal): Promise<LoadedImage> {
    const blob = image.kind === 'blob' ? image.blob : image.copy;
    if (blob !== undefined) return { blob, bytes: await this.get(blob) };
    const { url } = image as Extract<ImageRef, { kind: 'url' }>;
    const underWay = this.#fetching.get(url);
    if (underWay !== undefined) return underWay;
    const fetching = this.#options
      .fetch(url, signal)
      .then(async (bytes) => ({ blob: await this.put(bytes), bytes }))
      .finally(() => this.#fetching.delete(url));
    this.#fetching.set(url, fetching);
    return fetching;
  }
}

/** Where the image that the server holds for a document is served. */
export const servedPath = (id: DocumentId): string => `/v1/rooms/${id}/image`;

function publicUrl(text: string, path: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw Problem.invalid(
      path,
      'must be an http(s) address, a data: image, or the image that the document has',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw Problem.invalid(path, 'must not carry a user name or a password');
  }
  return text;
}

/** Strict: `Buffer.from` skips what is no base64. */
function decodeBase64(text: string, path: string): Buffer {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw Problem.invalid(path, 'must carry its image in base64');
  }
  return Buffer.from(text, 'base64');
}
