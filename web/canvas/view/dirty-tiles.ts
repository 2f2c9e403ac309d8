import { tilesOf } from './palette-lookup.ts';
import type { Rect } from './viewport.ts';

/** Coloured in a fraction of a millisecond, so that many fit into a frame and a large change can be spread over several. */
export const TILE = 256;

/**
 * What of a picture has to be coloured again: at most one rectangle a tile, so that it does not grow while nobody looks.
 */
export class DirtyTiles {
  readonly #tiles = new Map<string, Rect>();

  get isEmpty(): boolean {
    return this.#tiles.size === 0;
  }

  add(rect: Rect): void {
    const left = Math.floor(rect.x / TILE) * TILE;
    const top = Math.floor(rect.y / TILE) * TILE;
    const grid = { x: left, y: top, width: rect.x + rect.width - left, height: rect.y + rect.height - top };
    for (const tile of tilesOf(grid, TILE)) {
      const part = intersection(tile, rect);
      const key = `${tile.x},${tile.y}`;
      const known = this.#tiles.get(key);
      this.#tiles.set(key, known === undefined ? part : union(known, part));
    }
  }

  /** One of them, which is then done. */
  take(): Rect | undefined {
    for (const [key, rect] of this.#tiles) {
      this.#tiles.delete(key);
      return rect;
    }
    return undefined;
  }

  clear(): void {
    this.#tiles.clear();
  }
}

function intersection(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  return {
    x,
    y,
    width: Math.min(a.x + a.width, b.x + b.width) - x,
    height: Math.min(a.y + a.height, b.y + b.height) - y,
  };
}

function union(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
