import type { Box, Point } from '../../../client/index.ts';

/** A line that says what something was brought in line with; pixels of the picture. */
export interface Guide {
  readonly isVertical: boolean;
  /** `x` of a vertical one, `y` of a level one. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Snapped {
  /** What is to be added to the move. */
  readonly by: Point;
  readonly guides: readonly Guide[];
}

interface Axis {
  /** Edge, centre, edge. */
  readonly stops: readonly [number, number, number];
  /** Where it lies across. */
  readonly from: number;
  readonly to: number;
}

const axisOf = ({ x, y, width, height }: Box, isVertical: boolean): Axis =>
  isVertical
    ? { stops: [x, x + width / 2, x + width], from: y, to: y + height }
    : { stops: [y, y + height / 2, y + height], from: x, to: x + width };

/**
 * Brings a box that is moved in line with others: edges and centres that come nearer than `reach` to those of others.
 *
 * @param others - what is there, such as what is seen of the board, and the page
 */
export function snapped(box: Box, others: readonly Box[], reach: number): Snapped {
  const across = snapAxis(box, others, reach, true);
  const down = snapAxis(box, others, reach, false);
  const by = { x: across?.by ?? 0, y: down?.by ?? 0 };
  const placed = { ...box, x: box.x + by.x, y: box.y + by.y };
  const guides = [
    ...(across === undefined ? [] : guidesOf(placed, others, true)),
    ...(down === undefined ? [] : guidesOf(placed, others, false)),
  ];
  return { by, guides };
}

function snapAxis(
  box: Box,
  others: readonly Box[],
  reach: number,
  isVertical: boolean,
): { by: number } | undefined {
  const own = axisOf(box, isVertical).stops;
  let nearest: number | undefined;
  for (const other of others) {
    for (const stop of axisOf(other, isVertical).stops) {
      for (const mine of own) {
        const by = stop - mine;
        if (Math.abs(by) <= Math.abs(nearest ?? reach)) nearest = by;
      }
    }
  }
  return nearest === undefined ? undefined : { by: nearest };
}

/** Less than what is seen. */
const SAME = 1e-3;

/** One guide for each stop of the box that others share, as long as all of them together. */
function guidesOf(box: Box, others: readonly Box[], isVertical: boolean): Guide[] {
  const own = axisOf(box, isVertical);
  const guides: Guide[] = [];
  for (const at of new Set(own.stops)) {
    let [from, to] = [own.from, own.to];
    let isShared = false;
    for (const other of others) {
      const axis = axisOf(other, isVertical);
      if (!axis.stops.some((stop) => Math.abs(stop - at) < SAME)) continue;
      isShared = true;
      from = Math.min(from, axis.from);
      to = Math.max(to, axis.to);
    }
    if (isShared) guides.push({ isVertical, at, from, to });
  }
  return guides;
}
