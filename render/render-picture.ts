import { decodeImage } from './decode-image.ts';
import type { Decode } from './decoded-images.ts';
import { makePage } from './draw-page.ts';
import { drawScene } from './draw-scene.ts';
import { checkOutputSize, outputSize } from './image-header.ts';
import { encodeJpeg, type JpegColor } from './jpeg-encode.ts';
import { isJpeg, readJpegFrame } from './jpeg-frame.ts';
import { nodeDeflate, portableDeflate } from './png-deflate.ts';
import { encodePng } from './png-encode.ts';
import type { RenderRequest, RenderResult } from './port.ts';

/** The stages of a picture; each is reported when it is done. */
export type RenderStage = 'decode' | 'draw' | 'encode';

/** A photograph whose colour is halved already loses nothing when it is halved again; a screenshot would smear. */
const colorKept = (image: Uint8Array | undefined): JpegColor =>
  image && isJpeg(image) && readJpegFrame(image).hasHalvedColor ? 'halved' : 'full';

/**
 * Draws one scene on the thread it is called on: decode, draw, encode. The bytes depend on the request only.
 *
 * @param decode - gives pixels that may be painted on
 * @throws Problem `image_unsupported`, `image_corrupt`, `image_too_large`
 */
export async function renderPicture(
  request: RenderRequest,
  onStage: (stage: RenderStage) => void = () => {},
  decode: Decode = decodeImage,
): Promise<RenderResult> {
  const started = performance.now();
  const image = request.image && (await decode(request.image));
  const decoded = performance.now();
  onStage('decode');

  const page = image ?? request.scene;
  const size = outputSize(page.width, page.height, request.scale);
  checkOutputSize(size, request.format);
  // A JPEG has no alpha: what would shine through it is white.
  const background = request.format === 'jpg' ? 'white' : request.background;
  const imageSize = image && { width: image.width, height: image.height };
  const bitmap = makePage(image, size, background);
  const ctx = bitmap.getContext();
  ctx.scale(request.scale, request.scale);
  drawScene(ctx, request.scene.annotations, page, request.includeComments);
  const drawn = performance.now();
  onStage('draw');

  const bytes =
    request.format === 'png'
      ? encodePng(bitmap, request.dpi, request.portable ? portableDeflate : nodeDeflate)
      : encodeJpeg(bitmap, request.dpi, colorKept(request.image));
  const encoded = performance.now();
  onStage('encode');
  return {
    bytes,
    ...size,
    ...(imageSize && { image: imageSize }),
    timings: { decode: decoded - started, draw: drawn - decoded, encode: encoded - drawn },
  };
}
