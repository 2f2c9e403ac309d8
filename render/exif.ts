/** How the stored pixels must be turned to stand upright: EXIF tag 0x0112, 1 (as they are) to 8. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;
const TIFF_MAGIC = 42;
const ENTRY_BYTES = 12;
/** `Exif\0\0` comes before the TIFF structure in an APP1 segment. */
const EXIF_PREFIX = [0x45, 0x78, 0x69, 0x66, 0, 0];

const isOrientation = (value: number): value is Orientation =>
  Number.isInteger(value) && value >= 1 && value <= 8;

/** Orientations 5 to 8 lie on their side: width and height change places. */
export const isSideways = (orientation: Orientation): boolean => orientation >= 5;

/**
 * Orientation in the payload of an APP1 segment (Exif 2.3, TIFF 6.0). `undefined` where it is no EXIF block; a broken
 * block counts as upright, since browsers show such pictures too.
 */
export function readOrientation(payload: Uint8Array): Orientation | undefined {
  if (!EXIF_PREFIX.every((byte, index) => payload[index] === byte)) return undefined;
  return readTiffOrientation(payload.subarray(EXIF_PREFIX.length));
}

/** Orientation in a TIFF structure, which is what a PNG holds in its eXIf chunk. Upright where it tells none. */
export function readTiffOrientation(tiff: Uint8Array): Orientation {
  if (tiff.length < 8) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = tiff[0] === 0x49;
  if (view.getUint16(2, little) !== TIFF_MAGIC) return 1;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > tiff.length) return 1;
    if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(entry + 8, little);
    return isOrientation(value) ? value : 1;
  }
  return 1;
}
