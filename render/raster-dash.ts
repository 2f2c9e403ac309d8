import type { LineCap } from '../protocol/drawing/annotation-style.ts';

/** The part of device space in which dashes matter; outside it only their rhythm goes on. */
export interface DashWindow {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A rhythm finer than this many device pixels is a shade, and drawn as dashes costs without bound. */
const MIN_PERIOD = 0.5;
/** After so many dashes the rest of a line is left out; no picture shows more. */
const MAX_DASHES = 100_000;

/** Dashes and gaps in turn, in device pixels. */
export interface DashPattern {
  /** An even number of lengths; empty for a line without gaps. */
  readonly lengths: readonly number[];
  /** Share of the line that is painted, where its dashes are too fine to be drawn one by one; else 1. */
  readonly share: number;
}

const SOLID: DashPattern = { lengths: [], share: 1 };

/** Lengths as a canvas takes them: an odd list counts twice; negative, infinite or all-zero lists mean solid. */
export function dashPattern(lengths: readonly number[], scale: number, cap: LineCap): DashPattern {
  if (lengths.some((length) => !(length >= 0) || !Number.isFinite(length))) return SOLID;
  const even = lengths.length % 2 === 1 ? [...lengths, ...lengths] : lengths;
  const period = even.reduce((sum, length) => sum + length, 0);
  if (!(period > 0)) return SOLID;
  if (period * scale >= MIN_PERIOD) return { lengths: even.map((length) => length * scale), share: 1 };
  // Caps reach over gaps that fine.
  const painted = even.reduce((sum, length, index) => (index % 2 === 0 ? sum + length : sum), 0);
  return { lengths: [], share: cap === 'butt' ? painted / period : 1 };
}

/** Parameters 0..1 between which a segment is inside the window (Liang–Barsky); undefined where it misses it. */
function visibleRange(
  x0: number,
  y0: number,
  dx: number,
  dy: number,
  window: DashWindow,
): readonly [number, number] | undefined {
  let enter = 0;
  let leave = 1;
  const sides: readonly (readonly [number, number])[] = [
    [-dx, x0 - window.x0],
    [dx, window.x1 - x0],
    [-dy, y0 - window.y0],
    [dy, window.y1 - y0],
  ];
  for (const [direction, distance] of sides) {
    if (direction === 0) {
      if (distance < 0) return undefined;
    } else if (direction < 0) enter = Math.max(enter, distance / direction);
    else leave = Math.min(leave, distance / direction);
  }
  return enter < leave ? [enter, leave] : undefined;
}

/** The rhythm of a pattern along a line: boundary 0 begins the first dash, 1 ends it, 2 begins the next one. */
class Rhythm {
  readonly #starts: readonly number[];
  readonly #period: number;

  constructor(lengths: readonly number[]) {
    let sum = 0;
    this.#starts = lengths.map((length) => {
      const start = sum;
      sum += length;
      return start;
    });
    this.#period = sum;
  }

  /** Where a boundary lies: told from its number alone, so that no error adds up. */
  at(boundary: number): number {
    const count = this.#starts.length;
    return Math.floor(boundary / count) * this.#period + (this.#starts[boundary % count] as number);
  }

  /** The first dash (an even boundary) that ends at or behind `distance`. */
  dashAt(distance: number): number {
    let dash = Math.max(0, Math.floor(distance / this.#period) - 1) * this.#starts.length;
    while (this.at(dash + 1) < distance) dash += 2;
    return dash;
  }
}

/** A straight part of a line, which begins `start` from its first point. */
interface Segment {
  readonly x0: number;
  readonly y0: number;
  readonly dx: number;
  readonly dy: number;
  readonly start: number;
  readonly length: number;
}

/** Distances along a line between which it shows. */
type Range = readonly [from: number, to: number];

/**
 * Lays dashes along a line: those that show, and all that lead around its corners. Each is laid whole, from its begin to
 * its end, so that every view of the line agrees on it.
 */
class Dasher {
  readonly dashes: number[][] = [];
  readonly #rhythm: Rhythm;
  /** The dash that goes on where the last segment ended, if one does. */
  #open: { readonly dash: number; readonly points: number[] } | undefined;

  constructor(lengths: readonly number[]) {
    this.#rhythm = new Rhythm(lengths);
  }

  /** A dash that goes on to the end of the line, unless it is the first, which a closed line does not join to itself. */
  get unfinished(): number[] | undefined {
    return this.#open?.dash === 0 ? undefined : this.#open?.points;
  }

  /** Lays the part of a dash that is on a segment. */
  #lay(dash: number, { x0, y0, dx, dy, start, length }: Segment, open: number[] | undefined): void {
    const begins = this.#rhythm.at(dash);
    const ends = this.#rhythm.at(dash + 1);
    const end = start + length;
    const points = open ?? [];
    const put = (distance: number): void => {
      const share = (distance - start) / length;
      points.push(x0 + dx * share, y0 + dy * share);
    };
    if (!open) {
      if (this.dashes.length >= MAX_DASHES) return;
      this.dashes.push(points);
      put(Math.max(begins, start));
    }
    put(Math.min(ends, end));
    if (ends > end) this.#open = { dash, points };
  }

  run(segment: Segment, range: Range | undefined): void {
    const { start, length } = segment;
    const rhythm = this.#rhythm;
    const open = this.#open;
    this.#open = undefined;
    let next = 0;
    if (open) this.#lay(open.dash, segment, open.points);
    else if (start === 0) this.#lay(0, segment, undefined);
    if (open || start === 0) next = (open?.dash ?? 0) + 2;
    if (range) {
      const [from, to] = range;
      for (let dash = Math.max(next, rhythm.dashAt(from)); rhythm.at(dash) < to; dash = next) {
        // What ends where the segment begins was laid with the one before.
        if (rhythm.at(dash) >= start) this.#lay(dash, segment, undefined);
        next = dash + 2;
        if (this.dashes.length >= MAX_DASHES) break;
      }
    }
    const end = start + length;
    const last = Math.max(next, rhythm.dashAt(end));
    if (rhythm.at(last) < end && rhythm.at(last + 1) > end) this.#lay(last, segment, undefined);
  }
}

/**
 * Cuts a line into its dashes, beginning with a dash at the first point. On a closed line the last dash runs on into
 * the first where both meet. A dash of no length is a point, twice.
 *
 * @param points - `[x0, y0, x1, y1, ...]` in device space
 * @param lengths - of a {@link DashPattern}, not empty
 */
export function dashLine(
  points: readonly number[],
  closed: boolean,
  lengths: readonly number[],
  window: DashWindow,
): readonly number[][] {
  const dasher = new Dasher(lengths);
  const line = closed ? [...points, points[0] as number, points[1] as number] : points;
  let start = 0;
  for (let i = 2; i < line.length; i += 2) {
    const x0 = line[i - 2] as number;
    const y0 = line[i - 1] as number;
    const dx = (line[i] as number) - x0;
    const dy = (line[i + 1] as number) - y0;
    const length = Math.hypot(dx, dy);
    if (length === 0) continue;
    const shows = visibleRange(x0, y0, dx, dy, window);
    const range: Range | undefined = shows && [start + length * shows[0], start + length * shows[1]];
    dasher.run({ x0, y0, dx, dy, start, length }, range);
    start += length;
  }
  const [first] = dasher.dashes;
  const last = dasher.unfinished;
  if (!closed || !first || !last) return dasher.dashes;
  last.push(...first.slice(2));
  return dasher.dashes.filter((dash) => dash !== first);
}
