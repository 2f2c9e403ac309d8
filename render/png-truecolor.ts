import { PNG_FILTER, unknownFilter } from './png-unfilter.ts';

/**
 * Undoes the filters of 8-bit RGB or RGBA rows and writes RGBA at once: the kind of nearly every screenshot, worth a
 * pass that touches each byte once. The row above is read back from the output, whose pixels are already whole.
 *
 * @param rows - inflated rows, each led by its filter byte
 * @param channels - 3 (alpha becomes 255) or 4
 */
export function unfilterTruecolor(
  rows: Uint8Array,
  width: number,
  height: number,
  channels: 3 | 4,
  out: Uint8Array,
): void {
  const stride = width * channels + 1;
  const outStride = width * 4;
  for (let y = 0; y < height; y++) {
    const source = y * stride;
    let filter = rows[source] as number;
    // On the first row everything above is zero, which turns two filters into simpler ones.
    if (y === 0 && filter === PNG_FILTER.up) filter = PNG_FILTER.none;
    if (y === 0 && filter === PNG_FILTER.paeth) filter = PNG_FILTER.sub;
    const target = y * outStride;
    if (filter === PNG_FILTER.none) copyRow(rows, source + 1, out, target, outStride, channels);
    else if (filter === PNG_FILTER.sub) subRow(rows, source + 1, out, target, outStride, channels);
    else if (filter === PNG_FILTER.up) upRow(rows, source + 1, out, target, outStride, channels);
    else if (filter === PNG_FILTER.average) averageRow(rows, source + 1, out, target, outStride, channels, y);
    else if (filter === PNG_FILTER.paeth) paethRow(rows, source + 1, out, target, outStride, channels);
    else throw unknownFilter();
  }
}

type Row = (rows: Uint8Array, i: number, out: Uint8Array, o: number, length: number, channels: 3 | 4) => void;

const copyRow: Row = (rows, i, out, o, length, channels) => {
  if (channels === 4) {
    out.set(rows.subarray(i, i + length), o);
    return;
  }
  for (const end = o + length; o < end; o += 4, i += 3) {
    out[o] = rows[i] as number;
    out[o + 1] = rows[i + 1] as number;
    out[o + 2] = rows[i + 2] as number;
    out[o + 3] = 255;
  }
};

const subRow: Row = (rows, i, out, o, length, channels) => {
  let r = 0;
  let g = 0;
  let b = 0;
  let a = channels === 3 ? 255 : 0;
  for (const end = o + length; o < end; o += 4, i += channels) {
    r = (r + (rows[i] as number)) & 255;
    g = (g + (rows[i + 1] as number)) & 255;
    b = (b + (rows[i + 2] as number)) & 255;
    if (channels === 4) a = (a + (rows[i + 3] as number)) & 255;
    out[o] = r;
    out[o + 1] = g;
    out[o + 2] = b;
    out[o + 3] = a;
  }
};

const upRow: Row = (rows, i, out, o, length, channels) => {
  let above = o - length;
  for (const end = o + length; o < end; o += 4, above += 4, i += channels) {
    out[o] = (rows[i] as number) + (out[above] as number);
    out[o + 1] = (rows[i + 1] as number) + (out[above + 1] as number);
    out[o + 2] = (rows[i + 2] as number) + (out[above + 2] as number);
    out[o + 3] = channels === 4 ? (rows[i + 3] as number) + (out[above + 3] as number) : 255;
  }
};

function averageRow(
  rows: Uint8Array,
  i: number,
  out: Uint8Array,
  o: number,
  length: number,
  channels: 3 | 4,
  y: number,
): void {
  for (let x = 0; x < length; x += 4, i += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const at = o + x + channel;
      const left = x > 0 ? (out[at - 4] as number) : 0;
      const up = y > 0 ? (out[at - length] as number) : 0;
      out[at] = (rows[i + channel] as number) + ((left + up) >> 1);
    }
    if (channels === 3) out[o + x + 3] = 255;
  }
}

/** The four channels run in one loop with their neighbours in locals: twice as fast as channel by channel. */
const paethRow: Row = (rows, i, out, o, length, channels) => {
  const above = o - length;
  const alpha = channels === 4;
  let r = 0;
  let g = 0;
  let b = 0;
  let a = alpha ? 0 : 255;
  let cornerR = 0;
  let cornerG = 0;
  let cornerB = 0;
  let cornerA = 0;
  for (let x = 0; x < length; x += 4, i += channels) {
    const upR = out[above + x] as number;
    const upG = out[above + x + 1] as number;
    const upB = out[above + x + 2] as number;
    r = ((rows[i] as number) + predict(r, upR, cornerR)) & 255;
    g = ((rows[i + 1] as number) + predict(g, upG, cornerG)) & 255;
    b = ((rows[i + 2] as number) + predict(b, upB, cornerB)) & 255;
    cornerR = upR;
    cornerG = upG;
    cornerB = upB;
    if (alpha) {
      const upA = out[above + x + 3] as number;
      a = ((rows[i + 3] as number) + predict(a, upA, cornerA)) & 255;
      cornerA = upA;
    }
    out[o + x] = r;
    out[o + x + 1] = g;
    out[o + x + 2] = b;
    out[o + x + 3] = a;
  }
};

function predict(left: number, up: number, corner: number): number {
  let toLeft = up - corner;
  let toUp = left - corner;
  let toCorner = toLeft + toUp;
  toLeft = toLeft < 0 ? -toLeft : toLeft;
  toUp = toUp < 0 ? -toUp : toUp;
  toCorner = toCorner < 0 ? -toCorner : toCorner;
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
