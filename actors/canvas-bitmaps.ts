import { webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { CanvasBitmap } from '../protocol/canvas-messages.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import type { CanvasDocument } from './canvas-document.ts';
import { SharedRuns } from './shared-runs.ts';

/** How bytes are compressed, as HTTP calls it. */
export type Coding = 'br' | 'gzip' | 'identity';

/** All pixels of a canvas and the hash of them. */
export interface HashedBitmap extends CanvasBitmap {
  /** SHA-256 of the pixels, hex. */
  readonly hash: string;
}

/** The same, ready for the wire. */
export interface EncodedBitmap {
  readonly seq: Seq;
  readonly hash: string;
  readonly bytes: Uint8Array;
}

interface Kept {
  readonly bitmap: HashedBitmap;
  /** Of these pixels, whatever their `seq`. */
  readonly encoded: Map<Coding, Uint8Array>;
}

/** Raw and compressed bitmaps that are kept together: those of some sixty canvases of a million pixels. */
export const BITMAP_CACHE_BYTES = 96 * 1024 * 1024;

/** The knee of the curve: up to a fifth less than 4 makes, for twice its time (docs/decisions/0014-canvas-costs.md). */
const BROTLI_QUALITY = 5;
/** As far back as a megabyte: more than one row of any canvas. */
const BROTLI_WINDOW_BITS = 20;
const GZIP_LEVEL = 4;

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/**
 * Bitmaps of canvases, as new as the question. However many ask, one copy, one hash and one compression of a canvas go on
 * at a time, all off the event loop; what has not changed since is not made again.
 */
export class CanvasBitmaps {
  readonly #budget: number;
  /** The least recently used first. */
  readonly #kept = new Map<DocumentId, Kept>();
  readonly #reads = new SharedRuns<Kept>();
  readonly #encodings = new SharedRuns<EncodedBitmap>();

  /** @param budget bytes that are kept between requests */
  constructor(budget = BITMAP_CACHE_BYTES) {
    this.#budget = budget;
  }

  /** @throws Problem `not_found` */
  async read(canvas: CanvasDocument): Promise<HashedBitmap> {
    return (await this.#read(canvas)).bitmap;
  }

  /** @throws Problem `not_found` */
  encode(canvas: CanvasDocument, coding: Coding): Promise<EncodedBitmap> {
    return this.#encodings.run(`${canvas.id} ${coding}`, async () => {
      const { bitmap, encoded } = await this.#read(canvas);
      const { seq, hash, bytes } = bitmap;
      if (coding === 'identity') return { seq, hash, bytes };
      const known = encoded.get(coding);
      if (known !== undefined) return { seq, hash, bytes: known };
      const made = await compress(bytes, coding);
      encoded.set(coding, made);
      this.#trim();
      return { seq, hash, bytes: made };
    });
  }

  #read(canvas: CanvasDocument): Promise<Kept> {
    return this.#reads.run(canvas.id, async () => {
      const before = this.#kept.get(canvas.id);
      if (before !== undefined && before.bitmap.seq === (await canvas.head())) {
        this.#keep(canvas.id, before);
        return before;
      }
      const bitmap = await canvas.query({ type: 'canvas.bitmap' });
      const hash = await sha256(bitmap.bytes);
      const isSame = before?.bitmap.hash === hash;
      const kept = { bitmap: { ...bitmap, hash }, encoded: isSame ? before.encoded : new Map() };
      this.#keep(canvas.id, kept);
      this.#trim();
      return kept;
    });
  }

  /** As the one that was used last. */
  #keep(id: DocumentId, kept: Kept): void {
    this.#kept.delete(id);
    this.#kept.set(id, kept);
  }

  #trim(): void {
    let bytes = 0;
    for (const kept of this.#kept.values()) bytes += sizeOf(kept);
    for (const [id, kept] of this.#kept) {
      if (bytes <= this.#budget) return;
      this.#kept.delete(id);
      bytes -= sizeOf(kept);
    }
  }
}

function sizeOf({ bitmap, encoded }: Kept): number {
  let size = bitmap.bytes.byteLength;
  for (const bytes of encoded.values()) size += bytes.byteLength;
  return size;
}

const sha256 = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');

function compress(bytes: Uint8Array, coding: Exclude<Coding, 'identity'>): Promise<Uint8Array> {
  if (coding === 'gzip') return gzipAsync(bytes, { level: GZIP_LEVEL });
  return brotliAsync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
}
