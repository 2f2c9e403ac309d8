import { deflateSync } from 'node:zlib';
import { checkOutputSize, outputSize } from './image-header.ts';
import { encodeJpeg } from './jpeg-encode.ts';
import { asWords, PIXEL_BYTES, type Pixels } from './pixels.ts';
import { encodePng, pngChunk } from './png-encode.ts';
import { PNG_COLOR, PNG_SIGNATURE } from './png-header.ts';
import { PNG_FILTER } from './png-unfilter.ts';
import type { PaletteRequest, RenderResult } from './port.ts';
import type { RenderStage } from './render-picture.ts';
import { resample } from './resample.ts';

/** Flat areas pack well at any level; this one takes 40 ms for a megapixel of busy art. */
const DEFLATE_LEVEL = 6;
const OUTPUT_CHUNK_BYTES = 1 << 20;
const OPAQUE = 0xff000000;

/**
 * Makes a picture of pixels that are indices into a palette. Enlarged, each is a square; a PNG then keeps the palette.
 * Reduced, colours are mixed. The bytes depend on the request only.
 *
 * @throws Problem `image_too_large`
 */
export function renderPalettePicture(
  request: PaletteRequest,
  onStage: (stage: RenderStage) => void = () => {},
): RenderResult {
  const { width, height, scale, format } = request;
  const started = performance.now();
  const size = outputSize(width, height, scale);
  checkOutputSize(size, format);
  onStage('decode');
  const hasPalette = format === 'png' && scale >= 1;
  const pixels = hasPalette ? undefined : drawPixels(request);
  const drawn = performance.now();
  onStage('draw');
  const bytes =
    pixels === undefined
      ? encodePalettePng(request)
      : format === 'png'
        ? encodePng(pixels)
        : encodeJpeg(pixels);
  onStage('encode');
  return { bytes, ...size, timings: { decode: 0, draw: drawn - started, encode: performance.now() - drawn } };
}

/** PNG of colour type 3, with as few bits a pixel as the palette needs (PNG, section 11.2.1). */
function encodePalettePng({ width, height, colors, palette, scale }: PaletteRequest): Uint8Array {
  const depth = [1, 2, 4, 8].find((bits) => palette.length <= 1 << bits) ?? 8;
  const [outWidth, outHeight] = [width * scale, height * scale];
  const stride = Math.ceil((outWidth * depth) / 8) + 1;
  // Of the rows of one pixel all but the first are the difference to the row above: nothing.
  const rows = new Uint8Array(stride * outHeight);
  for (let y = 0; y < height; y += 1) {
    const begin = y * scale * stride;
    rows[begin] = PNG_FILTER.none;
    packRow(colors.subarray(y * width, (y + 1) * width), scale, depth, rows, begin + 1);
    for (let copy = 1; copy < scale; copy += 1) rows[begin + copy * stride] = PNG_FILTER.up;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(outWidth, 0);
  header.writeUInt32BE(outHeight, 4);
  header[8] = depth;
  header[9] = PNG_COLOR.palette;
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    pngChunk('PLTE', Uint8Array.from(palette.flatMap(channelsOf))),
    pngChunk('IDAT', deflateSync(rows, { level: DEFLATE_LEVEL, chunkSize: OUTPUT_CHUNK_BYTES })),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

/** Writes each index `scale` times, the leftmost one in the high bits (PNG, section 7.2). */
function packRow(row: Uint8Array, scale: number, depth: number, out: Uint8Array, begin: number): void {
  let at = begin;
  let byte = 0;
  let free = 8;
  for (const color of row) {
    for (let copy = 0; copy < scale; copy += 1) {
      free -= depth;
      byte |= color << free;
      if (free > 0) continue;
      out[at++] = byte;
      byte = 0;
      free = 8;
    }
  }
  if (free < 8) out[at] = byte;
}

function drawPixels({ width, height, colors, palette, scale }: PaletteRequest): Pixels {
  const words = Int32Array.from(palette, (color) => {
    const [red, green, blue] = channelsOf(color);
    return OPAQUE | (blue << 16) | (green << 8) | red;
  });
  const times = Math.max(1, Math.floor(scale));
  const pixels = { width: width * times, height: height * times };
  const data = new Uint8Array(pixels.width * pixels.height * PIXEL_BYTES);
  const out = asWords(data);
  for (let y = 0; y < height; y += 1) {
    const begin = y * times * pixels.width;
    for (let x = 0; x < width; x += 1) {
      const word = words[colors[y * width + x] ?? 0] ?? OPAQUE;
      out.fill(word, begin + x * times, begin + (x + 1) * times);
    }
    for (let copy = 1; copy < times; copy += 1) {
      out.copyWithin(begin + copy * pixels.width, begin, begin + pixels.width);
    }
  }
  const whole = { ...pixels, data };
  if (scale >= 1) return whole;
  const size = outputSize(width, height, scale);
  return resample(whole, size.width, size.height, false);
}

/** @param color `#rrggbb` */
function channelsOf(color: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >>> 16, (value >>> 8) & 0xff, value & 0xff];
}
