import type { Size } from './image-header.ts';
import { isOpaque, type Pixels } from './pixels.ts';
import type { RenderRequest } from './port.ts';
import { RasterBitmap } from './raster-bitmap.ts';
import { blendLayer, surfaceOf } from './raster-surface.ts';
import { resample } from './resample.ts';

const WHITE = 255;

/** A page without a base image. */
function emptyPage(size: Size, background: RenderRequest['background']): RasterBitmap {
  const page = new RasterBitmap(size.width, size.height);
  if (background === 'white') page.data.fill(WHITE);
  return page;
}

/**
 * Makes the picture that annotations are drawn on: the base image at the size of the output, over its background.
 *
 * @param image - decoded and upright; its memory becomes the page's where it fits as it is
 */
export function makePage(
  image: Pixels | undefined,
  size: Size,
  background: RenderRequest['background'],
): RasterBitmap {
  if (!image) return emptyPage(size, background);
  const opaque = isOpaque(image);
  const scaled = resample(image, size.width, size.height, !opaque);
  if (opaque || background === 'transparent') return RasterBitmap.over(scaled);
  const page = emptyPage(size, background);
  blendLayer(surfaceOf(scaled), surfaceOf(page), 1);
  return page;
}
