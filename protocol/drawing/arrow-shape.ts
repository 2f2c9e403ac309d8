type PointList = readonly (readonly number[])[];

/** The head grows with the stroke; the constant keeps that of a hairline visible. */
const HEAD_LENGTH = 8;
const HEAD_LENGTH_PER_WIDTH = 3;
/** Half of the head's width, as a share of its length. */
const HEAD_SPREAD = 0.45;
/** The shaft ends inside the head, or its round cap would stick out at the tip. */
const SHAFT_IN_HEAD = 0.5;

/** The line cut short by `length` at its end, and the point where it ends then. */
function shorten(
  points: PointList,
  length: number,
): { shaft: (readonly number[])[]; end: readonly number[] } {
  let left = length;
  for (let i = points.length - 1; i > 0; i--) {
    const [x1 = 0, y1 = 0] = points[i] ?? [];
    const [x0 = 0, y0 = 0] = points[i - 1] ?? [];
    const segment = Math.hypot(x1 - x0, y1 - y0);
    if (segment > left) {
      const share = left / segment;
      const end = [x1 + (x0 - x1) * share, y1 + (y0 - y1) * share];
      return { shaft: [...points.slice(0, i), end], end };
    }
    left -= segment;
  }
  return { shaft: [], end: points[0] ?? [0, 0] };
}

/** What an arrow is painted of: the line without its end, and the triangle whose first corner is the tip. */
export interface ArrowShape {
  readonly shaft: PointList;
  /** Absent where the line has no length, and so no direction. */
  readonly head?: readonly [
    tip: readonly [number, number],
    left: readonly [number, number],
    right: readonly [number, number],
  ];
}

/** A line with a solid head whose tip is the last point; it points the way the last stretch of the line runs. */
export function arrowShape(points: PointList, strokeWidth: number): ArrowShape {
  const [tipX = 0, tipY = 0] = points.at(-1) ?? [];
  const length = HEAD_LENGTH + HEAD_LENGTH_PER_WIDTH * strokeWidth;
  const { end } = shorten(points, length);
  const [backX = 0, backY = 0] = end;
  const distance = Math.hypot(tipX - backX, tipY - backY);
  if (distance === 0) return { shaft: points };
  const ux = (tipX - backX) / distance;
  const uy = (tipY - backY) / distance;
  const baseX = tipX - ux * length;
  const baseY = tipY - uy * length;
  const spread = length * HEAD_SPREAD;
  return {
    shaft: shorten(points, length * SHAFT_IN_HEAD).shaft,
    head: [
      [tipX, tipY],
      [baseX - uy * spread, baseY + ux * spread],
      [baseX + uy * spread, baseY - ux * spread],
    ],
  };
}
