import { getStroke } from 'perfect-freehand';

type PointList = readonly (readonly number[])[];

/** What an outline is added to; angles in radians. */
export interface OutlinePath {
  moveTo(x: number, y: number): void;
  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void;
  ellipse(
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    rotation: number,
    start: number,
    end: number,
  ): void;
  close(): void;
}

/** Pressure of a point that tells none. */
const MIDDLE_PRESSURE = 0.5;
/** At middle pressure the line is as wide as its stroke; none halves that, full pressure adds half. */
const THINNING = 0.5;

/** `[x, y, pressure]` */
type PressurePoint = readonly [number, number, number];

/** The points with their pressures, without those that repeat their predecessor. */
function pressurePoints(points: PointList): PressurePoint[] {
  const kept: PressurePoint[] = [];
  for (const [x = 0, y = 0, pressure = MIDDLE_PRESSURE] of points) {
    const last = kept.at(-1);
    if (!last || last[0] !== x || last[1] !== y) kept.push([x, y, pressure]);
  }
  return kept;
}

/**
 * Cuts a line at corners sharper than a right angle, where it turns back on itself; the corner ends one part and begins
 * the next.
 */
function splitAtCorners(points: readonly PressurePoint[]): PressurePoint[][] {
  const parts: PressurePoint[][] = [];
  let part: PressurePoint[] = [];
  points.forEach((point, index) => {
    part.push(point);
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before || !after) return;
    const turn =
      (point[0] - before[0]) * (after[0] - point[0]) + (point[1] - before[1]) * (after[1] - point[1]);
    if (turn >= 0) return;
    parts.push(part);
    part = [point];
  });
  parts.push(part);
  return parts;
}

/**
 * Adds two points between any two that are far apart, one near to each: the outline is rounded from point to point, and
 * a bend is to stay where it is.
 */
function withSupports(points: readonly PressurePoint[], size: number): number[][] {
  const supported: number[][] = [];
  points.forEach(([x, y, pressure], index) => {
    const [fromX, fromY, fromPressure] = points[index - 1] ?? [x, y, pressure];
    const distance = Math.hypot(x - fromX, y - fromY);
    const between = (share: number): number[] => [
      fromX + (x - fromX) * share,
      fromY + (y - fromY) * share,
      fromPressure + (pressure - fromPressure) * share,
    ];
    if (distance > 2 * size) supported.push(between(size / distance), between(1 - size / distance));
    // Of two points alone perfect-freehand ignores the pressures.
    else if (index > 0) supported.push(between(0.5));
    supported.push([x, y, pressure]);
  });
  return supported;
}

/** Rounds an outline: its points become the control points of its curves, as perfect-freehand means it. */
function traceSmoothly(path: OutlinePath, outline: readonly (readonly number[])[]): void {
  outline.forEach(([x = 0, y = 0], index) => {
    const [nextX = x, nextY = y] = outline[index + 1] ?? [];
    if (index === 0) path.moveTo(x, y);
    else path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  });
  path.close();
}

function traceDisc(path: OutlinePath, [x, y, pressure]: PressurePoint, size: number): void {
  const radius = size * (0.5 - THINNING * (0.5 - pressure));
  path.moveTo(x + radius, y);
  path.ellipse(x, y, radius, radius, 0, 0, 2 * Math.PI);
  path.close();
}

/**
 * Adds the outline of a line whose width follows the pressure of a pen, to be filled non-zero. Between corners
 * perfect-freehand draws it; at its ends and corners stand discs, which run clockwise as its outlines do. (Its own caps
 * wind twice around the same edge, which cannot be anti-aliased.)
 *
 * @param size - width at middle pressure
 */
export function traceFreehand(path: OutlinePath, points: PointList, size: number): void {
  const parts = splitAtCorners(pressurePoints(points));
  const [first] = parts[0] ?? [];
  if (first) traceDisc(path, first, size);
  for (const part of parts) {
    const last = part.at(-1);
    if (part.length < 2 || !last) continue;
    const outline = getStroke(withSupports(part, size), {
      size,
      thinning: THINNING,
      smoothing: 0.5,
      // The points are where the pen was: the line is not made to lag behind them.
      streamline: 0,
      simulatePressure: false,
      start: { cap: false },
      end: { cap: false },
      last: true,
    });
    traceSmoothly(path, outline);
    traceDisc(path, last, size);
  }
}
