import type { HuffmanTable } from './jpeg-tables.ts';
import { BLOCK, type Coefficients } from './jpeg-transform.ts';

/**
 * What is written for a symbol, whose low four bits say how many bits of the value follow its code: `code`, shifted to
 * leave room for them, `<< 5 |` the bits of both. Codes have up to 16 bits and values up to 11, but never both.
 */
export type HuffmanCodes = Int32Array;

/** Assigns the codes of a table: counted up, and doubled with each length (ITU-T T.81, annex C.2). */
export function huffmanCodes({ counts, values }: HuffmanTable): HuffmanCodes {
  const codes = new Int32Array(256);
  let code = 0;
  let next = 0;
  counts.forEach((count, index) => {
    for (let i = 0; i < count; i++) {
      const symbol = values[next] as number;
      const valueBits = symbol & 15;
      codes[symbol] = (code << (valueBits + 5)) | (index + 1 + valueBits);
      next += 1;
      code += 1;
    }
    code <<= 1;
  });
  return codes;
}

/** No block is longer: 64 coefficients of 16 bits of code and 10 of value, each byte followed by a stuffed one. */
export const MAX_BLOCK_BYTES = 2 * ((BLOCK * 26) / 8);

const END_OF_BLOCK = 0x00;
/** Zeros before a value; that many, and a zero as the value, are told as a run of their own. */
const LONGEST_RUN = 15;
const WORD_BITS = 32;

/** Writes the entropy-coded blocks of a JPEG (ITU-T T.81, annex F.1.2). */
export class JpegBits {
  bytes: Uint8Array;
  length = 0;
  /** Bits that are no whole byte yet, at the low end. */
  #pending = 0;
  #pendingBits = 0;

  constructor(bytes: number) {
    this.bytes = new Uint8Array(bytes);
  }

  /** Makes room for so many bytes more. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.length + bytes, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  /** Bytes of headers, between which no bits are pending. */
  append(bytes: ArrayLike<number>): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /**
   * Writes a block; there must be room for {@link MAX_BLOCK_BYTES}.
   *
   * @param previousDc - first coefficient of the component's block before this one
   */
  writeBlock(
    { values: block, fours }: Coefficients,
    previousDc: number,
    dc: HuffmanCodes,
    ac: HuffmanCodes,
  ): void {
    const { bytes } = this;
    let { length } = this;
    let pending = this.#pending;
    let bits = this.#pendingBits;

    let four = BLOCK / 4 - 1;
    while (four > 0 && fours[four] === 0) four--;
    let last = four * 4 + 3;
    while (last > 0 && block[last] === 0) last--;
    // The first coefficient is told as a difference, the others after the zeros before them.
    let value = (block[0] as number) - previousDc;
    let entry = dc[32 - Math.clz32(value < 0 ? -value : value)] as number;
    for (let k = 0; ; ) {
      let added = entry & 31;
      // A negative value is one less than its bits: its highest bit is 0 then.
      const size = 32 - Math.clz32(value < 0 ? -value : value);
      const coded = (entry >>> 5) | ((value < 0 ? value - 1 : value) & ((1 << size) - 1));
      if (bits + added > WORD_BITS) {
        while (bits >= 8) {
          bits -= 8;
          const byte = (pending >>> bits) & 255;
          bytes[length++] = byte;
          if (byte === 255) bytes[length++] = 0;
        }
        if (bits + added > WORD_BITS) {
          // Seven bits and 26 more are one too many: it completes a byte.
          added -= 1;
          const byte = ((pending << 1) | (coded >>> added)) & 255;
          bytes[length++] = byte;
          if (byte === 255) bytes[length++] = 0;
          bits = 0;
        }
      }
      pending = (pending << added) | coded;
      bits += added;
      if (k === BLOCK - 1) break;
      if (k === last) {
        // Nothing but zeros is left.
        k = BLOCK - 1;
        value = 0;
        entry = ac[END_OF_BLOCK] as number;
        continue;
      }
      let run = 0;
      for (k++; block[k] === 0 && run < LONGEST_RUN; k++) run += 1;
      value = block[k] as number;
      entry = ac[(run << 4) | (32 - Math.clz32(value < 0 ? -value : value))] as number;
    }
    this.length = length;
    this.#pending = pending;
    this.#pendingBits = bits;
  }

  /** Fills the last byte with ones. */
  finish(): void {
    this.reserve(2 * (WORD_BITS / 8 + 1));
    const missing = -this.#pendingBits & 7;
    const fill = (1 << missing) - 1;
    for (let bits = this.#pendingBits; bits > 0; bits -= 8) {
      const whole = bits >= 8 ? this.#pending >>> (bits - 8) : (this.#pending << missing) | fill;
      const byte = whole & 255;
      this.bytes[this.length++] = byte;
      if (byte === 255) this.bytes[this.length++] = 0;
    }
    this.#pendingBits = 0;
  }
}
