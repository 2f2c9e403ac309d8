/** The part of device space in which dashes matter; outside it only their rhythm goes on. */
export interface DashWindow {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A rhythm finer than this many device pixels looks solid, and drawn as dashes costs without bound. */
const MIN_PERIOD = 0.5;
/** After so many dashes the rest of a line is left solid; no picture shows more. */
const MAX_DASHES = 100_000;

/** Lengths as a canvas takes them: an odd list counts twice; negative, infinite or all-zero lists mean solid. */
export function dashPattern(lengths: readonly number[], scale: number): readonly number[] {
  if (lengths.some((length) => !(length >= 0) || !Number.isFinite(length))) return [];
  const scaled = lengths.map((length) => length * scale);
  const period = scaled.reduce((sum, length) => sum + length, 0);
  if (period < MIN_PERIOD) return [];
  return scaled.length % 2 === 1 ? [...scaled, ...scaled] : scaled;
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

/** Walks a rhythm along a line. */
class Dasher {
  readonly dashes: number[][] = [];
  readonly #pattern: readonly number[];
  readonly #period: number;
  #index = 0;
  /** What is left of the current dash or gap. */
  #left: number;
  #open: number[] | undefined;

  constructor(pattern: readonly number[]) {
    this.#pattern = pattern;
    this.#period = pattern.reduce((sum, length) => sum + length, 0);
    this.#left = pattern[0] as number;
  }

  get #isOn(): boolean {
    return this.#index % 2 === 0;
  }

  #next(): void {
    this.#index = (this.#index + 1) % this.#pattern.length;
    this.#left = this.#pattern[this.#index] as number;
  }

  /** Lets the rhythm go on for `length` without drawing. */
  skip(length: number): void {
    this.#open = undefined;
    let rest = length % this.#period;
    while (rest >= this.#left) {
      rest -= this.#left;
      this.#next();
    }
    this.#left -= rest;
  }

  /** Draws along one segment of a line. */
  run(x0: number, y0: number, x1: number, y1: number): void {
    const length = Math.hypot(x1 - x0, y1 - y0);
    let done = 0;
    if (this.#isOn && !this.#open) this.#start(x0, y0);
    while (length - done > this.#left && this.dashes.length < MAX_DASHES) {
      done += this.#left;
      const x = x0 + ((x1 - x0) * done) / length;
      const y = y0 + ((y1 - y0) * done) / length;
      this.#open?.push(x, y);
      this.#open = undefined;
      this.#next();
      if (this.#isOn) this.#start(x, y);
    }
    this.#left -= length - done;
    this.#open?.push(x1, y1);
  }

  #start(x: number, y: number): void {
    this.#open = [x, y];
    this.dashes.push(this.#open);
  }
}

/**
 * Cuts a line into its dashes, beginning with a dash at the first point.
 *
 * @param points - `[x0, y0, x1, y1, ...]` in device space
 * @param pattern - from {@link dashPattern}, in device pixels, not empty
 */
export function dashLine(
  points: readonly number[],
  closed: boolean,
  pattern: readonly number[],
  window: DashWindow,
): readonly number[][] {
  const dasher = new Dasher(pattern);
  const line = closed ? [...points, points[0] as number, points[1] as number] : points;
  for (let i = 2; i < line.length; i += 2) {
    const x0 = line[i - 2] as number;
    const y0 = line[i - 1] as number;
    const dx = (line[i] as number) - x0;
    const dy = (line[i + 1] as number) - y0;
    const length = Math.hypot(dx, dy);
    const range = visibleRange(x0, y0, dx, dy, window);
    if (length === 0) continue;
    if (!range) {
      dasher.skip(length);
      continue;
    }
    const [enter, leave] = range;
    if (enter > 0) dasher.skip(length * enter);
    dasher.run(x0 + dx * enter, y0 + dy * enter, x0 + dx * leave, y0 + dy * leave);
    if (leave < 1) dasher.skip(length * (1 - leave));
  }
  return dasher.dashes;
}
