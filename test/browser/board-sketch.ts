/** Every type, with most of what styles can say, on a page of 900 × 640 pixels. */
export const SKETCH: readonly object[] = [
  { type: 'box', geometry: { x: 30, y: 30, width: 140, height: 90 } },
  {
    type: 'box',
    geometry: { x: 200, y: 30, width: 140, height: 90, rotation: 18 },
    style: { fill: 'rgba(25, 113, 194, 0.35)', stroke: '#1971c2', stroke_width: 6, opacity: 0.7 },
  },
  {
    type: 'box',
    geometry: { x: 380, y: 30, width: 140, height: 90 },
    style: { dash: [12, 6], stroke_width: 4, stroke: '#2f9e44', fill: 'none' },
  },
  {
    type: 'ellipse',
    geometry: { x: 560, y: 30, width: 140, height: 90 },
    style: { fill: '#ffec99', stroke: '#f08c00', stroke_width: 3 },
  },
  {
    type: 'ellipse',
    geometry: { x: 730, y: 40, width: 130, height: 60, rotation: 30 },
    style: { fill: '#d0bfff', stroke: 'none', opacity: 0.5 },
  },
  { type: 'arrow', geometry: { x1: 30, y1: 240, x2: 170, y2: 160 } },
  {
    type: 'arrow',
    geometry: {
      points: [
        [200, 240],
        [260, 160],
        [340, 230],
      ],
    },
    style: { stroke: 'rgba(224, 49, 49, 0.5)', stroke_width: 9 },
  },
  { type: 'arrow', geometry: { x1: 380, y1: 170, x2: 385, y2: 172 }, style: { stroke_width: 4 } },
  {
    type: 'line',
    geometry: {
      points: [
        [420, 240],
        [480, 160],
        [520, 240],
      ],
    },
    style: { stroke: '#c2255c', stroke_width: 8, line_join: 'miter', line_cap: 'square' },
  },
  {
    type: 'line',
    geometry: { x1: 560, y1: 160, x2: 700, y2: 240 },
    style: { dash: [2, 8], stroke_width: 5, stroke: '#0c8599' },
  },
  {
    type: 'polygon',
    geometry: {
      points: [
        [730, 240],
        [800, 150],
        [860, 240],
        [740, 190],
        [860, 180],
      ],
    },
    style: { fill: '#b2f2bb', stroke: '#2b8a3e', stroke_width: 4, opacity: 0.8 },
  },
  { type: 'freehand', geometry: { points: wave(30, 300, 140, () => undefined) }, style: { stroke_width: 5 } },
  {
    type: 'freehand',
    geometry: { points: wave(200, 300, 140, (share) => 0.15 + 0.8 * share) },
    style: { stroke: '#6741d9', stroke_width: 12, opacity: 0.6 },
  },
  {
    type: 'freehand',
    geometry: {
      points: [
        [380, 300],
        [380, 300],
      ],
    },
    style: { stroke_width: 20 },
  },
  {
    type: 'text',
    geometry: { x: 430, y: 270, width: 200 },
    content:
      'Words wrap in the browser as in the export, at hyphen-ated places and at https://example.org/a/b too.',
  },
  {
    type: 'text',
    geometry: { x: 660, y: 270, width: 200 },
    content: 'Serif, bold, centred: the quick brown fox jumps over the lazy dog.',
    style: { font_family: 'serif', font_weight: 700, text_align: 'center', font_size: 20, color: '#1864ab' },
  },
  {
    type: 'text',
    geometry: { x: 30, y: 400 },
    content: 'Monospace, no width\n  two lines\tand a tab',
    style: { font_family: 'monospace', font_size: 18, color: '#5f3dc4' },
  },
  {
    type: 'text',
    geometry: { x: 380, y: 430, width: 230, rotation: -12 },
    content: 'Italic and turned, letters that lean on a line that leans',
    style: { font_style: 'italic', font_size: 24, line_height: 1.1, opacity: 0.75 },
  },
  {
    type: 'text',
    geometry: { x: 640, y: 400, width: 220 },
    content: 'Ünïcödé, Ελληνικά, Кириллица, עברית, العربية, हिन्दी, ∑∫ →',
    style: { font_size: 22, text_align: 'right' },
  },
  {
    type: 'text',
    geometry: { x: 30, y: 500 },
    content: 'LARGE',
    style: { font_size: 96, font_weight: 900, color: '#e8590c' },
  },
  {
    type: 'text',
    geometry: { x: 440, y: 560, width: 420 },
    content: 'Light and semibold weights are fonts of their own, not smears.',
    style: { font_size: 15, font_weight: 300 },
  },
];

function wave(
  x: number,
  y: number,
  width: number,
  pressure: (share: number) => number | undefined,
): readonly (readonly number[])[] {
  return Array.from({ length: 41 }, (_, at) => {
    const share = at / 40;
    const force = pressure(share);
    const point = [x + share * width, y + 30 * Math.sin(share * 9)];
    return force === undefined ? point : [...point, force];
  });
}

const TYPES = ['box', 'ellipse', 'arrow', 'line', 'polygon', 'freehand', 'text'] as const;

/** Many annotations of all types, in rows over 4000 × 3000 pixels. */
export const crowdOf = (count: number): object[] =>
  Array.from({ length: count }, (_, at) => {
    const [x, y] = [(at % 40) * 100, Math.floor(at / 40) * 115];
    const type = TYPES[at % TYPES.length] ?? 'box';
    const style = {
      stroke: '#1971c2',
      ...(at % 5 === 0 ? { opacity: 0.6 } : {}),
      ...(type === 'box' ? { fill: '#d0ebff' } : {}),
    };
    return { type, style, ...shapeAt(type, x, y) };
  });

function shapeAt(type: (typeof TYPES)[number], x: number, y: number): object {
  switch (type) {
    case 'box':
    case 'ellipse':
      return { geometry: { x, y, width: 80, height: 60 } };
    case 'arrow':
    case 'line':
      return { geometry: { x1: x, y1: y, x2: x + 80, y2: y + 60 } };
    case 'polygon':
      return {
        geometry: {
          points: [
            [x, y],
            [x + 80, y + 20],
            [x + 40, y + 70],
          ],
        },
      };
    case 'freehand':
      return { geometry: { points: wave(x, y + 30, 80, (share) => 0.2 + 0.6 * share) } };
    case 'text':
      return { geometry: { x, y, width: 80 }, content: 'Some words that wrap' };
  }
}
