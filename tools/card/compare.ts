import type { Pixels } from '../../render/pixels.ts';
import type { DrawnCell } from './chromium.ts';

/** Pixels that differ by more levels than this in any channel count as different. */
export const LEVELS = 64;
/** Share of such pixels that a cell, and the whole card, may have at most. */
export const MAX_SHARE = 0.01;
/** How far a line of text may stand from where the browser puts it, in pixels of the picture. */
export const MAX_SHIFT = 1;

/** How much two pictures of one cell differ. */
export interface Difference {
  readonly pixels: number;
  /** Pixels over {@link LEVELS}. */
  readonly differing: number;
  readonly share: number;
  /** Mean difference of all pixels, in levels. */
  readonly mean: number;
  /**
   * Of texts: largest distance between two lines that belong together, of their ends, and of the edges of all ink;
   * infinite where lines break differently.
   */
  readonly shift: number;
  /** Ours where both agree, red where they do not; grey levels of the difference otherwise. */
  readonly map: Pixels;
}

/** Largest difference of a channel, as both show over white and over black. */
function levelsAt(a: Uint8Array, b: Uint8Array, offset: number): number {
  const alphaA = a[offset + 3] as number;
  const alphaB = b[offset + 3] as number;
  let most = Math.abs(alphaA - alphaB);
  for (let channel = offset; channel < offset + 3; channel++) {
    const shade = ((a[channel] as number) * alphaA - (b[channel] as number) * alphaB) / 255;
    most = Math.max(most, Math.abs(shade), Math.abs(shade + alphaB - alphaA));
  }
  return most;
}

/** Half covered by black or more, or as different from white. */
const INK = 128;

/** Left, top, right and bottom edge of what is painted, in pixels; none on an empty picture. */
function inkEdges({ width, data }: Pixels): readonly number[] {
  const edges = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1] as [
    number,
    number,
    number,
    number,
  ];
  for (let offset = 0; offset < data.length; offset += 4) {
    const lightest = Math.max(data[offset] as number, data[offset + 1] as number, data[offset + 2] as number);
    if (((255 - lightest) * (data[offset + 3] as number)) / 255 < INK) continue;
    const x = (offset / 4) % width;
    const y = Math.floor(offset / 4 / width);
    edges[0] = Math.min(edges[0], x);
    edges[1] = Math.min(edges[1], y);
    edges[2] = Math.max(edges[2], x);
    edges[3] = Math.max(edges[3], y);
  }
  return edges[2] < 0 ? [] : edges;
}

function inkShift(ours: Pixels, theirs: Pixels): number {
  const [own, other] = [inkEdges(ours), inkEdges(theirs)];
  if (own.length !== other.length) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...own.map((edge, index) => Math.abs(edge - (other[index] ?? 0))));
}

function shiftOf(ours: DrawnCell, theirs: DrawnCell, scale: number): number {
  if (ours.lines.length !== theirs.lines.length) return Number.POSITIVE_INFINITY;
  if (ours.lines.length === 0) return 0;
  return ours.lines.reduce(
    (most, line, index) => {
      const other = theirs.lines[index] ?? line;
      return Math.max(
        most,
        Math.abs(line.x - other.x) * scale,
        Math.abs(line.baseline - other.baseline) * scale,
        Math.abs(line.x + line.width - other.x - other.width) * scale,
      );
    },
    inkShift(ours.picture, theirs.picture),
  );
}

export function compareCells(ours: DrawnCell, theirs: DrawnCell, scale: number): Difference {
  const { width, height, data } = ours.picture;
  if (theirs.picture.width !== width || theirs.picture.height !== height) {
    throw new Error(`sizes differ: ${width} × ${height}, ${theirs.picture.width} × ${theirs.picture.height}`);
  }
  const map = new Uint8Array(data.length);
  let differing = 0;
  let sum = 0;
  for (let offset = 0; offset < data.length; offset += 4) {
    const levels = levelsAt(data, theirs.picture.data, offset);
    sum += levels;
    if (levels > LEVELS) differing += 1;
    const gray = 255 - Math.min(255, levels * 2);
    map.set(levels > LEVELS ? [224, 0, 0, 255] : [gray, gray, gray, 255], offset);
  }
  const pixels = width * height;
  return {
    pixels,
    differing,
    share: differing / pixels,
    mean: sum / pixels,
    shift: shiftOf(ours, theirs, scale),
    map: { width, height, data: map },
  };
}
