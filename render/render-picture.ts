import { decodeImage } from './decode-image.ts';
import type { Decode } from './decoded-images.ts';
import { makePage } from './draw-page.ts';
import { drawScene } from './draw-scene.ts';
import { checkOutputSize, outputSize } from './image-header.ts';
import { encodeJpeg } from './jpeg-encode.ts';
import { encodePng } from './png-encode.ts';
import type { RenderRequest, RenderResult } from './port.ts';

/** The stages of a picture; each is reported when it is done. */
export type RenderStage = 'decode' | 'draw' | 'encode';

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
    request.format === 'png' ? encodePng(bitmap, request.dpi) : await encodeJpeg(bitmap, request.dpi);
  const encoded = performance.now();
  onStage('encode');
  return {
    bytes,
    ...size,
    ...(imageSize && { image: imageSize }),
    timings: { decode: decoded - started, draw: drawn - decoded, encode: encoded - drawn },
  };
}
