import { type Rect, type Size, type Viewport, visibleCells } from './viewport.ts';

/** How a frame is drawn, in pixels of the device: `place = cell × scale + (x, y)`. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  readonly width: number;
  readonly height: number;
  /** The cells that are seen. */
  readonly cells: Rect;
  readonly picture: Size;
}

/** @param ratio device pixels a CSS pixel */
export function frameOf(view: Viewport, screen: Size, ratio: number, picture: Size): Frame {
  return {
    // On whole pixels, so that edges are sharp.
    x: Math.round(view.x * ratio),
    y: Math.round(view.y * ratio),
    scale: view.scale * ratio,
    ratio,
    width: Math.round(screen.width * ratio),
    height: Math.round(screen.height * ratio),
    cells: visibleCells(view, picture, screen) ?? { x: 0, y: 0, width: 1, height: 1 },
    picture,
  };
}

/** @param image the picture in its own size */
export function drawPicture(
  context: CanvasRenderingContext2D,
  image: HTMLCanvasElement,
  { x, y, scale, width, height, cells, picture }: Frame,
): void {
  context.clearRect(0, 0, width, height);
  drawEdge(context, x, y, picture.width * scale, picture.height * scale);
  // Enlarged, cells are squares; reduced, those that share a pixel are mixed instead of left out.
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(
    image,
    cells.x,
    cells.y,
    cells.width,
    cells.height,
    x + cells.x * scale,
    y + cells.y * scale,
    cells.width * scale,
    cells.height * scale,
  );
}

/** Where the picture ends is seen, whatever its colour is. */
function drawEdge(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  for (const [reach, shade] of [
    [5, 3],
    [3, 5],
    [1, 16],
  ] as const) {
    context.fillStyle = `rgb(20 18 40 / ${shade}%)`;
    context.fillRect(x - reach, y - reach, width + 2 * reach, height + 2 * reach);
  }
}
