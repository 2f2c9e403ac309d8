import type { Layer } from '../view/stage.ts';

/** Cells of fewer CSS pixels are hidden by lines between them. */
const GRID_FROM_SCALE = 6;

/** Lines between cells, where cells are large enough. */
export const gridLayer =
  (isShown: () => boolean): Layer =>
  (context, { x, y, scale, ratio, cells }) => {
    if (!isShown() || scale < GRID_FROM_SCALE * ratio) return undefined;
    context.beginPath();
    const [top, bottom] = [y + cells.y * scale, y + (cells.y + cells.height) * scale];
    const [left, right] = [x + cells.x * scale, x + (cells.x + cells.width) * scale];
    for (let column = cells.x; column <= cells.x + cells.width; column += 1) {
      const place = Math.round(x + column * scale) + 0.5;
      context.moveTo(place, top);
      context.lineTo(place, bottom);
    }
    for (let row = cells.y; row <= cells.y + cells.height; row += 1) {
      const place = Math.round(y + row * scale) + 0.5;
      context.moveTo(left, place);
      context.lineTo(right, place);
    }
    context.lineWidth = 1;
    // Seen on every colour of the picture, whatever the theme is.
    context.strokeStyle = 'rgb(120 120 132 / 34%)';
    context.stroke();
    return undefined;
  };
