import { createHash } from 'node:crypto';
import PQueue from 'p-queue';
import type { Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { ImageFormat, PaletteRenderer } from '../render/port.ts';
import { ByteCache } from './byte-cache.ts';
import type { CanvasBitmaps, HashedBitmap } from './canvas-bitmaps.ts';
import type { CanvasDocument } from './canvas-document.ts';
import { SharedRuns } from './shared-runs.ts';

export interface PictureQuery {
  readonly format: ImageFormat;
  /** A whole number from 1, or below 1. */
  readonly scale: number;
}

export interface CanvasPicture {
  readonly seq: Seq;
  /** Hex: the same for the same picture in the same format, and for no other. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

export interface CanvasPicturesParts {
  readonly bitmaps: CanvasBitmaps;
  readonly renderer: PaletteRenderer;
  /** Pictures that are drawn at the same time. */
  readonly concurrency: number;
  readonly limits?: PictureLimits;
}

export interface PictureLimits {
  /** Of the pictures that are kept. */
  readonly cacheBytes: number;
  /** Different pictures that may wait or be drawn: more are refused. */
  readonly pending: number;
}

/** Pictures that are kept between requests. */
export const PICTURE_CACHE_BYTES = 64 * 1024 * 1024;

export const PICTURE_LIMITS: PictureLimits = { cacheBytes: PICTURE_CACHE_BYTES, pending: 64 };

/** Pictures of canvases as they are now: drawn once for all who ask at the same time, and kept for a while. */
export class CanvasPictures {
  readonly #parts: CanvasPicturesParts;
  readonly #limits: PictureLimits;
  readonly #cache: ByteCache;
  readonly #drawings = new SharedRuns<CanvasPicture>();
  readonly #queue: PQueue;

  constructor(parts: CanvasPicturesParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? PICTURE_LIMITS;
    this.#cache = new ByteCache(this.#limits.cacheBytes);
    this.#queue = new PQueue({ concurrency: parts.concurrency });
  }

  /** Which picture it is, without drawing it. @throws Problem `not_found` */
  async find(canvas: CanvasDocument, query: PictureQuery): Promise<Pick<CanvasPicture, 'seq' | 'hash'>> {
    const bitmap = await this.#parts.bitmaps.read(canvas);
    return { seq: bitmap.seq, hash: pictureHash(bitmap, query) };
  }

  /** @throws Problem `not_found`, `image_too_large`, `overloaded` */
  draw(canvas: CanvasDocument, query: PictureQuery): Promise<CanvasPicture> {
    return this.#drawings.run(`${canvas.id} ${query.format} ${query.scale}`, async () => {
      const bitmap = await this.#parts.bitmaps.read(canvas);
      const { seq } = bitmap;
      const hash = pictureHash(bitmap, query);
      const known = this.#cache.get(hash);
      if (known !== undefined) return { seq, hash, bytes: known };
      const bytes = await this.#render(bitmap, query);
      this.#cache.put(hash, bytes);
      return { seq, hash, bytes };
    });
  }

  async #render(bitmap: HashedBitmap, query: PictureQuery): Promise<Uint8Array> {
    if (this.#queue.size + this.#queue.pending >= this.#limits.pending) {
      throw new Problem('overloaded', 'Too many pictures of canvases wait.');
    }
    const { width, height, palette, bytes: colors } = bitmap;
    return this.#queue.add(async () => {
      const { bytes } = await this.#parts.renderer.renderPalette({
        width,
        height,
        palette,
        colors,
        ...query,
      });
      return bytes;
    });
  }
}

function pictureHash({ width, palette, hash }: HashedBitmap, { format, scale }: PictureQuery): string {
  return createHash('sha256')
    .update(JSON.stringify([hash, width, palette, format, scale]))
    .digest('hex');
}
