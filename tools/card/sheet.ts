import { drawScene } from '../../render/draw-scene.ts';
import { asWords, type Pixels } from '../../render/pixels.ts';
import { encodePng } from '../../render/png-encode.ts';
import { RasterBitmap } from '../../render/raster-bitmap.ts';
import { blendLayer, surfaceOf } from '../../render/raster-surface.ts';

const WIDTH = 1400;
const GAP = 10;
const LABEL = 16;
/** What shows through transparent cells. */
const CHECK = [0xffffffff, 0xffdee2e6] as const;
const CHECK_SIZE = 8;

export interface SheetCell {
  readonly label: string;
  readonly picture: Pixels;
}

interface Placed extends SheetCell {
  readonly x: number;
  readonly y: number;
}

/** Sets cells in rows, as high as the highest of them. */
function place(cells: readonly SheetCell[]): { placed: Placed[]; height: number } {
  const placed: Placed[] = [];
  let x = GAP;
  let y = GAP;
  let rowHeight = 0;
  for (const cell of cells) {
    const { width, height } = cell.picture;
    if (x > GAP && x + width + GAP > WIDTH) {
      x = GAP;
      y += rowHeight + LABEL + GAP;
      rowHeight = 0;
    }
    placed.push({ ...cell, x, y });
    x += width + GAP;
    rowHeight = Math.max(rowHeight, height);
  }
  return { placed, height: y + rowHeight + LABEL + GAP };
}

function checkered(x0: number, y0: number, { width, height }: Pixels, page: RasterBitmap): void {
  const words = asWords(page.data);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const odd = (Math.floor(x / CHECK_SIZE) + Math.floor(y / CHECK_SIZE)) & 1;
      words[(y0 + y) * page.width + x0 + x] = CHECK[odd === 1 ? 1 : 0];
    }
  }
}

/** All cells on one sheet, each under its name, as a PNG. */
export function drawSheet(cells: readonly SheetCell[]): Uint8Array {
  const { placed, height } = place(cells);
  const page = new RasterBitmap(WIDTH, height);
  page.data.fill(255);
  const labels = placed.map(({ label, x, y }, index) => ({
    id: `label-${index}`,
    type: 'text' as const,
    geometry: { x, y },
    style: { font_size: 10, color: '#495057' },
    content: label,
    parent_id: null,
  }));
  drawScene(page.getContext(), labels, page, false);
  for (const { picture, x, y } of placed) {
    checkered(x, y + LABEL, picture, page);
    blendLayer({ ...surfaceOf(picture), x0: x, y0: y + LABEL }, surfaceOf(page), 1);
  }
  return encodePng(page);
}
