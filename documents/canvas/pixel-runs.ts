import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { PIXEL_BYTES, pixelColor, pixelCount, pixelIndex, setPixel } from '../../protocol/canvas-pixels.ts';

/**
 * Pixels as a log keeps them: varUint count; then, by index, each as varUint gap (from the index after the one before)
 * and a byte of colour. Neighbours cost 2 bytes each.
 *
 * @param packed by index, each once
 */
export function writePixels(encoder: encoding.Encoder, packed: Uint8Array): void {
  const count = pixelCount(packed);
  encoding.writeVarUint(encoder, count);
  let next = 0;
  for (let n = 0; n < count; n += 1) {
    const index = pixelIndex(packed, n);
    encoding.writeVarUint(encoder, index - next);
    encoding.writeUint8(encoder, pixelColor(packed, n));
    next = index + 1;
  }
}

export function readPixels(decoder: decoding.Decoder): Uint8Array {
  const count = decoding.readVarUint(decoder);
  const packed = new Uint8Array(count * PIXEL_BYTES);
  let next = 0;
  for (let n = 0; n < count; n += 1) {
    const index = next + decoding.readVarUint(decoder);
    setPixel(packed, n, index, decoding.readUint8(decoder));
    next = index + 1;
  }
  return packed;
}
