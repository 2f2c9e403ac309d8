import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { PIXEL_BYTES, pixelCount, pixelView } from '../../protocol/canvas-pixels.ts';

/** Of a byte of a varUint: seven bits of the number, and whether more follow. */
const BITS = 7;
const MORE = 1 << BITS;

/**
 * Pixels as a log keeps them: varUint count; then, by index, each as varUint gap (from the index after the one before)
 * and a byte of colour. Neighbours cost 2 bytes each.
 *
 * Written and read byte by byte, not by lib0's functions: a rewind may have millions, in one step of the actor.
 *
 * @param packed by index, each once
 */
export function writePixels(encoder: encoding.Encoder, packed: Uint8Array): void {
  const count = pixelCount(packed);
  encoding.writeVarUint(encoder, count);
  const view = pixelView(packed);
  const last = count === 0 ? 0 : view.getUint32(packed.length - PIXEL_BYTES) >>> 8;
  // A gap takes a byte more for every factor of 128: all of them together no more than the last index has times 128.
  const bytes = new Uint8Array(2 * count + (last >>> BITS));
  let next = 0;
  let at = 0;
  for (let n = 0; n < packed.length; n += PIXEL_BYTES) {
    const pixel = view.getUint32(n);
    const index = pixel >>> 8;
    let gap = index - next;
    for (; gap >= MORE; gap >>>= BITS) bytes[at++] = (gap & (MORE - 1)) | MORE;
    bytes[at++] = gap;
    bytes[at++] = pixel;
    next = index + 1;
  }
  encoding.writeUint8Array(encoder, bytes.subarray(0, at));
}

/** @throws Error where they are cut off */
export function readPixels(decoder: decoding.Decoder): Uint8Array {
  const count = decoding.readVarUint(decoder);
  const packed = new Uint8Array(count * PIXEL_BYTES);
  const view = pixelView(packed);
  const { arr: bytes } = decoder;
  let at = decoder.pos;
  let next = 0;
  for (let n = 0; n < packed.length; n += PIXEL_BYTES) {
    let byte = bytes[at++] ?? 0;
    let gap = byte;
    // An index has 24 bits: four bytes at most.
    for (let shift = BITS; byte >= MORE; shift += BITS) {
      byte = bytes[at++] ?? 0;
      gap = (gap & ((1 << shift) - 1)) | (byte << shift);
    }
    const index = next + gap;
    view.setUint32(n, (index << 8) | (bytes[at++] ?? 0));
    next = index + 1;
  }
  if (at > bytes.length) throw new Error('the pixels are cut off');
  decoder.pos = at;
  return packed;
}
