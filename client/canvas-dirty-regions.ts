import type { CanvasRegion } from '../protocol/canvas-messages.ts';

/** What changed within a tile is one rectangle. Small enough that a pixel here and one there are not half the canvas. */
const TILE = 64;

interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Which parts of a picture have to be drawn again: at most one rectangle per tile, as small as what changed in it. So
 * there are never more than there are tiles, however much changes between two drawings.
 */
export class DirtyRegions {
  readonly #width: number;
  readonly #height: number;
  readonly #columns: number;
  readonly #tiles = new Map<number, Bounds>();
  #isAllDirty = false;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#columns = Math.ceil(width / TILE);
  }

  /** @param index `y * width + x` */
  mark(index: number): void {
    if (this.#isAllDirty) return;
    const y = Math.floor(index / this.#width);
    const x = index - y * this.#width;
    const tile = Math.floor(y / TILE) * this.#columns + Math.floor(x / TILE);
    const bounds = this.#tiles.get(tile);
    if (bounds === undefined) {
      this.#tiles.set(tile, { left: x, top: y, right: x + 1, bottom: y + 1 });
      return;
    }
    bounds.left = Math.min(bounds.left, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.right = Math.max(bounds.right, x + 1);
    bounds.bottom = Math.max(bounds.bottom, y + 1);
  }

  markAll(): void {
    this.#isAllDirty = true;
    this.#tiles.clear();
  }

  /** What changed since the last call; they do not overlap. */
  take(): CanvasRegion[] {
    if (this.#isAllDirty) {
      this.#isAllDirty = false;
      return [{ x: 0, y: 0, width: this.#width, height: this.#height }];
    }
    const regions = Array.from(this.#tiles.values(), ({ left, top, right, bottom }) => ({
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
    }));
    this.#tiles.clear();
    return regions;
  }
}
