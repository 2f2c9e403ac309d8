import type { Tile } from './raster-cells.ts';

/** The region that painting is confined to. */
export interface Clip extends Tile {
  /** Coverage 0..255 of each pixel of the rectangle; absent where the rectangle itself is the region. */
  readonly mask?: Uint8Array;
}

export const intersectTiles = (a: Tile, b: Tile): Tile => {
  const x0 = Math.max(a.x0, b.x0);
  const y0 = Math.max(a.y0, b.y0);
  return { x0, y0, x1: Math.max(x0, Math.min(a.x1, b.x1)), y1: Math.max(y0, Math.min(a.y1, b.y1)) };
};

export const isEmptyTile = (tile: Tile): boolean => tile.x1 <= tile.x0 || tile.y1 <= tile.y0;

/** Narrows a clip further; a pixel that both cut keeps the product of the two coverages. */
export function intersectClips(a: Clip, b: Clip): Clip {
  const tile = intersectTiles(a, b);
  if (!a.mask && !b.mask) return tile;
  const width = tile.x1 - tile.x0;
  const mask = new Uint8Array(width * (tile.y1 - tile.y0)).fill(255);
  for (const clip of [a, b]) {
    if (!clip.mask) continue;
    for (let y = tile.y0, o = 0; y < tile.y1; y++) {
      let i = (y - clip.y0) * (clip.x1 - clip.x0) + tile.x0 - clip.x0;
      for (let x = 0; x < width; x++, i++, o++) {
        mask[o] = Math.round(((mask[o] as number) * (clip.mask[i] as number)) / 255);
      }
    }
  }
  return { ...tile, mask };
}
