import { CoverageCells, FULL_COVERAGE, type Tile } from './raster-cells.ts';
import { type Clip, intersectTiles, isEmptyTile } from './raster-clip.ts';
import { type EdgeList, SUBPIXEL_BITS } from './raster-edges.ts';
import { blendPixel, blendRun, type Paint, type Surface } from './raster-surface.ts';

export type FillRule = 'nonzero' | 'evenodd';

/** Cells of one tile (2 MB): the accumulator stays in the cache and does not grow with the picture. */
const MAX_TILE_CELLS = 1 << 19;
const MAX_TILE_WIDTH = 1 << 14;

/** Receives runs of pixels of one row that are covered alike; `coverage` is 1..256. */
export type SpanSink = (y: number, x0: number, x1: number, coverage: number) => void;

const cells = new CoverageCells();

/** Coverage 0..256 of a running sum of areas. */
function coverageOf(sum: number, rule: FillRule): number {
  let area = sum < 0 ? -sum : sum;
  if (rule === 'evenodd') {
    area %= 2 * FULL_COVERAGE;
    if (area > FULL_COVERAGE) area = 2 * FULL_COVERAGE - area;
  }
  return area >= FULL_COVERAGE ? 256 : (area + 256) >> 9;
}

function sweepTile(tile: Tile, rule: FillRule, sink: SpanSink): void {
  const { changes, touched, stride } = cells;
  const width = tile.x1 - tile.x0;
  for (let y = tile.y0, base = 0; y < tile.y1; y++, base += stride) {
    let sum = 0;
    let from = 0;
    for (let group = base >> 5; group < (base + stride) >> 5; group++) {
      let bits = touched[group] as number;
      if (bits === 0) continue;
      touched[group] = 0;
      for (; bits !== 0; bits &= bits - 1) {
        const i = (group << 5) + 31 - Math.clz32(bits & -bits);
        const change = changes[i] as number;
        changes[i] = 0;
        const x = i - base;
        if (change === 0 || x >= width) continue;
        const coverage = coverageOf(sum, rule);
        if (coverage > 0) sink(y, tile.x0 + from, tile.x0 + x, coverage);
        sum += change;
        from = x;
      }
    }
    // An edge right of the tile was left out, so what is still covered here is covered to the end.
    const rest = coverageOf(sum, rule);
    if (rest > 0) sink(y, tile.x0 + from, tile.x1, rest);
  }
}

/** Finds the covered pixels of polygons within `bounds`, tile by tile. */
export function sweepEdges(edges: EdgeList, bounds: Tile, rule: FillRule, sink: SpanSink): void {
  const area = intersectTiles(bounds, {
    x0: edges.minX >> SUBPIXEL_BITS,
    y0: edges.minY >> SUBPIXEL_BITS,
    x1: (edges.maxX >> SUBPIXEL_BITS) + 1,
    y1: (edges.maxY >> SUBPIXEL_BITS) + 1,
  });
  if (edges.length === 0 || isEmptyTile(area)) return;
  const columns = Math.min(MAX_TILE_WIDTH, area.x1 - area.x0);
  const rows = Math.max(1, Math.floor(MAX_TILE_CELLS / (columns + 2)));
  for (let y0 = area.y0; y0 < area.y1; y0 += rows) {
    for (let x0 = area.x0; x0 < area.x1; x0 += columns) {
      const tile = { x0, y0, x1: Math.min(area.x1, x0 + columns), y1: Math.min(area.y1, y0 + rows) };
      cells.accumulate(edges, tile);
      sweepTile(tile, rule, sink);
    }
  }
}

/** Long enough for `fill` to beat a loop. */
const LONG_RUN = 24;

function solidSink({ words, x0, y0, width }: Surface, { r, g, b, a }: Paint): SpanSink {
  const solid = 0xff000000 | (b << 16) | (g << 8) | r;
  return (y, from, to, coverage) => {
    const alpha = (coverage * a + 128) >> 8;
    if (alpha === 0) return;
    const base = (y - y0) * width - x0;
    const end = base + to;
    let i = base + from;
    if (alpha < 255) {
      // Edges are runs of one pixel, insides long ones.
      if (end - i === 1) blendPixel(words, i, r, g, b, alpha);
      else blendRun(words, i, end, r, g, b, alpha);
    } else if (end - i > LONG_RUN) words.fill(solid, i, end);
    else for (; i < end; i++) words[i] = solid;
  };
}

function maskedSink(surface: Surface, { r, g, b, a }: Paint, clip: Clip, mask: Uint8Array): SpanSink {
  const { words, x0, y0, width } = surface;
  return (y, from, to, coverage) => {
    const base = (y - y0) * width - x0;
    const maskBase = (y - clip.y0) * (clip.x1 - clip.x0) - clip.x0;
    for (let x = from; x < to; x++) {
      const alpha = Math.round((coverage * a * (mask[maskBase + x] as number)) / (256 * 255));
      if (alpha > 0) blendPixel(words, base + x, r, g, b, alpha);
    }
  };
}

/** Fills polygons with a colour, inside the surface and the clip. */
export function paintEdges(
  edges: EdgeList,
  surface: Surface,
  paint: Paint,
  rule: FillRule,
  clip: Clip,
): void {
  if (paint.a === 0) return;
  const { x0, y0, width, height } = surface;
  const bounds = intersectTiles(clip, { x0, y0, x1: x0 + width, y1: y0 + height });
  if (isEmptyTile(bounds)) return;
  const sink = clip.mask ? maskedSink(surface, paint, clip, clip.mask) : solidSink(surface, paint);
  sweepEdges(edges, bounds, rule, sink);
}

/** The region that polygons cover, as a clip inside `bounds`. */
export function clipToEdges(edges: EdgeList, bounds: Tile, rule: FillRule): Clip {
  const tile = intersectTiles(bounds, {
    x0: edges.minX >> SUBPIXEL_BITS,
    y0: edges.minY >> SUBPIXEL_BITS,
    x1: (edges.maxX >> SUBPIXEL_BITS) + 1,
    y1: (edges.maxY >> SUBPIXEL_BITS) + 1,
  });
  const width = tile.x1 - tile.x0;
  const mask = new Uint8Array(width * (tile.y1 - tile.y0));
  sweepEdges(edges, tile, rule, (y, from, to, coverage) => {
    const base = (y - tile.y0) * width - tile.x0;
    mask.fill(Math.min(255, coverage), base + from, base + to);
  });
  // A rectangle of whole pixels needs no mask.
  return mask.every((coverage) => coverage === 255) ? tile : { ...tile, mask };
}
