import type { PlacedTemplate } from '../template/placed-template.ts';
import { wrongPixels } from '../template/template-pixels.ts';
import type { Layer } from '../view/stage.ts';

/** More marks are a carpet, and take their time. */
const MOST_MARKS = 6_000;

/** A picture that shows what is to be painted, and where the canvas differs from it. */
export const templateLayer =
  (template: () => PlacedTemplate | undefined, shown: () => Uint8Array): Layer =>
  (context, { x, y, scale, ratio, cells, picture }) => {
    const placed = template();
    if (placed === undefined || !placed.isVisible) return undefined;
    const { image, pixels, at, opacity, marksWrong, palette } = placed;
    context.imageSmoothingEnabled = scale < 1;
    context.globalAlpha = opacity;
    context.drawImage(image, x + at.x * scale, y + at.y * scale, pixels.width * scale, pixels.height * scale);
    context.globalAlpha = 1;
    context.lineWidth = ratio;
    context.strokeStyle = 'rgb(84 67 214 / 90%)';
    context.strokeRect(x + at.x * scale, y + at.y * scale, pixels.width * scale, pixels.height * scale);
    if (!marksWrong || scale < 3 * ratio) return undefined;
    const size = Math.max(2, Math.round(scale * 0.42));
    for (const { index, color } of wrongPixels(pixels, at, shown(), picture, cells, MOST_MARKS)) {
      const row = Math.floor(index / picture.width);
      const left = Math.round(x + (index - row * picture.width + 0.5) * scale - size / 2);
      const top = Math.round(y + (row + 0.5) * scale - size / 2);
      context.fillStyle = '#e3122a';
      context.fillRect(left - ratio, top - ratio, size + 2 * ratio, size + 2 * ratio);
      context.fillStyle = palette[color] ?? '#000000';
      context.fillRect(left, top, size, size);
    }
    return undefined;
  };
