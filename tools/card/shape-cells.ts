import { box, type CardCell, cell, ellipse, type Mark, polygon, turned } from './card-cell.ts';

const ROTATIONS = [15, 45, 90, 200, -30] as const;
const INK = { stroke: '#1971c2' } as const;
const FILLED = { ...INK, fill: '#ffd43b', stroke_width: 4 } as const;

/** A star of five points, drawn in one go: its middle is wound twice. */
const star = (cx: number, cy: number, radius: number): [number, number][] =>
  Array.from({ length: 5 }, (_, i) => {
    const angle = -Math.PI / 2 + (i * 4 * Math.PI) / 5;
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
  });

const TRIANGLE: readonly (readonly number[])[] = [
  [30, 100],
  [130, 90],
  [70, 20],
];

/** What every shape with a box shows alike. */
function boxLike(type: 'box' | 'ellipse', make: typeof box): CardCell[] {
  const one = (style?: Mark['style']): Mark => make(30, 25, 100, 70, style);
  return [
    cell(`${type}-plain`, [one()]),
    cell(`${type}-fill`, [one({ fill: '#ffd43b', stroke: 'none' })]),
    cell(`${type}-fill-stroke`, [one(FILLED)]),
    cell(
      `${type}-stroke-widths`,
      [0.5, 1, 2, 3, 6, 10].map((stroke_width, i) =>
        make(10 + (i % 3) * 52, 10 + Math.floor(i / 3) * 55, 36, 40, { ...INK, stroke_width }),
      ),
    ),
    cell(`${type}-no-stroke-width`, [one({ fill: '#63e6be', stroke_width: 0 })]),
    cell(`${type}-wide-stroke`, [make(60, 50, 40, 20, { ...INK, stroke_width: 36 })]),
    cell(`${type}-widest-stroke`, [make(-5, -10, 150, 130, { stroke: '#1971c280', stroke_width: 100 })]),
    cell(`${type}-fractions`, [make(20.3, 15.7, 80.45, 60.2, FILLED), make(60.5, 50.5, 80, 50, INK)]),
    cell(`${type}-opacity`, [
      make(10, 10, 90, 70, { ...FILLED, stroke_width: 12, opacity: 0.5 }),
      make(60, 40, 90, 70, { ...FILLED, fill: '#e03131', stroke_width: 12, opacity: 0.25 }),
    ]),
    cell(`${type}-opacity-0`, [one({ ...FILLED, opacity: 0 }), make(60, 50, 20, 20)]),
    cell(`${type}-alpha`, [
      make(10, 10, 90, 70, { fill: 'rgb(255 0 0 / 40%)', stroke: '#0000ff80', stroke_width: 14 }),
      make(60, 40, 90, 70, { fill: 'hsla(120, 80%, 40%, 0.5)', stroke: 'rgba(0,0,0,.3)', stroke_width: 8 }),
    ]),
    cell(`${type}-alpha-opacity`, [
      one({ fill: '#2f9e4480', stroke: '#e0313180', stroke_width: 14, opacity: 0.6 }),
    ]),
    cell(`${type}-dash`, [one({ ...INK, stroke_width: 3, dash: [12, 6] })]),
    cell(`${type}-dash-odd`, [one({ ...INK, stroke_width: 3, dash: [14, 5, 3] })]),
    cell(`${type}-dash-wide`, [one({ ...FILLED, stroke_width: 10, dash: [25, 12] })]),
    cell(`${type}-dash-round`, [one({ ...INK, stroke_width: 7, dash: [10, 14], line_cap: 'round' })]),
    cell(`${type}-dash-square`, [one({ ...INK, stroke_width: 6, dash: [10, 16], line_cap: 'square' })]),
    cell(`${type}-dots`, [one({ ...INK, stroke_width: 6, dash: [0, 11], line_cap: 'round' })]),
    cell(`${type}-dash-joins`, [
      make(15, 15, 55, 40, { ...INK, stroke_width: 9, dash: [60, 8], line_join: 'miter' }),
      make(90, 15, 55, 40, { ...INK, stroke_width: 9, dash: [60, 8], line_join: 'round' }),
      make(15, 70, 55, 40, { ...INK, stroke_width: 9, dash: [60, 8], line_join: 'bevel' }),
      make(90, 70, 55, 40, { ...INK, stroke_width: 9, dash: [500, 8], line_join: 'miter' }),
    ]),
    cell(`${type}-flat`, [
      make(20, 30, 120, 0, { ...INK, stroke_width: 8 }),
      make(40, 55, 0, 50, { ...INK, stroke_width: 8 }),
      make(80, 80, 0, 0, { ...INK, stroke_width: 12 }),
      make(120, 80, 0, 0, { ...INK, stroke_width: 12, line_join: 'round', line_cap: 'round' }),
    ]),
    cell(`${type}-off-page`, [make(-60, -40, 150, 110, FILLED), make(120, 80, 5000, 4000, FILLED)]),
    cell(`${type}-huge`, [make(-900_000, -900_000, 1_800_080, 1_800_060, FILLED)]),
    cell(`${type}-on-transparent`, [one({ ...FILLED, opacity: 0.5 }), make(70, 50, 80, 60, FILLED)], {
      background: 'transparent',
    }),
    ...ROTATIONS.map((rotation) => cell(`${type}-rotated-${rotation}`, [turned(one(FILLED), rotation)])),
    cell(`${type}-rotated-dash`, [
      turned(one({ ...INK, stroke_width: 5, dash: [12, 7], fill: '#ffd43b80' }), 30),
    ]),
    cell(`${type}-rotated-opacity`, [turned(one({ ...FILLED, stroke_width: 12, opacity: 0.4 }), -20)]),
  ];
}

const joins = (points: readonly (readonly number[])[], style: Mark['style']): Mark[] =>
  (['miter', 'round', 'bevel'] as const).map((line_join, i) =>
    polygon(
      points.map(([x = 0, y = 0]) => [x / 3 + 8 + i * 50, y / 1.3 + 15]),
      { ...style, line_join },
    ),
  );

export const SHAPE_CELLS: readonly CardCell[] = [
  ...boxLike('box', box),
  ...boxLike('ellipse', ellipse),
  cell('box-joins', [
    box(15, 15, 50, 35, { ...INK, stroke_width: 14, line_join: 'miter' }),
    box(95, 15, 50, 35, { ...INK, stroke_width: 14, line_join: 'round' }),
    turned(box(15, 70, 50, 35, { ...INK, stroke_width: 14, line_join: 'bevel' }), 10),
  ]),
  cell('polygon-plain', [polygon(TRIANGLE)]),
  cell('polygon-fill', [polygon(TRIANGLE, FILLED)]),
  cell('polygon-star', [polygon(star(80, 62, 55), { fill: '#be4bdb', stroke: 'none' })]),
  cell('polygon-star-stroke', [polygon(star(80, 62, 50), { ...FILLED, stroke_width: 3 })]),
  cell('polygon-star-opacity', [
    polygon(star(80, 62, 50), { ...FILLED, stroke_width: 8, opacity: 0.5, line_join: 'round' }),
  ]),
  cell('polygon-bow-tie', [
    polygon(
      [
        [20, 20],
        [140, 100],
        [140, 20],
        [20, 100],
      ],
      { fill: '#ff922b', stroke: '#00000080', stroke_width: 6 },
    ),
  ]),
  cell('polygon-joins', joins(TRIANGLE, { ...INK, stroke_width: 10 })),
  cell(
    'polygon-sharp',
    joins(
      [
        [0, 20],
        [130, 24],
        [0, 28],
      ],
      { ...INK, stroke_width: 4 },
    ),
  ),
  cell('polygon-alpha', [
    polygon(TRIANGLE, { fill: '#22b8cf80', stroke: '#e0313180', stroke_width: 12 }),
    polygon(star(90, 60, 40), { fill: '#00000040', stroke: 'none' }),
  ]),
  cell('polygon-dash', [polygon(TRIANGLE, { ...INK, stroke_width: 6, dash: [14, 8] })]),
  cell('polygon-repeated-points', [
    polygon(
      [
        [30, 20],
        [30, 20],
        [130, 30],
        [130, 30],
        [110, 100],
        [30, 20],
      ],
      { ...FILLED, stroke_width: 10 },
    ),
  ]),
  cell('polygon-hole-by-winding', [
    polygon(
      [
        [20, 15],
        [140, 15],
        [140, 105],
        [20, 105],
        [20, 15],
        [50, 35],
        [50, 85],
        [110, 85],
        [110, 35],
        [50, 35],
        [20, 15],
      ],
      { fill: '#4c6ef5', stroke: 'none' },
    ),
  ]),
  cell('polygon-many-points', [
    polygon(
      Array.from({ length: 300 }, (_, i) => {
        const angle = (i / 300) * 2 * Math.PI;
        const radius = 40 + 10 * Math.sin(angle * 12);
        return [80 + radius * Math.cos(angle), 60 + radius * Math.sin(angle)];
      }),
      { ...FILLED, stroke_width: 2 },
    ),
  ]),
  cell('polygon-flat', [
    polygon(
      [
        [20, 30],
        [140, 30],
        [60, 30],
      ],
      { ...INK, stroke_width: 10 },
    ),
    polygon(
      [
        [80, 80],
        [80, 80],
        [80, 80],
      ],
      { ...INK, stroke_width: 12, line_join: 'round', line_cap: 'round' },
    ),
  ]),
  cell('z-order', [
    box(20, 20, 60, 60, { fill: '#e03131', stroke: 'none', z_index: 2 }),
    box(40, 35, 60, 60, { fill: '#2f9e44', stroke: 'none' }),
    box(60, 50, 60, 60, { fill: '#1971c2', stroke: 'none', z_index: -1 }),
    ellipse(50, 30, 60, 60, { fill: '#ffd43b', stroke: 'none', z_index: 2 }),
  ]),
  cell(
    'colours',
    [
      'red',
      '#0f0',
      '#00f8',
      'RebeccaPurple',
      'rgb(255, 128, 0)',
      'rgb(10% 50% 90%)',
      'rgba(0,0,0,0.5)',
      'hsl(200 80% 40%)',
      'hsla(0.25turn, 50%, 50%, 70%)',
      'hsl(300deg 100% 30% / 0.5)',
      'transparent',
      'none',
      '  #ABCDEF ',
      'rgb(none 128 255)',
      'rgb(300 -20 0 / 200%)',
      'hsl(1.5rad 60 50)',
    ].map((fill, i) => box(8 + (i % 4) * 38, 6 + Math.floor(i / 4) * 28, 30, 22, { fill, stroke: 'none' })),
  ),
];
