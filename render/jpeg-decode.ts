import { decode as decodeSlowly } from 'jpeg-js';
import { Problem } from '../protocol/problem.ts';
import { checkImageSize, MAX_IMAGE_PIXELS } from './image-header.ts';
import { canHoldPixels, hasJpegEnd, hasJpegScan, type JpegFrame, readJpegFrame } from './jpeg-frame.ts';
import { type Turbo, withTurbo } from './jpeg-turbo.ts';
import { orient } from './orient.ts';
import { asWords, type Pixels } from './pixels.ts';

const OPAQUE = 0xff000000;
/** Bounds jpeg-js: it keeps coefficients of 4 bytes and more beside the picture. */
const SLOW_MEMORY_MB = 2048;

function grayToRgba(gray: Uint8Array, out: Int32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = OPAQUE | ((gray[i] as number) * 0x010101);
}

/** Four pixels at a time, out of three words: twice as fast as byte by byte. */
function rgbToRgba(rgb: Uint8Array, out: Int32Array): void {
  const fours = rgb.byteOffset % 4 === 0 ? out.length >> 2 : 0;
  const words = new Int32Array(rgb.buffer, fours > 0 ? rgb.byteOffset : 0, fours * 3);
  for (let i = 0, j = 0; j < words.length; i += 4, j += 3) {
    const a = words[j] as number;
    const b = words[j + 1] as number;
    const c = words[j + 2] as number;
    out[i] = OPAQUE | a;
    out[i + 1] = OPAQUE | (a >>> 24) | (b << 8);
    out[i + 2] = OPAQUE | (b >>> 16) | (c << 16);
    out[i + 3] = OPAQUE | (c >>> 8);
  }
  for (let i = fours * 4, j = i * 3; i < out.length; i++, j += 3) {
    out[i] = OPAQUE | ((rgb[j + 2] as number) << 16) | ((rgb[j + 1] as number) << 8) | (rgb[j] as number);
  }
}

function decodeFast(turbo: Turbo, bytes: Uint8Array, frame: JpegFrame): Pixels {
  const decoder = new turbo.JPEGDecoder();
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  const { width, height, componentCount } = decoder.getFrameInfo();
  if (width !== frame.width || height !== frame.height) throw new TypeError('two frames of different size');
  const samples = decoder.getDecodedBuffer();
  const data = new Uint8Array(width * height * 4);
  if (componentCount === 1) grayToRgba(samples, asWords(data));
  else rgbToRgba(samples, asWords(data));
  decoder.delete();
  return { width, height, data, opaque: true };
}

/** SOI, and Adobe's segment (APP14, 14 bytes) of CMYK without a transform. */
const CMYK_BEGINNING = Uint8Array.of(
  ...[0xff, 0xd8, 0xff, 0xee, 0, 14],
  ...[0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0],
);

/** Four components of which nothing is told are CMYK, inverted as Adobe stores it: so browsers take them. */
function withAdobe(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([CMYK_BEGINNING, bytes.subarray(2)]);
}

/** jpeg-js reads what libjpeg-turbo refuses: CMYK, YCCK, and files with small faults that browsers forgive. */
function decodeTolerantly(bytes: Uint8Array): Pixels {
  try {
    const { width, height, data } = decodeSlowly(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: true,
      maxResolutionInMP: MAX_IMAGE_PIXELS / 1e6,
      maxMemoryUsageInMB: SLOW_MEMORY_MB,
    });
    return { width, height, data };
  } catch (cause) {
    throw new Problem('image_corrupt', 'The JPEG cannot be decoded.', { cause });
  }
}

async function decodeStored(bytes: Uint8Array, frame: JpegFrame): Promise<Pixels> {
  if (frame.components === 4) return decodeTolerantly(frame.hasAdobe ? bytes : withAdobe(bytes));
  try {
    return await withTurbo((turbo) => decodeFast(turbo, bytes, frame));
  } catch {
    // The wasm codec throws bare numbers; what is wrong shows in the second attempt.
    return decodeTolerantly(bytes);
  }
}

/**
 * Decodes a baseline or progressive JPEG (grey, YCbCr, RGB, CMYK, YCCK) to upright RGBA. Colour profiles are ignored.
 *
 * @throws Problem `image_too_large` before anything is decoded, `image_corrupt` where it is cut off or broken,
 * `image_unsupported` for coding processes that no browser reads.
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const frame = readJpegFrame(bytes);
  checkImageSize(frame);
  if (!hasJpegScan(bytes, frame) || !canHoldPixels(bytes, frame)) {
    throw new Problem('image_corrupt', 'The JPEG has fewer pixels than it says.');
  }
  if (!hasJpegEnd(bytes, frame)) throw new Problem('image_corrupt', 'The JPEG is cut off.');
  return orient(await decodeStored(bytes, frame), frame.orientation);
}
