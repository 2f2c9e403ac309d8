import type { Box, Point } from '../../../client/index.ts';
import { centreOf, turnedAbout } from './geometry.ts';

/** A corner or a side: which way it points from the centre. */
export interface BoxHandle {
  readonly kind: 'resize';
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** An end of a line, or a corner of what is shaped. */
export interface EndHandle {
  readonly kind: 'end';
  /** Of its points. */
  readonly index: number;
}

/** The middle of a side: dragged, it becomes a corner. */
export interface MiddleHandle {
  readonly kind: 'middle';
  /** Of the point that the side begins at. */
  readonly index: number;
}

export type Handle = BoxHandle | EndHandle | MiddleHandle | { readonly kind: 'rotate' };

export interface PlacedHandle {
  readonly handle: Handle;
  readonly at: Point;
}

/** Distance of the handle that turns from the frame, CSS pixels. */
export const ROTATE_DISTANCE = 26;
/** How near one must come, CSS pixels. */
const REACH_MOUSE = 7;
const REACH_TOUCH = 18;
/** Below this many CSS pixels a side has no room for a handle of its own. */
const MIN_SIDE = 36;

/** Corners first: where handles lie upon each other, they win. */
const CORNERS: readonly BoxHandle[] = [
  { kind: 'resize', x: -1, y: -1 },
  { kind: 'resize', x: 1, y: -1 },
  { kind: 'resize', x: 1, y: 1 },
  { kind: 'resize', x: -1, y: 1 },
];
const SIDES: readonly BoxHandle[] = [
  { kind: 'resize', x: 0, y: -1 },
  { kind: 'resize', x: 1, y: 0 },
  { kind: 'resize', x: 0, y: 1 },
  { kind: 'resize', x: -1, y: 0 },
];

/** What is around a selection: a box, turned about its centre; or two ends of a line. */
export type SelectionFrame =
  | { readonly kind: 'box'; readonly box: Box; readonly rotation: number; readonly canRotate: boolean }
  | {
      readonly kind: 'ends';
      readonly points: readonly Point[];
      /** Its corners are shaped: each side has a handle too; a polygon's last side leads back. */
      readonly shape?: 'open' | 'closed' | undefined;
    };

/** The handles of a frame on the screen. @param frame - in CSS pixels */
export function handlesOf(frame: SelectionFrame): PlacedHandle[] {
  if (frame.kind === 'ends') {
    const ends = frame.points.map((at, index): PlacedHandle => ({ handle: { kind: 'end', index }, at }));
    return frame.shape === undefined ? ends : [...ends, ...middlesOf(frame.points, frame.shape)];
  }
  const { box, rotation, canRotate } = frame;
  const centre = centreOf(box);
  const placed = (handle: BoxHandle): PlacedHandle => ({
    handle,
    at: turnedAbout(
      { x: centre.x + (handle.x * box.width) / 2, y: centre.y + (handle.y * box.height) / 2 },
      centre,
      rotation,
    ),
  });
  const sides = SIDES.filter(({ x }) => (x === 0 ? box.width : box.height) >= MIN_SIDE);
  const turner = turnedAbout({ x: centre.x, y: box.y - ROTATE_DISTANCE }, centre, rotation);
  return [
    ...(canRotate ? [{ handle: { kind: 'rotate' }, at: turner } as const] : []),
    ...CORNERS.map(placed),
    ...sides.map(placed),
  ];
}

/** Sides that are too short have none: it would cover the corners. */
function middlesOf(points: readonly Point[], shape: 'open' | 'closed'): PlacedHandle[] {
  return points.flatMap((from, index): PlacedHandle[] => {
    const to = points[index + 1] ?? (shape === 'closed' ? points[0] : undefined);
    if (to === undefined || Math.hypot(to.x - from.x, to.y - from.y) < MIN_SIDE) return [];
    return [{ handle: { kind: 'middle', index }, at: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } }];
  });
}

/** The handle at a point of the screen. */
export function handleAt(
  handles: readonly PlacedHandle[],
  point: Point,
  isTouch = false,
): Handle | undefined {
  const reach = isTouch ? REACH_TOUCH : REACH_MOUSE;
  let nearest: { readonly handle: Handle; readonly distance: number } | undefined;
  for (const { handle, at } of handles) {
    const distance = Math.hypot(point.x - at.x, point.y - at.y);
    if (distance <= reach && (nearest === undefined || distance < nearest.distance))
      nearest = { handle, distance };
  }
  return nearest?.handle;
}

const CURSORS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const;

/** The CSS cursor over a handle of a frame that is turned. */
export function cursorOf(handle: Handle, rotation: number): string {
  if (handle.kind === 'rotate') return 'grab';
  if (handle.kind === 'end') return 'move';
  if (handle.kind === 'middle') return 'copy';
  const angle = (Math.atan2(handle.y, handle.x) * 180) / Math.PI + rotation;
  return CURSORS[((Math.round(angle / 45) % 4) + 4) % 4] ?? 'move';
}

export interface ResizeOptions {
  /** Both sides by the same factor. */
  readonly keepsRatio: boolean;
  /** The centre stays instead of the opposite side. */
  readonly fromCentre: boolean;
}

/**
 * The box that a handle makes of another when it is dragged to a point. What lies opposite stays where it is, also where the
 * box is turned. Sizes below 0 mean that it was drawn over to the other side.
 *
 * @param rotation - degrees, clockwise, about the centre of the box
 */
export function resizedBox(
  box: Box,
  rotation: number,
  handle: BoxHandle,
  to: Point,
  { keepsRatio, fromCentre }: ResizeOptions,
): Box {
  const centre = centreOf(box);
  const local = turnedAbout(to, centre, -rotation);
  const anchor = fromCentre
    ? centre
    : { x: centre.x - (handle.x * box.width) / 2, y: centre.y - (handle.y * box.height) / 2 };
  const reach = fromCentre ? 2 : 1;
  let width = handle.x === 0 ? box.width : (local.x - anchor.x) * handle.x * reach;
  let height = handle.y === 0 ? box.height : (local.y - anchor.y) * handle.y * reach;
  if (keepsRatio && box.width > 0 && box.height > 0) {
    const [byWidth, byHeight] = [width / box.width, height / box.height];
    const factor =
      handle.x === 0
        ? Math.abs(byHeight)
        : handle.y === 0
          ? Math.abs(byWidth)
          : Math.max(Math.abs(byWidth), Math.abs(byHeight));
    const sign = (side: number): number => (side < 0 ? -1 : 1);
    width = box.width * factor * (handle.x === 0 ? 1 : sign(byWidth));
    height = box.height * factor * (handle.y === 0 ? 1 : sign(byHeight));
  }
  // The centre of the new box within the old frame: from there it is turned to where it is on the page.
  const middle = fromCentre
    ? centre
    : {
        x: handle.x === 0 ? centre.x : anchor.x + (handle.x * width) / 2,
        y: handle.y === 0 ? centre.y : anchor.y + (handle.y * height) / 2,
      };
  const placed = turnedAbout(middle, centre, rotation);
  return { x: placed.x - width / 2, y: placed.y - height / 2, width, height };
}

/** Degrees that a handle was turned by, from a point to another about a centre; in steps of 15 degrees where wanted. */
export function turnOf(centre: Point, from: Point, to: Point, start: number, isStepped: boolean): number {
  const angle = (point: Point): number =>
    (Math.atan2(point.y - centre.y, point.x - centre.x) * 180) / Math.PI;
  const turn = angle(to) - angle(from);
  return isStepped ? Math.round((start + turn) / 15) * 15 - start : turn;
}
