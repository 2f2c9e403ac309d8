import { crc32 } from 'node:zlib';
import { isOpaque, type Pixels } from './pixels.ts';
import { type Deflate, nodeDeflate } from './png-deflate.ts';
import { choosePacking, filterRows } from './png-filter.ts';
import { PNG_COLOR, PNG_SIGNATURE } from './png-header.ts';

const METRES_PER_INCH = 0.0254;

/** A chunk with its length and checksum (PNG, section 5.3). */
export function pngChunk(type: string, payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(12 + payload.length);
  bytes.writeUInt32BE(payload.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(payload, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + payload.length)) >>> 0, 8 + payload.length);
  return bytes;
}

function header({ width, height }: Pixels, channels: 3 | 4): Uint8Array {
  const payload = Buffer.alloc(13);
  payload.writeUInt32BE(width, 0);
  payload.writeUInt32BE(height, 4);
  payload[8] = 8;
  payload[9] = channels === 4 ? PNG_COLOR.rgba : PNG_COLOR.rgb;
  return payload;
}

/** pHYs (PNG, section 11.3.4.3): pixels per metre in both directions. */
function density(dpi: number): Uint8Array {
  const payload = Buffer.alloc(9);
  const perMetre = Math.round(dpi / METRES_PER_INCH);
  payload.writeUInt32BE(perMetre, 0);
  payload.writeUInt32BE(perMetre, 4);
  payload[8] = 1;
  return payload;
}

/**
 * Encodes RGBA as a PNG of 8 bits, RGB where the picture is opaque. The bytes depend on the picture, `dpi` and
 * `deflate`, on nothing else.
 *
 * @param dpi - written as the file's density
 * @param deflate - packs the pixels by the means that suits them best
 */
export function encodePng(pixels: Pixels, dpi?: number, deflate: Deflate = nodeDeflate): Uint8Array {
  const channels = isOpaque(pixels) ? 3 : 4;
  const { filter, packing } = choosePacking(pixels, channels, deflate);
  const packed = packing.pack(filterRows(pixels, 0, pixels.height, filter, channels));
  const pieces = [PNG_SIGNATURE, pngChunk('IHDR', header(pixels, channels))];
  if (dpi !== undefined) pieces.push(pngChunk('pHYs', density(dpi)));
  pieces.push(pngChunk('IDAT', packed), pngChunk('IEND', new Uint8Array()));
  return Buffer.concat(pieces);
}
