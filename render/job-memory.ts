import { checkImageSize, checkOutputSize, outputSize, readImageHeader } from './image-header.ts';
import { isJpeg, readJpegFrame } from './jpeg-frame.ts';
import { PIXEL_BYTES } from './pixels.ts';
import { PNG_CHANNELS, readPngHeader } from './png-header.ts';
import type { PaletteRequest, RenderRequest } from './port.ts';

/** Bytes of a pixel that both ends of a codec hold: the RGBA on one side, the samples on the other. */
const ENCODE_BYTES_PER_PIXEL = PIXEL_BYTES + 4;
/** Progressive pictures keep all coefficients, of two bytes each, until the last scan. */
const COEFFICIENT_BYTES = 2;
/** jpeg-js, which reads the four components of CMYK, keeps four bytes each, and objects around them. */
const SLOW_COEFFICIENT_BYTES = 6;

/** Bytes that decoding needs per pixel: the picture, and what it is made from. */
function decodeBytesPerPixel(image: Uint8Array): number {
  if (!isJpeg(image)) {
    const { color, depth } = readPngHeader(image);
    return PIXEL_BYTES + Math.max(1, (PNG_CHANNELS[color] * depth) / 8);
  }
  const { components, isProgressive } = readJpegFrame(image);
  const coefficients = components === 4 ? SLOW_COEFFICIENT_BYTES : isProgressive ? COEFFICIENT_BYTES : 0;
  return PIXEL_BYTES + components * (1 + coefficients);
}

/**
 * Judges a request by the header of its image, before it costs anything, and tells the memory that its job will need,
 * in bytes.
 *
 * @throws Problem `image_unsupported`, `image_corrupt`, `image_too_large`
 */
export function estimateJobBytes({ image, scene, scale, format }: RenderRequest): number {
  const header = image && readImageHeader(image);
  if (header) checkImageSize(header);
  const page = header ?? scene;
  const size = outputSize(page.width, page.height, scale);
  checkOutputSize(size, format);
  const decoding = image && header ? header.width * header.height * decodeBytesPerPixel(image) : 0;
  // Of the picture itself there are two where it is scaled, and one where it becomes the page.
  const encoding = size.width * size.height * ENCODE_BYTES_PER_PIXEL;
  return decoding + encoding + (image?.byteLength ?? 0);
}

/**
 * The same for a picture of palette colours.
 *
 * @throws Problem `image_too_large`
 */
export function estimatePaletteJobBytes({ width, height, colors, scale, format }: PaletteRequest): number {
  const size = outputSize(width, height, scale);
  checkOutputSize(size, format);
  return colors.byteLength + Math.max(width * height, size.width * size.height) * ENCODE_BYTES_PER_PIXEL;
}
