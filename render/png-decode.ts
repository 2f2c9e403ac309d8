import { inflateSync } from 'node:zlib';
import { Problem } from '../protocol/problem.ts';
import { checkImageSize } from './image-header.ts';
import { orient } from './orient.ts';
import type { Pixels } from './pixels.ts';
import { type PngChunks, readPngChunks } from './png-chunks.ts';
import { PNG_CHANNELS, PNG_COLOR, type PngHeader, readPngHeader } from './png-header.ts';
import { readPngOrientation } from './png-orientation.ts';
import { sampleWriter } from './png-samples.ts';
import { unfilterTruecolor } from './png-truecolor.ts';
import { unfilterRow } from './png-unfilter.ts';

/** A reduced image of an interlaced PNG: first pixel and distance to the next, in both directions. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** Adam7 (PNG, section 8.2). */
const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }];

interface PassSize {
  readonly columns: number;
  readonly rows: number;
  /** Bytes of a row without its filter byte. */
  readonly rowBytes: number;
}

function passSize({ width, height, color, depth }: PngHeader, pass: Pass): PassSize {
  const columns = Math.max(0, Math.ceil((width - pass.x) / pass.dx));
  const rows = Math.max(0, Math.ceil((height - pass.y) / pass.dy));
  return { columns, rows, rowBytes: Math.ceil((columns * PNG_CHANNELS[color] * depth) / 8) };
}

const passesOf = (header: PngHeader): readonly Pass[] => (header.interlaced ? ADAM7 : WHOLE);

function inflatedBytes(header: PngHeader): number {
  let total = 0;
  for (const pass of passesOf(header)) {
    const { columns, rows, rowBytes } = passSize(header, pass);
    if (columns > 0) total += rows * (rowBytes + 1);
  }
  return total;
}

/** Deflate cannot pack tighter than 1032:1 (a match of 258 bytes in two bits). */
const MAX_DEFLATE_RATIO = 1032;

/** Never gives more than the header promises, so a bomb stops where an honest picture of that size would. */
function inflate(chunks: PngChunks): Uint8Array {
  const expected = inflatedBytes(chunks.header);
  const [first = new Uint8Array()] = chunks.data;
  const packed = chunks.data.length === 1 ? first : Buffer.concat(chunks.data);
  // A few bytes cannot hold that many pixels: told without giving them any memory.
  if (packed.length * MAX_DEFLATE_RATIO < expected) {
    throw new Problem('image_corrupt', 'The PNG has fewer pixels than it says.');
  }
  let rows: Uint8Array;
  try {
    // One chunk of the full size: zlib then writes the pixels in place instead of gathering pieces. One byte more
    // than expected lets it find the end of the stream within the chunk.
    rows = inflateSync(packed, { maxOutputLength: expected, chunkSize: Math.max(64, expected + 1) });
  } catch (cause) {
    throw new Problem('image_corrupt', 'The pixels of the PNG cannot be unpacked.', { cause });
  }
  if (rows.length < expected) throw new Problem('image_corrupt', 'The PNG has fewer pixels than it says.');
  return rows;
}

function expand(chunks: PngChunks, rows: Uint8Array, out: Uint8Array): void {
  const { header } = chunks;
  const unit = Math.max(1, (PNG_CHANNELS[header.color] * header.depth) >> 3);
  const write = sampleWriter(chunks, out);
  let offset = 0;
  for (const pass of passesOf(header)) {
    const { columns, rows: count, rowBytes } = passSize(header, pass);
    if (columns === 0) continue;
    for (let row = 0; row < count; row++) {
      const start = offset + 1;
      unfilterRow(rows, start, rowBytes, row === 0 ? -1 : start - rowBytes - 1, unit);
      write(rows, start, columns, (pass.y + row * pass.dy) * header.width + pass.x, pass.dx);
      offset = start + rowBytes;
    }
  }
}

const isPlainTruecolor = ({ header, transparency }: PngChunks): boolean =>
  header.depth === 8 &&
  !header.interlaced &&
  (header.color === PNG_COLOR.rgba || (header.color === PNG_COLOR.rgb && !transparency));

/**
 * Decodes a PNG of any colour type, depth and interlacing to upright RGBA (W3C PNG, third edition). Gamma and colour profiles
 * are ignored: samples are taken as sRGB.
 *
 * @throws Problem `image_too_large` before anything is unpacked, `image_corrupt` where it is cut off or broken.
 */
export function decodePng(bytes: Uint8Array): Pixels {
  checkImageSize(readPngHeader(bytes));
  const chunks = readPngChunks(bytes);
  const { width, height, color } = chunks.header;
  const rows = inflate(chunks);
  const data = new Uint8Array(width * height * 4);
  if (isPlainTruecolor(chunks))
    unfilterTruecolor(rows, width, height, color === PNG_COLOR.rgba ? 4 : 3, data);
  else expand(chunks, rows, data);
  return orient({ width, height, data }, readPngOrientation(bytes));
}
