import { paintOrder } from '../../render/draw-scene.ts';
import { placeText } from '../../render/draw-text.ts';
import { decodePng } from '../../render/png-decode.ts';
import type { RenderRequest } from '../../render/port.ts';
import { renderPicture } from '../../render/render-picture.ts';
import type { CardCell } from './card-cell.ts';
import type { DrawnCell, PlacedLine } from './chromium.ts';

const requestOf = ({
  width,
  height,
  annotations,
  image,
  scale,
  background,
  includeComments,
}: CardCell): RenderRequest => ({
  scene: { width, height, annotations },
  ...(image && { image }),
  format: 'png',
  scale,
  background,
  includeComments,
  portable: true,
});

/** The file of a cell, the same bytes whatever Node draws it. */
export const renderCell = async (cell: CardCell): Promise<Uint8Array> =>
  (await renderPicture(requestOf(cell))).bytes;

/** Where our lines of text stand. */
function linesOf(cell: CardCell): PlacedLine[] {
  return paintOrder(cell.annotations).flatMap((annotation) => {
    if (annotation.type !== 'text') return [];
    const { layout, look, lefts, y } = placeText(annotation);
    return layout.lines.map((line, index) => ({
      x: lefts[index] ?? 0,
      baseline: y + layout.baseline + index * look.size * look.lineHeight,
      width: line.width * look.size,
    }));
  });
}

/** Draws a cell with our renderer. */
export const drawOurs = async (cell: CardCell): Promise<DrawnCell> => ({
  picture: decodePng(await renderCell(cell)),
  lines: linesOf(cell),
});
