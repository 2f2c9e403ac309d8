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

/**
 * A baseline JPEG of one block, 8 × 8 pixels of one colour, with any number of components: what no encoder at hand
 * makes.
 *
 * @param levels - value 0..255 of each component
 * @param adobe - transform flag of an Adobe APP14 segment, none without
 */
export function flatJpeg(levels: readonly number[], adobe?: number): Buffer {
  const bits = new BitWriter();
  // With a quantisation of 8 the DC coefficient is the distance from 128, in levels.
  for (const level of levels) bits.write(`${dcBits(level - 128)}0`);
  bits.finish();
  const components = levels.flatMap((_, index) => [index + 1, 0x11, 0]);
  const scan = levels.flatMap((_, index) => [index + 1, 0]);
  return Buffer.from([
    0xff,
    0xd8,
    ...(adobe === undefined ? [] : segment(0xee, [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, adobe])),
    ...segment(0xdb, [0, ...new Array<number>(64).fill(8)]),
    ...segment(0xc0, [8, 0, 8, 0, 8, levels.length, ...components]),
    ...segment(0xc4, DC_TABLE),
    ...segment(0xc4, AC_TABLE),
    ...segment(0xda, [levels.length, ...scan, 0, 63, 0]),
    ...bits.bytes,
    0xff,
    0xd9,
  ]);
}

/** Inserts an EXIF segment with an orientation after the first marker. */
export function withOrientation(jpeg: Uint8Array, orientation: number, littleEndian = true): Buffer {
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
  const payload = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff];
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
