import { asWords, type Pixels } from './pixels.ts';
import type { Deflate, Packing } from './png-deflate.ts';
import { PNG_FILTER } from './png-unfilter.ts';

/** Filters that pay: screenshots like none or up, photographs sub or up; paeth costs more time than it saves bytes. */
const CANDIDATES = [PNG_FILTER.none, PNG_FILTER.sub, PNG_FILTER.up] as const;
export type EncodeFilter = (typeof CANDIDATES)[number];

/** Rows that are tried out: bands spread over the picture, a few neighbouring rows each (up needs neighbours). */
const SAMPLE_BANDS = 8;
const SAMPLE_ROWS = 4;

const LOW_BITS = 0x7f7f7f7f;
const HIGH_BITS = 0x80808080;

/** The difference of two pixels, each of their four bytes by itself: no byte borrows from the next. */
const difference = (a: number, b: number): number =>
  ((a | HIGH_BITS) - (b & LOW_BITS)) ^ ((a ^ ~b) & HIGH_BITS);

/** Filters the row of pixels that begins at `begin`; what lies outside the picture is zero. */
function filterRow(
  words: Int32Array,
  begin: number,
  width: number,
  filter: EncodeFilter,
  out: Int32Array,
): void {
  if (filter === PNG_FILTER.sub) {
    let left = 0;
    for (let x = 0; x < width; x++) {
      const word = words[begin + x] as number;
      out[x] = difference(word, left);
      left = word;
    }
  } else if (filter === PNG_FILTER.up && begin > 0) {
    for (let x = 0, i = begin; x < width; x++, i++) {
      out[x] = difference(words[i] as number, words[i - width] as number);
    }
  } else {
    out.set(words.subarray(begin, begin + width));
  }
}

/** Drops the alpha of pixels in place, four of them at a time: three words are left of four. */
function dropAlpha(row: Int32Array): void {
  for (let i = 0, o = 0; i < row.length; i += 4, o += 3) {
    const second = row[i + 1] as number;
    const third = row[i + 2] as number;
    row[o] = ((row[i] as number) & 0xffffff) | (second << 24);
    row[o + 1] = ((second >>> 8) & 0xffff) | (third << 16);
    row[o + 2] = ((third >>> 16) & 0xff) | ((row[i + 3] as number) << 8);
  }
}

/** Writes rows `from` to `to` of the picture as filtered PNG rows, each led by its filter byte. */
export function filterRows(
  { width, data }: Pixels,
  from: number,
  to: number,
  filter: EncodeFilter,
  channels: 3 | 4,
): Uint8Array {
  const words = asWords(data);
  const length = width * channels;
  const rows = Buffer.allocUnsafe((length + 1) * (to - from));
  const row = new Int32Array(Math.ceil(width / 4) * 4);
  const rowBytes = new Uint8Array(row.buffer, 0, length);
  for (let y = from, o = 0; y < to; y++, o += length + 1) {
    rows[o] = filter;
    filterRow(words, y * width, width, filter, row);
    if (channels === 3) dropAlpha(row);
    rows.set(rowBytes, o + 1);
  }
  return rows;
}

/** How a picture is to be packed. */
export interface PackingChoice {
  readonly filter: EncodeFilter;
  readonly packing: Packing;
}

/** The filter, and then the packing, with which a sample of the rows becomes smallest. */
export function choosePacking(pixels: Pixels, channels: 3 | 4, [first, ...others]: Deflate): PackingChoice {
  const band = Math.max(SAMPLE_ROWS, Math.floor(pixels.height / SAMPLE_BANDS));
  let choice: PackingChoice = { filter: PNG_FILTER.none, packing: first };
  let best: Uint8Array = new Uint8Array();
  let smallest = Number.POSITIVE_INFINITY;
  for (const filter of CANDIDATES) {
    const pieces: Uint8Array[] = [];
    for (let y = 0; y < pixels.height; y += band) {
      pieces.push(filterRows(pixels, y, Math.min(pixels.height, y + SAMPLE_ROWS), filter, channels));
    }
    const sample = Buffer.concat(pieces);
    const size = first.estimate(sample);
    if (size >= smallest) continue;
    smallest = size;
    best = sample;
    choice = { filter, packing: first };
  }
  for (const packing of others) {
    const size = packing.estimate(best);
    if (size >= smallest) continue;
    smallest = size;
    choice = { ...choice, packing };
  }
  return choice;
}
