import { crc32 } from 'node:zlib';
import { Problem } from '../protocol/problem.ts';
import { PNG_COLOR, PNG_SIGNATURE, type PngHeader, readPngHeader } from './png-header.ts';

/** A PNG taken apart: still compressed, but whole and with good checksums. */
export interface PngChunks {
  readonly header: PngHeader;
  /** The compressed pixels, in pieces. */
  readonly data: readonly Uint8Array[];
  /** R, G, B of each palette entry. */
  readonly palette: Uint8Array | undefined;
  /** Payload of tRNS: alpha by palette entry, or the one transparent colour. */
  readonly transparency: Uint8Array | undefined;
}

/** Length, type and CRC around the payload of a chunk. */
const CHUNK_OVERHEAD = 12;
/** A chunk whose type begins in upper case must be understood (PNG, section 5.4). */
const isCritical = (type: string): boolean => type < 'a';

const corrupt = (detail: string): Problem => new Problem('image_corrupt', `The PNG ${detail}.`);

function checkPalette(header: PngHeader, palette: Uint8Array | undefined): void {
  if (header.color !== PNG_COLOR.palette) return;
  if (!palette || palette.length === 0 || palette.length % 3 !== 0 || palette.length > 3 * 256) {
    throw corrupt('has no usable palette');
  }
}

/**
 * Splits a PNG into its chunks and verifies every checksum (PNG, section 5).
 *
 * @throws Problem `image_corrupt` where a chunk is cut off, has a bad CRC, or a needed one is missing.
 */
export function readPngChunks(bytes: Uint8Array): PngChunks {
  const header = readPngHeader(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  let offset = PNG_SIGNATURE.length;
  for (;;) {
    if (offset + CHUNK_OVERHEAD > bytes.length) throw corrupt('is cut off');
    const length = view.getUint32(offset);
    const end = offset + CHUNK_OVERHEAD + length;
    if (end > bytes.length) throw corrupt('is cut off');
    if (crc32(bytes.subarray(offset + 4, end - 4)) >>> 0 !== view.getUint32(end - 4)) {
      throw corrupt('has a bad checksum');
    }
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    const payload = bytes.subarray(offset + 8, end - 4);
    const chunkStart = offset;
    offset = end;
    if (type === 'IEND') break;
    if (type === 'IDAT') data.push(payload);
    else if (type === 'PLTE') palette = payload;
    else if (type === 'tRNS') transparency = payload;
    else if (type === 'IHDR' && chunkStart > PNG_SIGNATURE.length) throw corrupt('has two headers');
    else if (type !== 'IHDR' && isCritical(type)) throw corrupt('has a chunk that is not known');
  }
  if (data.length === 0) throw corrupt('has no pixels');
  checkPalette(header, palette);
  return { header, data, palette, transparency };
}
