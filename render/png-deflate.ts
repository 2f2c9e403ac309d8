import { constants, deflateRawSync, deflateSync as nodeDeflateSync, type ZlibOptions } from 'node:zlib';
import { deflateSync, zlibSync } from 'fflate';

/** A way to pack the pixels of a PNG (RFC 1950). */
export interface Packing {
  pack(bytes: Uint8Array): Uint8Array;
  /** Roughly how many bytes they would become: good enough to choose by. */
  estimate(bytes: Uint8Array): number;
}

/** Packings among which a sample of the picture decides; the first one where they are equal. */
export type Deflate = readonly [Packing, ...Packing[]];

/** On a 1080p screenshot: 11 ms and 516 kB; the next level up takes 19 ms for 488 kB, level 6 takes 30 ms for 471 kB. */
const LEVEL = 3;
const MEMORY_LEVEL = 9;
/** Output is gathered in pieces of this size: fewer joins than zlib's 16 kB. */
const OUTPUT_CHUNK_BYTES = 1 << 20;

const zlibPacking = (options: ZlibOptions): Packing => ({
  pack: (bytes) =>
    nodeDeflateSync(bytes, { ...options, memLevel: MEMORY_LEVEL, chunkSize: OUTPUT_CHUNK_BYTES }),
  estimate: (bytes) => deflateRawSync(bytes, { ...options, level: 1 }).length,
});

/**
 * The zlib that Node brings: fast; a release of Node may bring another, which packs the same pixels to other bytes. In
 * the grain of a photograph nothing repeats but by chance: looking for runs only takes half the time, and less room.
 */
export const nodeDeflate: Deflate = [
  zlibPacking({ level: LEVEL }),
  zlibPacking({ level: 1, strategy: constants.Z_RLE }),
];

/** fflate, at the one pinned release: slower, and the same bytes wherever it runs. */
export const portableDeflate: Deflate = [
  {
    pack: (bytes) => zlibSync(bytes, { level: 9 }),
    estimate: (bytes) => deflateSync(bytes, { level: 1 }).length,
  },
];
