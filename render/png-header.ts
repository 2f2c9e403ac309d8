import { Problem } from '../protocol/problem.ts';

/** The IHDR chunk of a PNG (W3C PNG, third edition, section 11.2.1). */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly color: PngColor;
  readonly interlaced: boolean;
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Colour types of IHDR. */
export const PNG_COLOR = { gray: 0, rgb: 2, palette: 3, grayAlpha: 4, rgba: 6 } as const;
export type PngColor = (typeof PNG_COLOR)[keyof typeof PNG_COLOR];

const DEPTHS: Readonly<Record<PngColor, readonly number[]>> = {
  [PNG_COLOR.gray]: [1, 2, 4, 8, 16],
  [PNG_COLOR.rgb]: [8, 16],
  [PNG_COLOR.palette]: [1, 2, 4, 8],
  [PNG_COLOR.grayAlpha]: [8, 16],
  [PNG_COLOR.rgba]: [8, 16],
};

/** Samples of one pixel, by colour type. */
export const PNG_CHANNELS: Readonly<Record<PngColor, number>> = {
  [PNG_COLOR.gray]: 1,
  [PNG_COLOR.rgb]: 3,
  [PNG_COLOR.palette]: 1,
  [PNG_COLOR.grayAlpha]: 2,
  [PNG_COLOR.rgba]: 4,
};

/** Signature, length, type, IHDR: 8 + 4 + 4 + 13 bytes. */
const HEADER_END = 29;
const IHDR_LENGTH = 13;
const IHDR_TYPE = 0x49484452;
const MAX_PNG_SIDE = 0x7fffffff;

const isColor = (value: number): value is PngColor => value in DEPTHS;

/** The first four bytes tell a PNG; a file that stops within the signature is a broken one, not another kind. */
export const isPng = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && PNG_SIGNATURE.subarray(0, 4).every((byte, index) => bytes[index] === byte);

/** @throws Problem `image_corrupt` where the header is cut off or breaks the standard. */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const corrupt = (detail: string): Problem => new Problem('image_corrupt', `The PNG ${detail}.`);
  if (bytes.length < HEADER_END) throw corrupt('ends before its size is told');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);
  if (!whole || view.getUint32(8) !== IHDR_LENGTH || view.getUint32(12) !== IHDR_TYPE) {
    throw corrupt('does not begin with its header');
  }
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  if (width < 1 || height < 1 || width > MAX_PNG_SIDE || height > MAX_PNG_SIDE) throw corrupt('has no size');
  const [depth = 0, color = 0, compression, filter, interlace = 0] = bytes.subarray(24, HEADER_END);
  if (!isColor(color) || !DEPTHS[color].includes(depth)) throw corrupt('has an unknown kind of pixel');
  if (compression !== 0 || filter !== 0 || interlace > 1) throw corrupt('is packed in an unknown way');
  return { width, height, depth, color, interlaced: interlace === 1 };
}
