import { type TurboFrame, withTurbo } from './jpeg-turbo.ts';
import { asWords, type Pixels } from './pixels.ts';

/** Keeps text in screenshots clean at a third of the size of 100. */
const QUALITY = 90;
/** 4:4:4, colour at full resolution: red text on white would smear otherwise. */
const NO_SUBSAMPLING = 0;

/** Offset of the density in a file that begins with SOI and a JFIF APP0 segment (JFIF 1.02). */
const DENSITY_OFFSET = 13;
const DOTS_PER_INCH = 1;
const MAX_DENSITY = 0xffff;

const BLOCK_SIDE = 8;
/** Most that one pixel was seen to take at this quality is 2.3 bytes (noise of pure colours). */
const MAX_BYTES_PER_PIXEL = 3;
/** Room for the tables and headers. */
const HEADER_BYTES = 2048;
const MAX_BYTE = 255;

/**
 * The codec gives its output as much memory as the input has by this description, and writes beyond it where that is
 * too little: for small pictures it is. It reads three bytes per pixel whatever is said here, so more are claimed.
 */
function describe(width: number, height: number): TurboFrame {
  const padded = (side: number): number => Math.ceil(side / BLOCK_SIDE) * BLOCK_SIDE;
  const needed = padded(width) * padded(height) * MAX_BYTES_PER_PIXEL + HEADER_BYTES;
  const claimed = Math.ceil(needed / (width * height));
  const bytesPerSample = Math.ceil(claimed / MAX_BYTE);
  return {
    width,
    height,
    bitsPerSample: bytesPerSample * 8,
    componentCount: Math.ceil(claimed / bytesPerSample),
    isSigned: false,
  };
}

function writeDensity(jpeg: Uint8Array, dpi: number): void {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const density = Math.min(MAX_DENSITY, Math.max(1, Math.round(dpi)));
  view.setUint8(DENSITY_OFFSET, DOTS_PER_INCH);
  view.setUint16(DENSITY_OFFSET + 1, density);
  view.setUint16(DENSITY_OFFSET + 3, density);
}

/**
 * Encodes a picture as a baseline JPEG of quality 90 without colour subsampling. Alpha is dropped: the caller has
 * painted a ground first.
 *
 * @param dpi - written as the file's density
 */
export async function encodeJpeg({ width, height, data }: Pixels, dpi?: number): Promise<Uint8Array> {
  const jpeg = await withTurbo((turbo) => {
    const encoder = new turbo.JPEGEncoder();
    const rgb = encoder.getDecodedBuffer(describe(width, height));
    const words = asWords(data);
    for (let i = 0, j = 0; i < words.length; i++, j += 3) {
      const word = words[i] as number;
      rgb[j] = word;
      rgb[j + 1] = word >> 8;
      rgb[j + 2] = word >> 16;
    }
    encoder.setQuality(QUALITY);
    encoder.setProgressive(false);
    encoder.setSubSampling(NO_SUBSAMPLING);
    encoder.encode();
    const bytes = new Uint8Array(encoder.getEncodedBuffer());
    encoder.delete();
    return bytes;
  });
  if (dpi !== undefined) writeDensity(jpeg, dpi);
  return jpeg;
}
