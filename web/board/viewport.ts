import type { Box, Point } from '../../client/index.ts';
import type { Viewport } from './board-state.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MIN_SCALE = 0.02;
export const MAX_SCALE = 32;
/** What the buttons step through. */
const STEPS = [0.05, 0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32];
/** Around the picture when it is fitted, CSS pixels: beside the tools, below the style bar. */
const FIT_MARGIN = { x: 72, y: 66 };
/** From the edge, of what is brought into sight. */
const MARGIN = 40;

export const clampScale = (scale: number): number => Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));

/** From the picture to the screen. */
export const toScreen = ({ x, y }: Point, view: Viewport): Point => ({
  x: x * view.scale + view.x,
  y: y * view.scale + view.y,
});

/** From the screen to the picture. */
export const toPicture = ({ x, y }: Point, view: Viewport): Point => ({
  x: (x - view.x) / view.scale,
  y: (y - view.y) / view.scale,
});

export const boxToScreen = (box: Box, view: Viewport): Box => ({
  ...toScreen(box, view),
  width: box.width * view.scale,
  height: box.height * view.scale,
});

export const panned = (view: Viewport, by: Point): Viewport => ({
  ...view,
  x: view.x + by.x,
  y: view.y + by.y,
});

/** Another scale; what is at `at` (on the screen) stays there. */
export function zoomedTo(view: Viewport, scale: number, at: Point): Viewport {
  const next = clampScale(scale);
  const fixed = toPicture(at, view);
  return { scale: next, x: at.x - fixed.x * next, y: at.y - fixed.y * next };
}

/** The next step of the buttons up or down. */
export function stepFrom(scale: number, direction: 1 | -1): number {
  // What is nearly a step counts as one, or a button would seem to do nothing.
  const found =
    direction === 1
      ? STEPS.find((step) => step > scale * 1.01)
      : STEPS.findLast((step) => step < scale * 0.99);
  return found ?? (direction === 1 ? MAX_SCALE : MIN_SCALE);
}

/** All of a box, in the middle; never larger than `most`. */
export function fitted(box: Box, screen: Size, most = 1): Viewport {
  const across = Math.min(FIT_MARGIN.x, screen.width / 20);
  const down = Math.min(FIT_MARGIN.y, screen.height / 8);
  const scale = clampScale(
    Math.min(
      most,
      (screen.width - 2 * across) / Math.max(1, box.width),
      (screen.height - 2 * down) / Math.max(1, box.height),
    ),
  );
  return centredOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, scale, screen);
}

/** A point of the picture in the middle; whole pixels, so that a scale of 1 is sharp. */
export function centredOn(point: Point, scale: number, screen: Size): Viewport {
  const next = clampScale(scale);
  return {
    scale: next,
    x: Math.round(screen.width / 2 - point.x * next),
    y: Math.round(screen.height / 2 - point.y * next),
  };
}

/** Moves the picture only as far as is needed for a box to be seen. */
export function revealing(view: Viewport, box: Box, screen: Size): Viewport {
  const { x, y, width, height } = boxToScreen(box, view);
  const shift = (start: number, length: number, room: number): number => {
    if (length > room - 2 * MARGIN)
      return start > room - MARGIN || start + length < MARGIN ? MARGIN - start : 0;
    if (start < MARGIN) return MARGIN - start;
    return start + length > room - MARGIN ? room - MARGIN - start - length : 0;
  };
  return panned(view, { x: shift(x, width, screen.width), y: shift(y, height, screen.height) });
}

/** Two fingers: from where they were to where they are. */
export function pinched(
  view: Viewport,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
): Viewport {
  const middle = ([a, b]: readonly [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const distance = ([a, b]: readonly [Point, Point]): number => Math.hypot(a.x - b.x, a.y - b.y);
  const [from, to] = [middle(before), middle(after)];
  const moved = panned(view, { x: to.x - from.x, y: to.y - from.y });
  const spread = distance(before);
  return spread < 1 ? moved : zoomedTo(moved, (view.scale * distance(after)) / spread, to);
}
