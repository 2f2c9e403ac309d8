import type { PngChunks } from './png-chunks.ts';
import { PNG_COLOR } from './png-header.ts';

/** Writes one unfiltered row as RGBA pixels: pixel `x` of the row goes to `target + x * step` (in pixels). */
export type SampleWriter = (
  row: Uint8Array,
  start: number,
  width: number,
  target: number,
  step: number,
) => void;

/** 16-bit samples become 8-bit ones by rounding, not by dropping the low byte. */
const narrow = (high: number, low: number): number => (((high << 8) | low) * 255 + 32895) >>> 16;

/** Reads sample `index` of a row that packs samples of `depth` bits from the high end of each byte. */
function packedSample(row: Uint8Array, start: number, index: number, depth: number): number {
  const bit = index * depth;
  return ((row[start + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

const paletteWriter =
  ({ header, palette, transparency }: PngChunks, out: Uint8Array): SampleWriter =>
  (row, start, width, target, step) => {
    for (let x = 0; x < width; x++) {
      const entry = packedSample(row, start, x, header.depth);
      const o = (target + x * step) * 4;
      // An index beyond the palette is black, as browsers draw it.
      out[o] = palette?.[entry * 3] ?? 0;
      out[o + 1] = palette?.[entry * 3 + 1] ?? 0;
      out[o + 2] = palette?.[entry * 3 + 2] ?? 0;
      out[o + 3] = transparency?.[entry] ?? 255;
    }
  };

/** Grey of 1 to 8 bits; tRNS names one transparent grey at the original depth. */
function packedGrayWriter({ header, transparency }: PngChunks, out: Uint8Array): SampleWriter {
  const { depth } = header;
  const white = (1 << depth) - 1;
  const hidden = transparency ? ((transparency[0] ?? 0) << 8) | (transparency[1] ?? 0) : -1;
  return (row, start, width, target, step) => {
    for (let x = 0; x < width; x++) {
      const sample = packedSample(row, start, x, depth);
      const o = (target + x * step) * 4;
      out.fill(Math.round((sample * 255) / white), o, o + 3);
      out[o + 3] = sample === hidden ? 0 : 255;
    }
  };
}

/** Samples of whole bytes: grey or colour, with or without alpha, 8 or 16 bits. */
function byteWriter({ header, transparency }: PngChunks, out: Uint8Array): SampleWriter {
  const bytes = header.depth >> 3;
  const isGray = header.color === PNG_COLOR.gray || header.color === PNG_COLOR.grayAlpha;
  const hasAlpha = header.color === PNG_COLOR.grayAlpha || header.color === PNG_COLOR.rgba;
  const colors = isGray ? 1 : 3;
  const unit = (colors + (hasAlpha ? 1 : 0)) * bytes;
  const hidden = hasAlpha ? undefined : transparency;
  const read = (row: Uint8Array, at: number): number =>
    bytes === 1 ? (row[at] as number) : narrow(row[at] as number, row[at + 1] as number);
  const isHidden = (row: Uint8Array, at: number): boolean => {
    if (!hidden) return false;
    for (let channel = 0; channel < colors; channel++) {
      const value =
        bytes === 1
          ? row[at + channel]
          : ((row[at + channel * 2] as number) << 8) | (row[at + channel * 2 + 1] as number);
      if (value !== (((hidden[channel * 2] ?? 0) << 8) | (hidden[channel * 2 + 1] ?? 0))) return false;
    }
    return true;
  };
  return (row, start, width, target, step) => {
    for (let x = 0, at = start; x < width; x++, at += unit) {
      const o = (target + x * step) * 4;
      out[o] = read(row, at);
      out[o + 1] = isGray ? (out[o] as number) : read(row, at + bytes);
      out[o + 2] = isGray ? (out[o] as number) : read(row, at + 2 * bytes);
      if (hasAlpha) out[o + 3] = read(row, at + colors * bytes);
      else out[o + 3] = isHidden(row, at) ? 0 : 255;
    }
  };
}

/** The writer that turns rows of this PNG's kind of pixel into RGBA. */
export function sampleWriter(chunks: PngChunks, out: Uint8Array): SampleWriter {
  if (chunks.header.color === PNG_COLOR.palette) return paletteWriter(chunks, out);
  if (chunks.header.depth < 8) return packedGrayWriter(chunks, out);
  return byteWriter(chunks, out);
}
