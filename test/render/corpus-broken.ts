import { deflateSync } from 'node:zlib';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import { blockJpeg, turboJpeg } from './jpeg-fixture.ts';
import { makePng, PNG_MAGIC, type PngRecipe, pngChunk, pngHeader, rawRows } from './png-fixture.ts';

/** A file that is to be refused. */
export interface BrokenPicture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly code: ProblemCode;
}

const rgb: PngRecipe = { width: 12, height: 9, depth: 8, color: 2, sample: (x, y) => [x * 20, y * 25, 90] };
const packed = deflateSync(rawRows(rgb));
const end = pngChunk('IEND', new Uint8Array());
const pixels = pngChunk('IDAT', packed);

const png = (...chunks: readonly Uint8Array[]): Buffer => Buffer.concat([PNG_MAGIC, ...chunks]);

/** A file with the bytes at `at` replaced. */
function patched(file: Uint8Array, at: number, ...values: readonly number[]): Buffer {
  const copy = Buffer.from(file);
  copy.set(values, at);
  return copy;
}

const corrupt = (name: string, bytes: Uint8Array): BrokenPicture => ({ name, bytes, code: 'image_corrupt' });
const unsupported = (name: string, bytes: Uint8Array): BrokenPicture => ({
  name,
  bytes,
  code: 'image_unsupported',
});

const badSum = (chunk: Buffer): Buffer => patched(chunk, chunk.length - 1, (chunk.at(-1) ?? 0) ^ 1);
const withLength = (chunk: Buffer, length: number): Buffer => {
  const copy = Buffer.from(chunk);
  copy.writeUInt32BE(length);
  return copy;
};

/** Rows whose filter byte no standard knows, in every way that rows are read. */
function wrongFilters(): BrokenPicture[] {
  const kinds: readonly (readonly [string, Partial<PngRecipe>])[] = [
    ['RGB', {}],
    ['RGBA', { color: 6, sample: () => [1, 2, 3, 4] }],
    ['16 bits', { depth: 16 }],
    ['interlaced', { interlaced: true }],
    ['grey of 1 bit', { color: 0, depth: 1, sample: () => [1] }],
    ['palette', { color: 3, palette: [1, 2, 3], sample: () => [0] }],
  ];
  return kinds.flatMap(([kind, more]) =>
    [5, 255].map((filter) =>
      corrupt(`PNG with row filter ${filter}, ${kind}`, makePng({ ...rgb, ...more, filter: () => filter })),
    ),
  );
}

function brokenPngs(): BrokenPicture[] {
  const header = pngHeader(rgb);
  const idat = (bytes: Uint8Array): Buffer => png(header, pngChunk('IDAT', bytes), end);
  const indexed = { ...rgb, color: 3 } as const;
  const palette = (bytes: number): Buffer =>
    png(pngHeader(indexed), pngChunk('PLTE', new Uint8Array(bytes)), pixels, end);
  return [
    ...wrongFilters(),
    corrupt('PNG of no width', png(pngHeader({ ...rgb, width: 0 }), pixels, end)),
    corrupt('PNG of no height', png(pngHeader({ ...rgb, height: 0 }), pixels, end)),
    corrupt('PNG with a bad checksum of its header', png(badSum(header), pixels, end)),
    corrupt('PNG with a bad checksum of its pixels', png(header, badSum(pixels), end)),
    corrupt('PNG with a bad checksum of its end', png(header, pixels, badSum(end))),
    corrupt('PNG with a chunk longer than the file', png(header, withLength(pixels, 0x7fffffff), end)),
    corrupt('PNG with a chunk of 4 GB', png(header, withLength(pixels, 0xffffffff), end)),
    corrupt('PNG with a chunk shorter than told', png(header, withLength(pixels, packed.length + 1), end)),
    corrupt('PNG with a chunk longer than told', png(header, withLength(pixels, packed.length - 1), end)),
    corrupt('PNG with a header of 12 bytes', png(withLength(header, 12), pixels, end)),
    corrupt('PNG that begins with its pixels', png(pixels, header, end)),
    corrupt('PNG with two headers', png(header, header, pixels, end)),
    corrupt('PNG without pixels', png(header, end)),
    corrupt('PNG with empty pixels', png(header, pngChunk('IDAT', new Uint8Array()), end)),
    corrupt('PNG without an end', png(header, pixels)),
    corrupt('PNG with pixels behind its end', png(header, end, pixels)),
    corrupt('PNG with a needed chunk nobody knows', png(header, pngChunk('ABCD', packed), pixels, end)),
    corrupt('PNG whose pixels are no zlib stream', idat(Buffer.from('this is not compressed at all'))),
    corrupt('PNG whose zlib stream is cut off', idat(packed.subarray(0, packed.length - 6))),
    corrupt('PNG whose zlib stream has a bad sum', idat(patched(packed, packed.length - 1, 0))),
    corrupt('PNG with a row too few', idat(deflateSync(rawRows({ ...rgb, height: 8 })))),
    corrupt('PNG with a row too many', idat(deflateSync(rawRows({ ...rgb, height: 10 })))),
    corrupt('palette PNG without a palette', png(pngHeader(indexed), pixels, end)),
    corrupt('PNG with a palette of no colour', palette(0)),
    corrupt('PNG with a palette of a colour and a half', palette(4)),
    corrupt('PNG with a palette of 257 colours', palette(257 * 3)),
    corrupt('PNG of a colour type nobody knows', makePatchedHeader(9, 5)),
    corrupt('PNG of 3 bits', makePatchedHeader(8, 3)),
    corrupt('PNG packed in an unknown way', makePatchedHeader(10, 1)),
    corrupt('PNG filtered in an unknown way', makePatchedHeader(11, 1)),
    corrupt('PNG interlaced in an unknown way', makePatchedHeader(12, 2)),
  ];
}

/** A PNG whose header has another byte at `at` of its payload, and the right checksum for it. */
function makePatchedHeader(at: number, value: number): Buffer {
  const payload = patched(pngHeader(rgb).subarray(8, 8 + 13), at, value);
  return png(pngChunk('IHDR', payload), pixels, end);
}

const SOF0 = Buffer.of(0xff, 0xc0);

/** A JPEG whose frame header has another marker. */
function coded(marker: number): Buffer {
  const jpeg = blockJpeg({ columns: 2, rows: 2, levels: () => [100] });
  return patched(jpeg, jpeg.indexOf(SOF0) + 1, marker);
}

async function brokenJpegs(): Promise<BrokenPicture[]> {
  const jpeg = Buffer.from(
    await turboJpeg({ width: 64, height: 64, color: (x, y) => [x * 4, y * 4, (x ^ y) * 4] }),
  );
  const frame = jpeg.indexOf(SOF0);
  const scan = jpeg.indexOf(Buffer.of(0xff, 0xda));
  const huffman = jpeg.indexOf(Buffer.of(0xff, 0xc4));
  const quantization = jpeg.indexOf(Buffer.of(0xff, 0xdb));
  const without = (from: number, to: number): Buffer =>
    Buffer.concat([jpeg.subarray(0, from), jpeg.subarray(to)]);
  const tablesEnd = quantization < frame ? frame : scan;
  return [
    corrupt('JPEG of no width', patched(jpeg, frame + 7, 0, 0)),
    corrupt('JPEG that tells its height later (DNL)', patched(jpeg, frame + 5, 0, 0)),
    corrupt('JPEG without a frame header', without(frame, scan)),
    corrupt('JPEG without an end', jpeg.subarray(0, jpeg.length - 2)),
    corrupt('JPEG without a scan', Buffer.concat([jpeg.subarray(0, scan), Buffer.of(0xff, 0xd9)])),
    corrupt('JPEG that begins with a scan', without(2, scan)),
    corrupt('JPEG with a segment of no length', patched(jpeg, 4, 0, 0)),
    corrupt('JPEG with a segment of length 1', patched(jpeg, 4, 0, 1)),
    corrupt('JPEG with a segment longer than the file', patched(jpeg, 4, 0xff, 0xff)),
    corrupt('JPEG with a segment shorter than told', patched(jpeg, 4, 0, 5)),
    corrupt('JPEG without quantisation tables', without(quantization, tablesEnd)),
    corrupt('JPEG with a Huffman table of too many codes', patched(jpeg, huffman + 5, 255, 255, 255)),
    corrupt(
      'JPEG of noise between its markers',
      Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.alloc(500, 0x55)]),
    ),
    unsupported('JPEG of 12 bits', patched(jpeg, frame + 4, 12)),
    unsupported('JPEG of two components', patched(jpeg, frame + 9, 2)),
    unsupported('JPEG of five components', patched(jpeg, frame + 9, 5)),
    unsupported('lossless JPEG', coded(0xc3)),
    unsupported('hierarchical JPEG', coded(0xc5)),
    unsupported('arithmetic-coded JPEG', coded(0xc9)),
    unsupported('arithmetic-coded progressive JPEG', coded(0xca)),
    unsupported('arithmetic-coded lossless JPEG', coded(0xcb)),
  ];
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What is no PNG and no JPEG; the name is the one that the error tells. */
export const FOREIGN: readonly (readonly [string, Uint8Array])[] = [
  ['GIF', ascii('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff')],
  ['WebP', ascii('RIFF\x24\0\0\0WEBPVP8L')],
  ['AVIF', ascii('\0\0\0\x1cftypavif\0\0\0\0')],
  ['HEIF', ascii('\0\0\0\x1cftypheic\0\0\0\0')],
  ['BMP', Buffer.concat([ascii('BM'), Buffer.alloc(60)])],
  ['TIFF', ascii('II*\0\x08\0\0\0')],
  ['TIFF', ascii('MM\0*\0\0\0\x08')],
  ['SVG', ascii('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['SVG', ascii('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg viewBox="0 0 1 1"></svg>')],
  ['HTML', ascii('\n<!DOCTYPE html><title>Not found</title>')],
  ['HTML', ascii('<html><head></head></html>')],
  ['PDF', ascii('%PDF-1.7\n')],
];

/** Bytes of no kind that has a name. */
const NAMELESS: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', new Uint8Array()],
  ['one byte', Uint8Array.of(0x89)],
  ['two bytes of a JPEG', Uint8Array.of(0xff, 0xd8)],
  ['zeros', new Uint8Array(1000)],
  ['text', ascii('hello')],
  ['a RIFF that is no picture', ascii('RIFF\x24\0\0\0WAVEfmt ')],
];

/** Files that are broken, or that are no pictures we read. */
export const brokenPictures = async (): Promise<readonly BrokenPicture[]> => [
  ...brokenPngs(),
  ...(await brokenJpegs()),
  ...[...FOREIGN, ...NAMELESS].map(([name, bytes]) => unsupported(name, bytes)),
];

const SIDE = 30_000;

/** A JPEG of a few bytes that claims to be of `side` × `side` pixels. */
function hugeJpeg(side: number, marker = 0xc0): Buffer {
  const jpeg = blockJpeg({ columns: 1, rows: 1, levels: () => [100, 100, 100] });
  const frame = jpeg.indexOf(SOF0);
  jpeg.writeUInt8(marker, frame + 1);
  jpeg.writeUInt16BE(side, frame + 5);
  jpeg.writeUInt16BE(side, frame + 7);
  return jpeg;
}

const hugePng = (side: number, more: Partial<PngRecipe> = {}): Buffer =>
  png(pngHeader({ ...rgb, width: side, height: side, ...more }), pixels, end);

/** Small files that would grow: what they claim, or what they unpack to. */
export function bombs(): readonly BrokenPicture[] {
  const tooLarge = (name: string, bytes: Uint8Array): BrokenPicture => ({
    name,
    bytes,
    code: 'image_too_large',
  });
  const zeros = deflateSync(new Uint8Array(64 * 1024 * 1024));
  return [
    tooLarge('PNG of 900 megapixels', hugePng(SIDE)),
    tooLarge('PNG of 4 exapixels', hugePng(0x7fffffff)),
    tooLarge('interlaced PNG of 900 megapixels', hugePng(SIDE, { interlaced: true, depth: 16 })),
    tooLarge('PNG of one bit and 900 megapixels', hugePng(SIDE, { color: 0, depth: 1 })),
    tooLarge('JPEG of 900 megapixels', hugeJpeg(SIDE)),
    tooLarge('progressive JPEG of 4 gigapixels', hugeJpeg(0xffff, 0xc2)),
    corrupt('PNG of 49 megapixels in a kilobyte', hugePng(7000)),
    corrupt('interlaced PNG of 49 megapixels in a kilobyte', hugePng(7000, { interlaced: true })),
    corrupt('JPEG of 49 megapixels in a kilobyte', hugeJpeg(7000)),
    corrupt('progressive JPEG of 49 megapixels in a kilobyte', hugeJpeg(7000, 0xc2)),
    corrupt('PNG of 108 pixels that unpacks to 64 MB', png(pngHeader(rgb), pngChunk('IDAT', zeros), end)),
    corrupt(
      'PNG of 108 pixels that unpacks to 64 MB, in many chunks',
      png(
        pngHeader(rgb),
        ...Array.from({ length: Math.ceil(zeros.length / 1000) }, (_, i) =>
          pngChunk('IDAT', zeros.subarray(i * 1000, i * 1000 + 1000)),
        ),
        end,
      ),
    ),
  ];
}
