import type { Pixels } from './pixels.ts';

/** Weights are fixed-point numbers that add up to exactly this, so that a plain area keeps its colour. */
const WEIGHT_BITS = 14;
const WEIGHT_ONE = 1 << WEIGHT_BITS;
/** Between the two passes opaque samples keep 8 more bits. */
const MID_SHIFT = WEIGHT_BITS - 8;
/** What then undoes both passes, and the half that makes it round. */
const END_SHIFT = WEIGHT_BITS + 8;
const HALF = 1 << (END_SHIFT - 1);

/** For each target sample: the first source sample it draws on, how many, and their weights (`stride` apart). */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  readonly stride: number;
}

/** A triangle as wide as one sample of the coarser grid: bilinear upwards, area-like without aliasing downwards. */
function triangleTaps(from: number, to: number): Taps {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  const stride = Math.ceil(reach * 2) + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Int32Array(to * stride);
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * ratio;
    const begin = Math.max(0, Math.floor(center - reach + 0.5));
    const end = Math.min(from, Math.floor(center + reach + 0.5));
    const shares: number[] = [];
    for (let j = begin; j < end; j++) shares.push(Math.max(0, 1 - Math.abs((j + 0.5 - center) / reach)));
    const sum = shares.reduce((total, share) => total + share, 0);
    let rest = WEIGHT_ONE;
    let heaviest = 0;
    shares.forEach((share, j) => {
      const weight = Math.round((share / sum) * WEIGHT_ONE);
      weights[i * stride + j] = weight;
      rest -= weight;
      if (share > (shares[heaviest] ?? 0)) heaviest = j;
    });
    weights[i * stride + heaviest] = (weights[i * stride + heaviest] as number) + rest;
    first[i] = begin;
    count[i] = shares.length;
  }
  return { first, count, weights, stride };
}

/** Squeezes one row to `row`; which samples it holds then, is a matter between it and {@link RowWriter}. */
type RowSqueezer = (data: Uint8Array, rowStart: number, taps: Taps, row: Uint16Array) => void;

/** Turns weighted sums of squeezed rows into pixels at `offset`. */
type RowWriter = (sums: Int32Array, out: Uint8Array, offset: number) => void;

// All sums stay below 2^31: 65,280 or 65,025 at most, times weights that add up to 2^14.

const squeezeOpaque: RowSqueezer = (data, rowStart, { first, count, weights, stride }, row) => {
  for (let x = 0, o = 0; o < row.length; x++, o += 3) {
    let r = 0;
    let g = 0;
    let b = 0;
    const end = x * stride + (count[x] as number);
    for (let k = x * stride, i = rowStart + (first[x] as number) * 4; k < end; k++, i += 4) {
      const weight = weights[k] as number;
      r += (data[i] as number) * weight;
      g += (data[i + 1] as number) * weight;
      b += (data[i + 2] as number) * weight;
    }
    row[o] = r >> MID_SHIFT;
    row[o + 1] = g >> MID_SHIFT;
    row[o + 2] = b >> MID_SHIFT;
  }
};

const writeOpaque: RowWriter = (sums, out, offset) => {
  for (let i = 0, o = offset; i < sums.length; i += 3, o += 4) {
    out[o] = ((sums[i] as number) + HALF) >> END_SHIFT;
    out[o + 1] = ((sums[i + 1] as number) + HALF) >> END_SHIFT;
    out[o + 2] = ((sums[i + 2] as number) + HALF) >> END_SHIFT;
    out[o + 3] = 255;
  }
};

/** Samples are colour times alpha, and alpha times 255, so that colours weigh as much as they show. */
const squeezeAlpha: RowSqueezer = (data, rowStart, { first, count, weights, stride }, row) => {
  for (let x = 0, o = 0; o < row.length; x++, o += 4) {
    let r = 0;
    let g = 0;
    let b = 0;
    let a = 0;
    const end = x * stride + (count[x] as number);
    for (let k = x * stride, i = rowStart + (first[x] as number) * 4; k < end; k++, i += 4) {
      const weight = (weights[k] as number) * (data[i + 3] as number);
      r += (data[i] as number) * weight;
      g += (data[i + 1] as number) * weight;
      b += (data[i + 2] as number) * weight;
      a += 255 * weight;
    }
    row[o] = r >> WEIGHT_BITS;
    row[o + 1] = g >> WEIGHT_BITS;
    row[o + 2] = b >> WEIGHT_BITS;
    row[o + 3] = a >> WEIGHT_BITS;
  }
};

const writeAlpha: RowWriter = (sums, out, offset) => {
  for (let i = 0, o = offset; i < sums.length; i += 4, o += 4) {
    const alpha = sums[i + 3] as number;
    const share = alpha > 0 ? 255 / alpha : 0;
    out[o] = Math.round((sums[i] as number) * share);
    out[o + 1] = Math.round((sums[i + 1] as number) * share);
    out[o + 2] = Math.round((sums[i + 2] as number) * share);
    out[o + 3] = Math.round(alpha / (255 * WEIGHT_ONE));
  }
};

/** Adds up `rows[...]` by their weights. */
function weigh(ring: readonly Uint16Array[], first: number, weights: Int32Array, sums: Int32Array): void {
  const top = ring[first % ring.length] as Uint16Array;
  const topWeight = weights[0] as number;
  for (let i = 0; i < sums.length; i++) sums[i] = (top[i] as number) * topWeight;
  for (let k = 1; k < weights.length; k++) {
    const weight = weights[k] as number;
    const row = ring[(first + k) % ring.length] as Uint16Array;
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (row[i] as number) * weight;
  }
}

/**
 * Scales a picture with a separable triangle filter. Fixed-point weights make the result the same on every machine.
 * Only as many squeezed rows are held as one target row draws on.
 *
 * @param hasAlpha - `false` skips what keeps colours of transparent pixels from bleeding
 */
export function resample(source: Pixels, width: number, height: number, hasAlpha: boolean): Pixels {
  if (source.width === width && source.height === height) return source;
  const across = triangleTaps(source.width, width);
  const along = triangleTaps(source.height, height);
  const [squeeze, write] = hasAlpha ? [squeezeAlpha, writeAlpha] : [squeezeOpaque, writeOpaque];
  const samples = width * (hasAlpha ? 4 : 3);
  const data = new Uint8Array(width * height * 4);
  const sums = new Int32Array(samples);
  const ring = Array.from({ length: along.stride }, () => new Uint16Array(samples));
  let squeezed = 0;
  for (let y = 0; y < height; y++) {
    const first = along.first[y] as number;
    const count = along.count[y] as number;
    for (squeezed = Math.max(squeezed, first); squeezed < first + count; squeezed++) {
      squeeze(source.data, squeezed * source.width * 4, across, ring[squeezed % ring.length] as Uint16Array);
    }
    weigh(ring, first, along.weights.subarray(y * along.stride, y * along.stride + count), sums);
    write(sums, data, y * width * 4);
  }
  return { width, height, data };
}
