/** Where a picture is on the screen: `screen = cell × scale + (x, y)`, in CSS pixels. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  /** CSS pixels a cell. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point, Size {}

/** Space that is covered by what floats above the picture, in CSS pixels. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/** A cell as large as a thumb. */
export const MAX_SCALE = 64;
/** Smaller, 4096 cells are a stamp. */
const MIN_SCALE = 0.02;
/** What remains visible of a picture that is pushed aside, CSS pixels. */
const KEPT_VISIBLE = 48;
/** Where the keys `+` and `-` stop: whole numbers, at which all cells are equally large. */
const STOPS = [0.03, 0.06, 0.12, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64] as const;

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most));

const clampScale = (scale: number): number => clamp(scale, MIN_SCALE, MAX_SCALE);

/** The whole picture in the middle of what is free, with some air around it; small ones enlarged by a whole number. */
export function fitView(picture: Size, screen: Size, insets: Insets = NO_INSETS): Viewport {
  const free = {
    width: Math.max(40, screen.width - insets.left - insets.right),
    height: Math.max(40, screen.height - insets.top - insets.bottom),
  };
  const exact = Math.min(free.width / picture.width, free.height / picture.height) * 0.94;
  const scale = clampScale(exact >= 2 ? Math.floor(exact) : exact);
  return {
    scale,
    x: insets.left + (free.width - picture.width * scale) / 2,
    y: insets.top + (free.height - picture.height * scale) / 2,
  };
}

/** What was under `anchor` (on the screen) stays under it. */
export function zoomTo(view: Viewport, scale: number, anchor: Point): Viewport {
  const next = clampScale(scale);
  const ratio = next / view.scale;
  return {
    scale: next,
    x: anchor.x - (anchor.x - view.x) * ratio,
    y: anchor.y - (anchor.y - view.y) * ratio,
  };
}

/** The next whole scale in a direction. */
export function nextScale(scale: number, direction: 1 | -1): number {
  // A scale that is a stop but for rounding counts as one.
  const larger = STOPS.find((stop) => stop > scale * 1.001) ?? MAX_SCALE;
  const smaller = STOPS.findLast((stop) => stop < scale * 0.999) ?? STOPS[0];
  return direction === 1 ? larger : smaller;
}

export const pan = (view: Viewport, dx: number, dy: number): Viewport => ({
  ...view,
  x: view.x + dx,
  y: view.y + dy,
});

/** Two fingers: what was under their middle stays under it, and their distance is the zoom. */
export function pinch(
  view: Viewport,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
): Viewport {
  const from = middle(before);
  const to = middle(after);
  const ratio = distance(after) / Math.max(1, distance(before));
  return pan(zoomTo(view, view.scale * ratio, from), to.x - from.x, to.y - from.y);
}

const middle = ([a, b]: readonly [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const distance = ([a, b]: readonly [Point, Point]): number => Math.hypot(a.x - b.x, a.y - b.y);

/** So that a part of the picture always stays on the screen. */
export function keepVisible(view: Viewport, picture: Size, screen: Size): Viewport {
  const [width, height] = [picture.width * view.scale, picture.height * view.scale];
  const [keptX, keptY] = [Math.min(KEPT_VISIBLE, width), Math.min(KEPT_VISIBLE, height)];
  return {
    ...view,
    x: clamp(view.x, keptX - width, screen.width - keptX),
    y: clamp(view.y, keptY - height, screen.height - keptY),
  };
}

/** The cell under a point of the screen; it need not be on the picture. */
export const cellAt = (view: Viewport, { x, y }: Point): Point => ({
  x: Math.floor((x - view.x) / view.scale),
  y: Math.floor((y - view.y) / view.scale),
});

export const isInside = ({ x, y }: Point, { width, height }: Size): boolean =>
  x >= 0 && y >= 0 && x < width && y < height;

/** The cell of the picture that is nearest. */
export const nearestCell = ({ x, y }: Point, { width, height }: Size): Point => ({
  x: clamp(Math.floor(x), 0, width - 1),
  y: clamp(Math.floor(y), 0, height - 1),
});

/** The middle of a cell on the screen. */
export const centerOf = (view: Viewport, cell: Point): Point => ({
  x: view.x + (cell.x + 0.5) * view.scale,
  y: view.y + (cell.y + 0.5) * view.scale,
});

/** Puts a cell into the middle of what is free. */
export function lookAt(cell: Point, scale: number, screen: Size, insets: Insets = NO_INSETS): Viewport {
  const next = clampScale(scale);
  return {
    scale: next,
    x: (insets.left + screen.width - insets.right) / 2 - (cell.x + 0.5) * next,
    y: (insets.top + screen.height - insets.bottom) / 2 - (cell.y + 0.5) * next,
  };
}

/** Moves as little as needed for a cell to be seen, such as when a cursor is moved by keys. */
export function reveal(view: Viewport, cell: Point, screen: Size, insets: Insets = NO_INSETS): Viewport {
  const left = view.x + cell.x * view.scale;
  const top = view.y + cell.y * view.scale;
  // One cell more, so that one sees where one goes.
  const air = Math.min(view.scale, 32);
  const x = clamp(left, insets.left + air, screen.width - insets.right - air - view.scale);
  const y = clamp(top, insets.top + air, screen.height - insets.bottom - air - view.scale);
  return x === left && y === top ? view : pan(view, x - left, y - top);
}

/** The cells that are on the screen, whole or in part; `undefined`: none is. */
export function visibleCells(view: Viewport, picture: Size, screen: Size): Rect | undefined {
  const left = clamp(Math.floor(-view.x / view.scale), 0, picture.width);
  const top = clamp(Math.floor(-view.y / view.scale), 0, picture.height);
  const right = clamp(Math.ceil((screen.width - view.x) / view.scale), 0, picture.width);
  const bottom = clamp(Math.ceil((screen.height - view.y) / view.scale), 0, picture.height);
  if (right <= left || bottom <= top) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The cells between two corners, both included, as far as they are on the picture. */
export function rectBetween(a: Point, b: Point, picture: Size): Rect {
  const [from, to] = [nearestCell(a, picture), nearestCell(b, picture)];
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x) + 1,
    height: Math.abs(from.y - to.y) + 1,
  };
}

export const contains = (rect: Rect, { x, y }: Point): boolean =>
  x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;
