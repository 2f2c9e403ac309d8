import { type Orientation, readTiffOrientation } from './exif.ts';
import { PNG_SIGNATURE } from './png-header.ts';

/** Length and type before the payload of a chunk, checksum behind it. */
const BEFORE = 8;
const OVERHEAD = 12;

/**
 * Orientation that an eXIf chunk before the pixels tells (PNG, third edition, section 11.3.3.2); browsers heed no later
 * one. Upright where there is none, or where the file is cut off before.
 */
export function readPngOrientation(bytes: Uint8Array): Orientation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = PNG_SIGNATURE.length;
  while (offset + OVERHEAD <= bytes.length) {
    const end = offset + OVERHEAD + view.getUint32(offset);
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + BEFORE));
    if (type === 'IDAT' || end > bytes.length) return 1;
    if (type === 'eXIf') return readTiffOrientation(bytes.subarray(offset + BEFORE, end - 4));
    offset = end;
  }
  return 1;
}
