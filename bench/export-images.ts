import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Pixels } from '../render/pixels.ts';

const OCTAVES = [
  { cell: 256, strength: 80 },
  { cell: 64, strength: 40 },
  { cell: 16, strength: 18 },
] as const;
/** Noise of the sensor, in levels. */
const GRAIN = 10;
/** By how much the cells of neighbouring channels are shifted: colours differ, as in nature, but not wildly. */
const CHANNEL_SHIFT = 37;

/** A number 0..1 that depends on its coordinates only. */
function hash(x: number, y: number, z: number): number {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(z, 2147483647);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Soft hills, `cell` pixels wide. */
function hills(x: number, y: number, cell: number): number {
  const [left, top] = [Math.floor(x / cell), Math.floor(y / cell)];
  const u = x / cell - left;
  const v = y / cell - top;
  const [su, sv] = [u * u * (3 - 2 * u), v * v * (3 - 2 * v)];
  const above = hash(left, top, cell) * (1 - su) + hash(left + 1, top, cell) * su;
  const below = hash(left, top + 1, cell) * (1 - su) + hash(left + 1, top + 1, cell) * su;
  return above * (1 - sv) + below * sv;
}

/** What packs like a photograph: soft shapes under the grain of a sensor. */
export function photo(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 4) {
      for (let channel = 0; channel < 3; channel++) {
        let level = 30 + (hash(x, y, channel) - 0.5) * GRAIN;
        for (const { cell, strength } of OCTAVES) {
          level += hills(x + channel * CHANNEL_SHIFT, y, cell) * strength;
        }
        data[o + channel] = level;
      }
      data[o + 3] = 255;
    }
  }
  return { width, height, data };
}

/** Encoded by other means than ours, as pictures that come from outside are: every filter, halved colour in a JPEG. */
export function encodeForeign({ width, height, data }: Pixels, format: 'png' | 'jpeg'): Uint8Array {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return format === 'png' ? canvas.encodeSync('png') : canvas.encodeSync('jpeg', 90);
}
