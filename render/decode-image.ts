import { readImageHeader } from './image-header.ts';
import { decodeJpeg } from './jpeg-decode.ts';
import type { Pixels } from './pixels.ts';
import { decodePng } from './png-decode.ts';

/**
 * Decodes a PNG or JPEG, told apart by content, to upright RGBA.
 *
 * @throws Problem `image_unsupported`, `image_corrupt`, `image_too_large`
 */
export async function decodeImage(bytes: Uint8Array): Promise<Pixels> {
  return readImageHeader(bytes).format === 'png' ? decodePng(bytes) : decodeJpeg(bytes);
}
