import { DirtyTiles, TILE } from './dirty-tiles.ts';
import { colorRect, paletteLookup } from './palette-lookup.ts';
import type { Rect, Size } from './viewport.ts';

/** Pixels to show: palette indices, row by row, that change in place. */
export interface PictureSource extends Size {
  readonly pixels: Uint8Array;
  readonly palette: readonly string[];
}

/** Of a frame of 16 ms the rest is for drawing and for what else the page does. */
const COLORING_MS = 6;

/** The picture in its own size, one pixel a cell, ready to be drawn at any scale. Only what changed is coloured again. */
export class PictureBuffer {
  readonly canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  readonly #dirty = new DirtyTiles();
  readonly #tile = new ImageData(TILE, TILE);
  readonly #tilePixels = new Uint32Array(this.#tile.data.buffer);
  #source: PictureSource | undefined;
  #lookup = paletteLookup([]);

  constructor() {
    this.#context = contextOf(this.canvas);
  }

  get source(): PictureSource | undefined {
    return this.#source;
  }

  /** Another picture, or the same with other colours. */
  show(source: PictureSource): void {
    const { width, height, palette } = source;
    this.#source = source;
    this.#lookup = paletteLookup(palette);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      [this.canvas.width, this.canvas.height] = [width, height];
    }
    this.#dirty.clear();
    this.changed({ x: 0, y: 0, width, height });
  }

  changed(rect: Rect): void {
    this.#dirty.add(rect);
  }

  /**
   * Colours what changed, as much as fits into a frame.
   *
   * @returns whether all of it is done
   */
  flush(): boolean {
    const source = this.#source;
    const until = performance.now() + COLORING_MS;
    while (source !== undefined) {
      const rect = this.#dirty.take();
      if (rect === undefined) return true;
      colorRect(source.pixels, source.width, rect, this.#lookup, this.#tilePixels, TILE);
      this.#context.putImageData(this.#tile, rect.x, rect.y, 0, 0, rect.width, rect.height);
      if (performance.now() > until) return this.#dirty.isEmpty;
    }
    return true;
  }
}

export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas');
  return context;
}
