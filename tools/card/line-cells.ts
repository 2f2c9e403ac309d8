import type { ScenePoint } from '../../render/port.ts';
import { arrow, type CardCell, cell, freehand, line } from './card-cell.ts';

const INK = { stroke: '#1971c2' } as const;
const ZIGZAG: readonly ScenePoint[] = [
  [15, 95],
  [50, 25],
  [75, 95],
  [110, 25],
  [145, 95],
];
const CORNER: readonly ScenePoint[] = [
  [25, 30],
  [110, 30],
  [125, 95],
];
/** Crosses itself. */
const KNOT: readonly ScenePoint[] = [
  [20, 25],
  [135, 90],
  [135, 25],
  [20, 90],
];

const CAPS = ['butt', 'round', 'square'] as const;
const JOINS = ['miter', 'round', 'bevel'] as const;
const THIRDS: readonly number[] = [0, 1, 2];

/** A signature: a curve, with the pressure of a pen that comes down and lifts. */
const scribble = (count: number, pressure?: (share: number) => number): ScenePoint[] =>
  Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    const point = [15 + 130 * share, 60 + 35 * Math.sin(share * 11) * (1 - share * 0.4)];
    return pressure ? [...point, pressure(share)] : point;
  });

const stroke = (share: number): number => Math.sin(Math.PI * share);

export const LINE_CELLS: readonly CardCell[] = [
  cell('line-plain', [
    line([
      [20, 90],
      [140, 30],
    ]),
  ]),
  cell(
    'line-widths',
    [0.25, 0.5, 1, 2, 3, 5, 8].map((stroke_width, i) =>
      line(
        [
          [12, 12 + i * 15],
          [148, 16 + i * 14],
        ],
        { ...INK, stroke_width },
      ),
    ),
  ),
  cell(
    'line-hairlines-fan',
    Array.from({ length: 10 }, (_, i) =>
      line(
        [
          [10, 10],
          [150 - i * 12, 20 + i * 10],
        ],
        { stroke: '#000', stroke_width: 1 },
      ),
    ),
  ),
  cell('line-level', [
    line(
      [
        [10, 20],
        [150, 20],
      ],
      { stroke: '#000', stroke_width: 1, line_cap: 'butt' },
    ),
    line(
      [
        [10, 40.5],
        [150, 40.5],
      ],
      { stroke: '#000', stroke_width: 1, line_cap: 'butt' },
    ),
    line(
      [
        [20, 50],
        [20, 110],
      ],
      { stroke: '#000', stroke_width: 3, line_cap: 'butt' },
    ),
    line(
      [
        [40.5, 50],
        [40.5, 110],
      ],
      { stroke: '#000', stroke_width: 3, line_cap: 'butt' },
    ),
  ]),
  cell(
    'line-caps',
    CAPS.map((line_cap, i) =>
      line(
        [
          [30, 25 + i * 35],
          [130, 25 + i * 35],
        ],
        { ...INK, stroke_width: 18, line_cap },
      ),
    ),
  ),
  ...JOINS.map((line_join) =>
    cell(`line-join-${line_join}`, [line(ZIGZAG, { ...INK, stroke_width: 12, line_join })]),
  ),
  cell(
    'line-miter-limit',
    // A miter is drawn down to an inner angle of 11.5 degrees (limit 10).
    [2, 5, 11, 12, 20].map((rise, i) =>
      line(
        [
          [20, 12 + i * 22],
          [120, 12 + i * 22],
          [20, 12 + i * 22 + rise * 1.75],
        ],
        { ...INK, stroke_width: 3, line_join: 'miter', line_cap: 'butt' },
      ),
    ),
  ),
  cell(
    'line-back-and-forth',
    JOINS.map((line_join, i) =>
      line(
        [
          [25, 25 + i * 35],
          [135, 25 + i * 35],
          [60, 25 + i * 35],
        ],
        { ...INK, stroke_width: 16, line_join, line_cap: 'butt' },
      ),
    ),
  ),
  cell('line-alpha-knot', [line(KNOT, { stroke: 'rgba(0, 128, 0, 0.5)', stroke_width: 14 })]),
  cell('line-opacity-knot', [line(KNOT, { ...INK, stroke_width: 14, opacity: 0.4 })]),
  cell(
    'line-no-length',
    CAPS.map((line_cap, i) =>
      line(
        [
          [40 + i * 40, 60],
          [40 + i * 40, 60],
        ],
        { ...INK, stroke_width: 24, line_cap },
      ),
    ),
  ),
  cell('line-repeated-points', [
    line(
      [
        [20, 30],
        [20, 30],
        [80, 90],
        [80, 90],
        [80, 90],
        [140, 30],
      ],
      { ...INK, stroke_width: 10, line_join: 'miter', line_cap: 'butt' },
    ),
  ]),
  cell('line-closed-on-itself', [
    line(
      [
        [40, 25],
        [120, 25],
        [80, 95],
        [40, 25],
      ],
      { ...INK, stroke_width: 12, line_join: 'miter', line_cap: 'butt' },
    ),
  ]),
  cell('line-fill-is-ignored', [line(ZIGZAG, { ...INK, fill: '#ffd43b', stroke_width: 3 })]),
  cell('line-dash', [line(ZIGZAG, { ...INK, stroke_width: 3, dash: [12, 6] })]),
  ...CAPS.map((line_cap) =>
    cell(`line-dash-${line_cap}`, [line(CORNER, { ...INK, stroke_width: 10, dash: [18, 20], line_cap })]),
  ),
  cell('line-dash-joins', [
    line(ZIGZAG, { ...INK, stroke_width: 8, dash: [50, 9], line_join: 'miter', line_cap: 'butt' }),
  ]),
  cell('line-dash-fine', [
    line(CORNER, { ...INK, stroke_width: 2, dash: [1, 1], line_cap: 'butt' }),
    line(
      [
        [20, 60],
        [90, 110],
      ],
      { ...INK, stroke_width: 4, dash: [0.1, 0.1], line_cap: 'butt' },
    ),
  ]),
  cell('line-dots', [line(CORNER, { ...INK, stroke_width: 8, dash: [0, 13] })]),
  cell('line-off-page', [
    line(
      [
        [-1_000_000, -700_000],
        [1_000_000, 700_090],
      ],
      { ...INK, stroke_width: 9 },
    ),
    line(
      [
        [-50_000, 100],
        [50_000, 100],
      ],
      { ...INK, stroke_width: 5, dash: [20, 10], line_cap: 'butt' },
    ),
  ]),
  ...THIRDS.map((third) =>
    cell(
      `arrow-widths-${third + 1}`,
      [0.5, 1, 2, 3, 4, 6, 8, 12, 16].slice(third * 3, third * 3 + 3).map((stroke_width, i) =>
        arrow(
          [
            [15, 20 + i * 40],
            [145, 14 + i * 42],
          ],
          { ...INK, stroke_width },
        ),
      ),
    ),
  ),
  cell(
    'arrow-directions',
    Array.from({ length: 8 }, (_, i) => {
      const angle = (i * Math.PI) / 4 + 0.2;
      return arrow([
        [80 + 12 * Math.cos(angle), 60 + 12 * Math.sin(angle)],
        [80 + 52 * Math.cos(angle), 60 + 52 * Math.sin(angle)],
      ]);
    }),
  ),
  cell('arrow-bent', [arrow(CORNER, { ...INK, stroke_width: 5 })]),
  cell('arrow-joins', [arrow(ZIGZAG, { ...INK, stroke_width: 4, line_join: 'miter', line_cap: 'square' })]),
  cell('arrow-dash', [arrow(CORNER, { ...INK, stroke_width: 4, dash: [10, 8] })]),
  cell('arrow-opacity', [
    arrow(
      [
        [15, 40],
        [145, 40],
      ],
      { ...INK, stroke_width: 8, opacity: 0.5 },
    ),
    arrow(
      [
        [15, 85],
        [145, 85],
      ],
      { stroke: '#e0313180', stroke_width: 8 },
    ),
  ]),
  cell('arrow-shorter-than-its-head', [
    arrow(
      [
        [70, 30],
        [85, 30],
      ],
      { ...INK, stroke_width: 8 },
    ),
    arrow(
      [
        [60, 80],
        [64, 80],
        [68, 90],
      ],
      { ...INK, stroke_width: 6 },
    ),
  ]),
  cell('arrow-no-length', [
    arrow(
      [
        [80, 60],
        [80, 60],
      ],
      { ...INK, stroke_width: 16 },
    ),
  ]),
  cell('freehand-plain', [freehand(scribble(40))]),
  cell('freehand-wide', [freehand(scribble(40), { ...INK, stroke_width: 14 })]),
  cell('freehand-few-points', [freehand(scribble(7), { ...INK, stroke_width: 8 })]),
  cell('freehand-dash', [freehand(scribble(40), { ...INK, stroke_width: 4, dash: [10, 8] })]),
  cell('freehand-opacity', [
    freehand([...scribble(30), ...scribble(30).map(([x = 0, y = 0]) => [160 - x, 120 - y])], {
      ...INK,
      stroke_width: 10,
      opacity: 0.4,
    }),
  ]),
  cell('freehand-dot', [
    freehand(
      [
        [80, 60],
        [80, 60],
      ],
      { ...INK, stroke_width: 30 },
    ),
  ]),
  cell('freehand-pressure', [freehand(scribble(60, stroke), { ...INK, stroke_width: 10 })]),
  cell('freehand-pressure-wide', [freehand(scribble(60, stroke), { ...INK, stroke_width: 30 })]),
  cell('freehand-pressure-thin', [freehand(scribble(60, stroke), { ...INK, stroke_width: 2 })]),
  cell('freehand-pressure-few-points', [
    freehand(
      [
        [15, 90, 0.1],
        [60, 30, 0.9],
        [100, 95, 0.3],
        [145, 30, 1],
      ],
      { ...INK, stroke_width: 16 },
    ),
  ]),
  cell('freehand-pressure-opacity', [
    freehand(scribble(60, stroke), { stroke: '#e0313180', stroke_width: 16, opacity: 0.7 }),
  ]),
  cell('freehand-pressure-dot', [
    freehand(
      [
        [80, 60, 0.5],
        [80, 60, 0.5],
      ],
      { ...INK, stroke_width: 30 },
    ),
  ]),
  cell('freehand-pressure-some', [
    freehand(
      scribble(30).map((point, i) => (i % 3 === 0 ? [...point, 0.9] : point)),
      { ...INK, stroke_width: 8 },
    ),
  ]),
];
