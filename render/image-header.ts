import { Problem } from '../protocol/problem.ts';
import { isSideways, type Orientation } from './exif.ts';
import { foreignFormat } from './foreign-format.ts';
import { isJpeg, readJpegFrame } from './jpeg-frame.ts';
import { isPng, readPngHeader } from './png-header.ts';
import { readPngOrientation } from './png-orientation.ts';
import type { ImageFormat } from './port.ts';

/** What an encoded picture says about itself; `width` and `height` are those of the upright picture, in pixels. */
export interface ImageHeader {
  readonly format: ImageFormat;
  readonly mime: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Largest picture that is decoded: 200 MB as RGBA. */
export const MAX_IMAGE_PIXELS = 50_000_000;
/** Largest picture that is made: 400 MB as RGBA. */
export const MAX_OUTPUT_PIXELS = 100_000_000;
/** A JPEG stores its sides in 16 bits; libjpeg keeps 35 of them for itself. */
export const MAX_JPEG_SIDE = 65_500;

const uprightSize = ({ width, height }: Size, orientation: Orientation): Size =>
  isSideways(orientation) ? { width: height, height: width } : { width, height };

/**
 * Reads format and size from the first bytes of a PNG or JPEG, without decoding: a file of a few bytes that claims
 * gigapixels costs nothing. Judged by content only. EXIF orientation is honoured.
 *
 * @throws Problem `image_unsupported` for bytes that are neither, `image_corrupt` for a header that is cut off or broken.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  if (isPng(bytes)) {
    const upright = uprightSize(readPngHeader(bytes), readPngOrientation(bytes));
    return { format: 'png', mime: 'image/png', ...upright };
  }
  if (isJpeg(bytes)) {
    const frame = readJpegFrame(bytes);
    return { format: 'jpg', mime: 'image/jpeg', ...uprightSize(frame, frame.orientation) };
  }
  const foreign = foreignFormat(bytes);
  throw new Problem(
    'image_unsupported',
    foreign === undefined
      ? 'The bytes are neither a PNG nor a JPEG.'
      : `The image is a file of type ${foreign}; only PNG and JPEG are read.`,
  );
}

const megapixels = (pixels: number): string => (pixels / 1e6).toFixed(1);

/** @throws Problem `image_too_large` over {@link MAX_IMAGE_PIXELS}. */
export function checkImageSize({ width, height }: Size): void {
  const pixels = width * height;
  if (pixels <= MAX_IMAGE_PIXELS) return;
  throw new Problem(
    'image_too_large',
    `The image has ${megapixels(pixels)} megapixels; ${megapixels(MAX_IMAGE_PIXELS)} are allowed.`,
  );
}

/** Sides of the picture made of a page: `round(side * scale)`, at least 1. */
export const outputSize = (width: number, height: number, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});

/** @throws Problem `image_too_large` where the picture has more pixels than allowed, or sides that its format cannot store. */
export function checkOutputSize({ width, height }: Size, format: ImageFormat): void {
  const pixels = width * height;
  if (pixels > MAX_OUTPUT_PIXELS) {
    throw new Problem(
      'image_too_large',
      `The picture would have ${megapixels(pixels)} megapixels; ${megapixels(MAX_OUTPUT_PIXELS)} are allowed.`,
    );
  }
  if (format === 'jpg' && Math.max(width, height) > MAX_JPEG_SIDE) {
    throw new Problem('image_too_large', `A JPEG has sides of at most ${MAX_JPEG_SIDE} pixels.`);
  }
}
