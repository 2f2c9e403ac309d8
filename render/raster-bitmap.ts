import { Bitmap } from 'pureimage';
import type { Pixels } from './pixels.ts';
import { RasterContext } from './raster-context.ts';
import { surfaceOf } from './raster-surface.ts';

/**
 * A pureimage bitmap whose context paints with our raster core. Of the stock class the fields `width`, `height` and
 * `data` are used, and its pixel accessors stay as they are; a contract test holds the pinned release to that.
 */
export class RasterBitmap extends Bitmap {
  readonly #context: RasterContext;

  /** Paints on the pixels it is given; without any, on transparent ones. */
  constructor(width: number, height: number, data: Uint8Array = new Uint8Array(width * height * 4)) {
    // The stock constructor fills pixel by pixel, and black: it is given nothing to fill.
    super(0, 0);
    this.width = width;
    this.height = height;
    this.data = data;
    this.#context = new RasterContext(this, surfaceOf({ width, height, data }));
  }

  static over({ width, height, data }: Pixels): RasterBitmap {
    return new RasterBitmap(width, height, data);
  }

  override getContext(_type: '2d' | string = '2d'): RasterContext {
    return this.#context;
  }
}
