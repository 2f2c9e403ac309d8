import { createHash } from 'node:crypto';
import type { Pixels } from './pixels.ts';

/** Decodes an encoded picture to pixels that the caller owns. */
export type Decode = (bytes: Uint8Array) => Promise<Pixels>;

/**
 * Remembers decoded pictures by the hash of their bytes: a document is exported and previewed again and again on the
 * same base image. What was used longest ago goes first.
 */
export class DecodedImages {
  readonly #decode: Decode;
  readonly #maxBytes: number;
  /** In order of their last use. */
  readonly #kept = new Map<string, Pixels>();
  #bytes = 0;
  /** Memory of the last copy: a page is done with when the next one is asked for. */
  #page = new Uint8Array(0);

  /** @param maxBytes - of all decoded pictures together; one that takes more than half of it is not kept */
  constructor(decode: Decode, maxBytes: number) {
    this.#decode = decode;
    this.#maxBytes = maxBytes;
  }

  #keep(key: string, pixels: Pixels): void {
    const size = pixels.data.byteLength;
    if (size > this.#maxBytes / 2) return;
    for (const [oldest, { data }] of this.#kept) {
      if (this.#bytes + size <= this.#maxBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= data.byteLength;
    }
    this.#kept.set(key, { ...pixels, data: pixels.data.slice() });
    this.#bytes += size;
  }

  #copy(pixels: Pixels): Pixels {
    if (this.#page.length !== pixels.data.length) this.#page = new Uint8Array(pixels.data.length);
    this.#page.set(pixels.data);
    return { ...pixels, data: this.#page };
  }

  /** The decoded picture, which may be painted on; it is the caller's until the next call. */
  async get(bytes: Uint8Array): Promise<Pixels> {
    const key = createHash('sha256').update(bytes).digest('base64');
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return this.#copy(known);
    }
    const pixels = await this.#decode(bytes);
    this.#keep(key, pixels);
    return pixels;
  }
}
