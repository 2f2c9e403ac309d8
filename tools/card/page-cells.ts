import { encodePng } from '../../render/png-encode.ts';
import {
  arrow,
  box,
  type CardCell,
  cell,
  ellipse,
  freehand,
  type Mark,
  mark,
  polygon,
  text,
  turned,
} from './card-cell.ts';

/** A picture with smooth areas, sharp edges and a soft hole: what scaling and backgrounds show on. */
function basePicture(width: number, height: number, clear: boolean): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 4) {
      const check = ((x >> 4) + (y >> 4)) % 2 === 0;
      data[o] = (x * 255) / width;
      data[o + 1] = check ? 180 : 90;
      data[o + 2] = (y * 255) / height;
      data[o + 3] = clear ? Math.min(255, Math.hypot(x - width / 2, y - height / 2) * 4) : 255;
    }
  }
  return encodePng({ width, height, data });
}

/** One of each, on a page of 320 × 240. */
const medley: readonly Mark[] = [
  turned(box(20, 20, 90, 60, { fill: '#ffd43b', stroke_width: 6, opacity: 0.7 }), 12),
  ellipse(130, 20, 100, 60, { fill: '#2f9e4480', dash: [10, 6], stroke_width: 3 }),
  arrow(
    [
      [20, 220],
      [90, 120],
      [150, 200],
    ],
    { stroke: '#1971c2', stroke_width: 5 },
  ),
  polygon(
    [
      [180, 110],
      [300, 130],
      [240, 220],
    ],
    { fill: '#4263eb', stroke: '#000', stroke_width: 7, line_join: 'round' },
  ),
  freehand(
    Array.from({ length: 50 }, (_, i) => [20 + i * 3, 110 + 14 * Math.sin(i / 4), 0.2 + (i % 10) / 12]),
    { stroke: '#be4bdb', stroke_width: 8 },
  ),
  text('Text that wraps in its width', { x: 240, y: 15, width: 75 }, { font_size: 18, text_align: 'right' }),
  text('Ελλάς Привет שלום', { x: 20, y: 210 }, { font_size: 22, font_weight: 600 }),
];

const spot = mark('box', { x: 180, y: 60, width: 80, height: 50 }, {}, { id: 'spot' });
const remarks: readonly Mark[] = [
  spot,
  mark(
    'comment',
    { x: 60, y: 40 },
    {},
    { id: 'first', content: 'Align this with the grid', created_by: 'Ann' },
  ),
  mark(
    'comment',
    {},
    {},
    { content: 'A typo, mended', parent_id: 'spot', resolved: true, created_by: 'Bob' },
  ),
  mark('comment', {}, {}, { content: 'Yes, done so', parent_id: 'first', created_by: 'Çelik' }),
  mark(
    'comment',
    { x: 60, y: 40 },
    {},
    { content: 'Same place, and a text so long that it wraps in the legend' },
  ),
];

const large = { width: 320, height: 240 } as const;

export const PAGE_CELLS: readonly CardCell[] = [
  cell('scale-1', medley, large),
  cell('scale-half', medley, { ...large, scale: 0.5 }),
  cell('scale-2', medley, { width: 160, height: 120, scale: 2 }),
  cell('scale-odd', medley, { ...large, scale: 0.77 }),
  cell('scale-transparent', medley, { ...large, scale: 0.5, background: 'transparent' }),
  cell('image', [box(30, 30, 100, 60)], { image: basePicture(160, 120, false) }),
  cell('image-scale-half', [box(60, 60, 200, 120)], { image: basePicture(320, 240, false), scale: 0.5 }),
  cell('image-scale-2', [box(10, 10, 50, 30)], { image: basePicture(80, 60, false), scale: 2 }),
  cell('image-clear-on-white', [box(30, 30, 100, 60)], { image: basePicture(160, 120, true) }),
  cell('image-clear', [box(30, 30, 100, 60, { fill: '#0000ff80' })], {
    image: basePicture(160, 120, true),
    background: 'transparent',
  }),
  cell('comments-without-being-asked', remarks, large),
  cell('comments', remarks, { ...large, includeComments: true }),
  cell('comments-scale-2', remarks, { ...large, includeComments: true, scale: 2 }),
  cell(
    'comments-many',
    Array.from({ length: 14 }, (_, i) =>
      mark(
        'comment',
        { x: 20 + i * 20, y: 20 + (i % 3) * 22 },
        {},
        { content: `Remark ${i + 1}`, resolved: i % 4 === 3 },
      ),
    ),
    { ...large, includeComments: true },
  ),
];
