import { createHash } from 'node:crypto';
import { pixelColor, pixelCount, pixelIndex, setPixel } from '../../protocol/canvas-pixels.ts';
import { decodeBulkFrame } from '../../protocol/canvas-socket.ts';

/**
 * What one client has of a canvas: a bitmap and the frames that came after it, in their order. Those of two clients that
 * got the same frames after the same picture are one and the same object, so that a thousand clients need the memory of
 * one; where one got anything else, its pictures go their own way.
 */
export class CrowdPicture {
  readonly seq: number;
  /** What the last frame painted. */
  readonly pixels: Uint8Array;
  readonly #frame: Uint8Array;
  readonly #parent: CrowdPicture | undefined;
  readonly #bitmap: Uint8Array | undefined;
  /** Frames since the bitmap, or since what was known to be a picture that others have. */
  readonly age: number;
  #next: CrowdPicture | undefined;
  #hash: string | undefined;

  private constructor(seq: number, frame: Uint8Array, pixels: Uint8Array, before: CrowdPicture | Uint8Array) {
    this.seq = seq;
    this.#frame = frame;
    this.pixels = pixels;
    this.#parent = before instanceof CrowdPicture ? before : undefined;
    this.#bitmap = before instanceof CrowdPicture ? undefined : before;
    this.age = before instanceof CrowdPicture ? before.age + 1 : 0;
  }

  static of(seq: number, bitmap: Uint8Array): CrowdPicture {
    return new CrowdPicture(seq, NOTHING, NOTHING, bitmap);
  }

  /** @param frame a binary `pixel:bulk_update`, kept. @throws RangeError where it is none */
  after(frame: Uint8Array): CrowdPicture {
    if (this.#next !== undefined && Buffer.compare(frame, this.#next.#frame) === 0) return this.#next;
    const decoded = decodeBulkFrame(frame);
    if (decoded === undefined) throw new RangeError('a binary frame of an unknown kind');
    // What is older than the picture is in it.
    if (decoded.seq < this.seq) return this;
    const picture = new CrowdPicture(decoded.seq, frame, decoded.pixels, this);
    this.#next = picture;
    return picture;
  }

  /** A bitmap as what it differs in from this picture. */
  variant(seq: number, bitmap: Uint8Array): CrowdPicture {
    const mine = this.bytes();
    const changed: number[] = [];
    for (let index = 0; index < bitmap.length; index += 1)
      if (bitmap[index] !== mine[index]) changed.push(index);
    const pixels = new Uint8Array(4 * changed.length);
    changed.forEach((index, n) => {
      setPixel(pixels, n, index, bitmap[index] ?? 0);
    });
    return new CrowdPicture(seq, NOTHING, pixels, this);
  }

  /** Palette indices, row by row. */
  bytes(): Uint8Array {
    const steps: CrowdPicture[] = [];
    let root: CrowdPicture = this;
    while (root.#parent !== undefined) {
      steps.push(root);
      root = root.#parent;
    }
    const bytes = new Uint8Array(root.#bitmap ?? NOTHING);
    for (const { pixels } of steps.reverse()) {
      for (let n = 0; n < pixelCount(pixels); n += 1) bytes[pixelIndex(pixels, n)] = pixelColor(pixels, n);
    }
    return bytes;
  }

  hash(): string {
    this.#hash ??= hashOf(this.bytes());
    return this.#hash;
  }
}

const NOTHING = new Uint8Array(0);

/** A picture that is not shared is looked at every so many frames. */
const LOOK_EVERY = 32;
const KEPT = 256;

/** The pictures of a crowd. Equal ones that were come by in different ways are found, and kept once. */
export class CrowdPictures {
  #first: CrowdPicture | undefined;
  /** By event, the last few. */
  readonly #recent = new Map<number, CrowdPicture>();

  /** What a client loaded. */
  loaded(seq: number, bitmap: Uint8Array): CrowdPicture {
    this.#first ??= CrowdPicture.of(seq, bitmap);
    const variant = this.#first.variant(seq, bitmap);
    return variant.pixels.length === 0 && seq === this.#first.seq ? this.#first : variant;
  }

  /** @returns the same picture, or one that is equal and that others have */
  share(picture: CrowdPicture): CrowdPicture {
    const known = this.#recent.get(picture.seq);
    if (known === undefined) {
      this.#recent.set(picture.seq, picture);
      for (const seq of this.#recent.keys()) {
        if (this.#recent.size <= KEPT) break;
        this.#recent.delete(seq);
      }
      return picture;
    }
    if (known === picture || picture.age % LOOK_EVERY !== 0) return picture;
    return known.hash() === picture.hash() ? known : picture;
  }
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
