import { deflateRawSync } from 'node:zlib';
import type { Pixels } from './pixels.ts';
import { PNG_FILTER } from './png-unfilter.ts';

/** Filters that pay: screenshots like none or up, photographs sub or up; paeth costs more time than it saves bytes. */
const CANDIDATES = [PNG_FILTER.none, PNG_FILTER.sub, PNG_FILTER.up] as const;
export type EncodeFilter = (typeof CANDIDATES)[number];

/** Rows that are tried out: bands spread over the picture, a few neighbouring rows each (up needs neighbours). */
const SAMPLE_BANDS = 8;
const SAMPLE_ROWS = 4;

/** Writes rows `from` to `to` of the picture as filtered PNG rows, each led by its filter byte. */
export function filterRows(
  { width, data }: Pixels,
  from: number,
  to: number,
  filter: EncodeFilter,
  channels: 3 | 4,
): Uint8Array {
  const stride = width * channels + 1;
  const rows = Buffer.allocUnsafe(stride * (to - from));
  for (let y = from, o = 0; y < to; y++) {
    rows[o++] = filter;
    const begin = y * width * 4;
    const end = begin + width * 4;
    // What is subtracted lies one pixel back, or one row back; outside the picture it is zero.
    const back = filter === PNG_FILTER.sub ? 4 : width * 4;
    const firstWithNeighbour = filter === PNG_FILTER.sub ? begin + 4 : y === 0 ? end : begin;
    const plainEnd = filter === PNG_FILTER.none ? end : Math.min(end, firstWithNeighbour);
    let i = begin;
    if (channels === 4) {
      rows.set(data.subarray(i, plainEnd), o);
      o += plainEnd - i;
      for (i = plainEnd; i < end; i++) rows[o++] = (data[i] as number) - (data[i - back] as number);
    } else {
      for (; i < plainEnd; i += 4, o += 3) {
        rows[o] = data[i] as number;
        rows[o + 1] = data[i + 1] as number;
        rows[o + 2] = data[i + 2] as number;
      }
      for (; i < end; i += 4, o += 3) {
        rows[o] = (data[i] as number) - (data[i - back] as number);
        rows[o + 1] = (data[i + 1] as number) - (data[i - back + 1] as number);
        rows[o + 2] = (data[i + 2] as number) - (data[i - back + 2] as number);
      }
    }
  }
  return rows;
}

/** The filter under which a sample of the rows packs smallest. */
export function chooseFilter(pixels: Pixels, channels: 3 | 4): EncodeFilter {
  const band = Math.max(SAMPLE_ROWS, Math.floor(pixels.height / SAMPLE_BANDS));
  let best: EncodeFilter = PNG_FILTER.none;
  let smallest = Number.POSITIVE_INFINITY;
  for (const filter of CANDIDATES) {
    const pieces: Uint8Array[] = [];
    for (let y = 0; y < pixels.height; y += band) {
      pieces.push(filterRows(pixels, y, Math.min(pixels.height, y + SAMPLE_ROWS), filter, channels));
    }
    const size = deflateRawSync(Buffer.concat(pieces), { level: 1 }).length;
    if (size < smallest) {
      smallest = size;
      best = filter;
    }
  }
  return best;
}
