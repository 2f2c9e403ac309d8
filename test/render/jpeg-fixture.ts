import { createRequire } from 'node:module';
import { encodeJpeg } from '../../render/jpeg-encode.ts';

/** Collects bits as a JPEG's entropy-coded segment wants them: from the high end, 0xff followed by 0x00. */
class BitWriter {
  readonly bytes: number[] = [];
  #bits = '';

  write(bits: string): void {
    this.#bits += bits;
    while (this.#bits.length >= 8) {
      const byte = Number.parseInt(this.#bits.slice(0, 8), 2);
      this.#bits = this.#bits.slice(8);
      this.bytes.push(byte);
      if (byte === 0xff) this.bytes.push(0);
    }
  }

  finish(): void {
    if (this.#bits !== '') this.write('1'.repeat(8 - this.#bits.length));
  }
}

const segment = (marker: number, payload: readonly number[]): number[] => [
  0xff,
  marker,
  (payload.length + 2) >> 8,
  (payload.length + 2) & 255,
  ...payload,
];

/** DC categories 0 to 11, each with a code of four bits; AC knows only the end of a block, code `0`. */
const DC_TABLE = [0x00, 0, 0, 0, 12, ...new Array<number>(12).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const AC_TABLE = [0x10, 1, ...new Array<number>(15).fill(0), 0];

function dcBits(difference: number): string {
  const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  const value = difference < 0 ? difference + 2 ** category - 1 : difference;
  return (
    category.toString(2).padStart(4, '0') + (category === 0 ? '' : value.toString(2).padStart(category, '0'))
  );
}

/** A JPEG to be made for a test, of blocks that each have one colour: what no encoder at hand makes. */
export interface BlockJpegRecipe {
  /** Blocks of 8 × 8 pixels in a row, and rows of them. */
  readonly columns: number;
  readonly rows: number;
  /** Value 0..255 of each component of a block. */
  readonly levels: (column: number, row: number) => readonly number[];
  /** Transform flag of an Adobe APP14 segment, none without. */
  readonly adobe?: number;
  /** Ids of the components; 1, 2, 3... without. */
  readonly ids?: readonly number[];
  /** Blocks between two restart markers. */
  readonly restartInterval?: number;
  /** Each component in a scan of its own. */
  readonly separateScans?: boolean;
}

/** One scan over the components of the given indexes: its header and its entropy-coded blocks. */
function blockScan(recipe: BlockJpegRecipe, ids: readonly number[], indexes: readonly number[]): number[] {
  const { columns, rows, levels, restartInterval = columns * rows } = recipe;
  const bytes = segment(0xda, [indexes.length, ...indexes.flatMap((i) => [ids[i] ?? 0, 0]), 0, 63, 0]);
  for (let from = 0; from < columns * rows; from += restartInterval) {
    if (from > 0) bytes.push(0xff, 0xd0 + ((from / restartInterval - 1) % 8));
    const bits = new BitWriter();
    // With a quantisation of 8 the DC coefficient is the distance from 128, in levels.
    const previous = ids.map(() => 128);
    for (let block = from; block < Math.min(columns * rows, from + restartInterval); block++) {
      const values = levels(block % columns, Math.floor(block / columns));
      for (const i of indexes) {
        const value = values[i] ?? 0;
        bits.write(`${dcBits(value - (previous[i] ?? 0))}0`);
        previous[i] = value;
      }
    }
    bits.finish();
    bytes.push(...bits.bytes);
  }
  return bytes;
}

const u16 = (value: number): number[] => [value >> 8, value & 255];

/** A baseline JPEG of flat blocks, with any number of components. */
export function blockJpeg(recipe: BlockJpegRecipe): Buffer {
  const { columns, rows, adobe, restartInterval, separateScans = false } = recipe;
  const count = recipe.levels(0, 0).length;
  const ids = recipe.ids ?? Array.from({ length: count }, (_, i) => i + 1);
  const all = ids.map((_, i) => i);
  const scans = separateScans ? all.map((i) => [i]) : [all];
  return Buffer.from([
    0xff,
    0xd8,
    ...(adobe === undefined ? [] : segment(0xee, [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, adobe])),
    ...segment(0xdb, [0, ...new Array<number>(64).fill(8)]),
    ...segment(0xc0, [
      8,
      ...u16(rows * 8),
      ...u16(columns * 8),
      count,
      ...ids.flatMap((id) => [id, 0x11, 0]),
    ]),
    ...segment(0xc4, DC_TABLE),
    ...segment(0xc4, AC_TABLE),
    ...(restartInterval === undefined ? [] : segment(0xdd, u16(restartInterval))),
    ...scans.flatMap((indexes) => blockScan(recipe, ids, indexes)),
    0xff,
    0xd9,
  ]);
}

/**
 * A baseline JPEG of one block, 8 × 8 pixels of one colour.
 *
 * @param levels - value 0..255 of each component
 * @param adobe - transform flag of an Adobe APP14 segment, none without
 */
export const flatJpeg = (levels: readonly number[], adobe?: number): Buffer =>
  blockJpeg({ columns: 1, rows: 1, levels: () => levels, ...(adobe !== undefined && { adobe }) });

/** A TIFF structure that tells an orientation and nothing else. */
export function tiffOrientation(orientation: number, littleEndian = true): Buffer {
  const tiff = Buffer.alloc(26);
  const u16 = (value: number, at: number): number =>
    littleEndian ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number): number =>
    littleEndian ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(littleEndian ? 'II' : 'MM', 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  return tiff;
}

/** Inserts an EXIF segment with an orientation after the first marker. */
export function withOrientation(jpeg: Uint8Array, orientation: number, littleEndian = true): Buffer {
  const payload = [...Buffer.from('Exif\0\0', 'latin1'), ...tiffOrientation(orientation, littleEndian)];
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from(segment(0xe1, payload)), jpeg.subarray(2)]);
}

/** Colours of the four quarters, as stored: top left, top right, bottom left, bottom right. */
export const QUARTERS = [
  [220, 30, 30],
  [30, 160, 60],
  [40, 60, 210],
  [240, 240, 240],
] as const;

/** A picture of 48 × 32 whose quarters have different colours. */
export async function quarteredJpeg(): Promise<Uint8Array> {
  const [width, height] = [48, 32];
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const quarter = QUARTERS[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? QUARTERS[0];
      data.set(quarter, (y * width + x) * 4);
    }
  }
  return encodeJpeg({ width, height, data });
}

/** Subsampling of colour as libjpeg-turbo numbers it. */
export const SUBSAMPLING = { '4:4:4': 0, '4:2:2': 1, '4:2:0': 2, grey: 3, '4:4:0': 4, '4:1:1': 5 } as const;

export interface TurboRecipe {
  readonly width: number;
  readonly height: number;
  /** R, G, B of a pixel. */
  readonly color: (x: number, y: number) => readonly number[];
  readonly progressive?: boolean;
  readonly subsampling?: keyof typeof SUBSAMPLING;
  /** 95 without. */
  readonly quality?: number;
}

interface TurboEncoder {
  getDecodedBuffer(frame: object): Uint8Array;
  setQuality(quality: number): void;
  setProgressive(progressive: boolean): void;
  setSubSampling(subsampling: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

const loadTurbo: (options: object) => Promise<{ readonly JPEGEncoder: new () => TurboEncoder }> =
  createRequire(import.meta.url)('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs');
const turbo = loadTurbo({ print: () => {}, printErr: () => {} });

/** A JPEG made by libjpeg-turbo, with what our encoder never makes. */
export async function turboJpeg(recipe: TurboRecipe): Promise<Uint8Array> {
  const { width, height, color, progressive = false, subsampling = '4:4:4', quality = 95 } = recipe;
  const encoder = new (await turbo).JPEGEncoder();
  // The codec gives the output as much memory as the input: the pixels of a small picture are claimed to be large.
  const componentCount = Math.min(255, 3 + Math.ceil(8192 / (width * height)));
  const rgb = encoder.getDecodedBuffer({ width, height, bitsPerSample: 64, componentCount, isSigned: false });
  for (let i = 0; i < width * height; i++) rgb.set(color(i % width, Math.floor(i / width)), i * 3);
  encoder.setQuality(quality);
  encoder.setProgressive(progressive);
  encoder.setSubSampling(SUBSAMPLING[subsampling]);
  encoder.encode();
  const bytes = new Uint8Array(encoder.getEncodedBuffer());
  encoder.delete();
  return bytes;
}
