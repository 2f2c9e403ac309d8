/** Where some bytes lie in the one buffer that travels with a message: start and end. */
export type ByteRange = readonly [start: number, end: number];

/**
 * Gathers the bytes of one message between threads in one buffer, which is handed over and not copied again. Each
 * piece alone would be cloned together with the whole buffer that it is a view of (8 KB for a small Buffer).
 */
export class BytePack {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): ByteRange {
    const start = this.#length;
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    return [start, this.#length];
  }

  /** All pieces, in a buffer of their own. */
  pack(): Uint8Array<ArrayBuffer> {
    const packed = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      packed.set(piece, at);
      at += piece.length;
    }
    return packed;
  }
}

export const unpack = (packed: Uint8Array, [start, end]: ByteRange): Uint8Array =>
  packed.subarray(start, end);
