import { MAX_CANVAS_SIDE, PIXEL_BYTES, pixelCount, pixelView } from '../../protocol/canvas-pixels.ts';
import type { Seq } from '../../protocol/ids.ts';

/** `[4095,4095,255],` */
const MOST_BYTES = 16;

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;

/**
 * `pixel:bulk_update` as JSON, in UTF-8. Written byte by byte: a rewind may be of a hundred thousand pixels, for which arrays
 * of arrays and `JSON.stringify` take ten times as long.
 *
 * @param pixels packed
 * @param width of the canvas
 */
export function encodeBulkJson(seq: Seq, pixels: Uint8Array, width: number): Uint8Array {
  const head = `{"type":"pixel:bulk_update","seq":${seq},"pixels":[`;
  const json = Buffer.allocUnsafe(head.length + MOST_BYTES * pixelCount(pixels) + 2);
  let at = json.write(head, 'latin1');
  const view = pixelView(pixels);
  for (let from = 0; from < pixels.length; from += PIXEL_BYTES) {
    const pixel = view.getUint32(from);
    const index = pixel >>> 8;
    const y = Math.floor(index / width);
    if (from > 0) json[at++] = COMMA;
    json[at++] = OPEN;
    at = writeNumber(json, at, index - y * width);
    json[at++] = COMMA;
    at = writeNumber(json, at, y);
    json[at++] = COMMA;
    at = writeNumber(json, at, pixel & 0xff);
    json[at++] = CLOSE;
  }
  at += json.write(']}', at, 'latin1');
  return json.subarray(0, at);
}

/** Every number that is written: digits at four times itself, and how many. */
const DIGITS = new Uint8Array(4 * MAX_CANVAS_SIDE);
const LENGTHS = new Uint8Array(MAX_CANVAS_SIDE);
for (let value = 0; value < MAX_CANVAS_SIDE; value += 1) {
  LENGTHS[value] = Buffer.from(DIGITS.buffer).write(String(value), 4 * value, 'latin1');
}

/** @returns where it ends */
function writeNumber(out: Uint8Array, from: number, value: number): number {
  const end = from + (LENGTHS[value] ?? 0);
  for (let at = from, digit = 4 * value; at < end; at += 1, digit += 1) out[at] = DIGITS[digit] ?? 0;
  return end;
}
