import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePng } from '../render/png-encode.ts';
import { Sketch } from './sample-sketch.ts';

/**
 * Draws `docs/images/sample.png`: a screenshot of an application that does not exist, for demonstrations, tests and
 * benchmarks. Drawn by our own raster core, so that nobody else's rights or data are in it.
 */
const WIDTH = 1920;
const HEIGHT = 1080;
const SIDEBAR = 248;
const GRAY = '#868e96';
const INK = '#212529';
const BLUE = '#4263eb';
const TEAL = '#12b886';
const ORANGE = '#fd7e14';
const RED = '#fa5252';
const VIOLET = '#7950f2';

const sketch = new Sketch(WIDTH, HEIGHT, '#f1f3f5');

function drawSidebar(): void {
  sketch.panel(0, 0, SIDEBAR, HEIGHT, '#1b1f3b');
  sketch.panel(24, 24, 40, 40, BLUE, 10);
  sketch.ring(44, 44, 10, 5, 0, 0.75, '#ffffff');
  sketch.text(78, 44, 'Harbour', { size: 22, weight: 700, color: '#ffffff' });
  const items = [
    'Overview',
    'Shipments',
    'Customers',
    'Invoices',
    'Reports',
    'Automations',
    'Team',
    'Settings',
  ];
  items.forEach((item, index) => {
    const y = 124 + index * 50;
    if (index === 0) sketch.panel(12, y - 21, SIDEBAR - 24, 42, '#323873', 8);
    sketch.panel(30, y - 9, 18, 18, index === 0 ? '#91a7ff' : '#5c639c', index % 2 === 0 ? 4 : 9);
    sketch.text(64, y, item, { weight: index === 0 ? 600 : 400, color: index === 0 ? '#ffffff' : '#c5c9e8' });
  });
  sketch.panel(188, 161, 36, 24, RED, 12);
  sketch.text(206, 173, '12', { size: 13, weight: 600, color: '#ffffff', align: 'center' });
  sketch.panel(16, HEIGHT - 92, SIDEBAR - 32, 72, '#282d57', 10);
  sketch.avatar(54, HEIGHT - 56, 22, 'MO', ORANGE);
  sketch.text(88, HEIGHT - 67, 'Mara Okafor', { size: 14, weight: 600, color: '#ffffff' });
  sketch.text(88, HEIGHT - 46, 'Operations', { size: 13, color: '#9aa0d0' });
}

function drawHeader(): void {
  sketch.panel(SIDEBAR, 0, WIDTH - SIDEBAR, 72, '#ffffff');
  sketch.panel(SIDEBAR, 71, WIDTH - SIDEBAR, 1, '#dee2e6');
  sketch.panel(SIDEBAR + 32, 18, 420, 36, '#f1f3f5', 18);
  sketch.ring(SIDEBAR + 54, 35, 6, 2, 0, 1, GRAY);
  sketch.polyline(
    [
      [SIDEBAR + 58, 39.5],
      [SIDEBAR + 63, 44.5],
    ],
    GRAY,
    2,
  );
  sketch.text(SIDEBAR + 74, 36, 'Search shipments, customers, invoices…', { size: 14, color: GRAY });
  const people: readonly (readonly [string, string])[] = [
    ['JL', VIOLET],
    ['SK', TEAL],
    ['AB', BLUE],
  ];
  people.forEach(([initials, color], index) => {
    sketch.disc(1640 + index * 30, 36, 21, '#ffffff');
    sketch.avatar(1640 + index * 30, 36, 18, initials, color);
  });
  sketch.panel(1758, 18, 130, 36, BLUE, 8);
  sketch.text(1823, 36, 'New shipment', { size: 14, weight: 600, color: '#ffffff', align: 'center' });
}

function card(x: number, y: number, width: number, height: number, title: string): void {
  sketch.panel(x, y + 2, width, height, 'rgba(33, 37, 41, 0.06)', 12);
  sketch.panel(x, y, width, height, '#ffffff', 12, '#e9ecef');
  sketch.text(x + 24, y + 32, title, { size: 17, weight: 600, color: INK });
}

function drawFigures(): void {
  sketch.text(SIDEBAR + 32, 116, 'Good morning, Mara', { size: 28, weight: 700, color: INK });
  sketch.text(SIDEBAR + 32, 150, 'Saturday, 21 November · 3 shipments need attention', { color: GRAY });
  const figures: readonly (readonly [string, string, string, string])[] = [
    ['Revenue', '€ 482,190', '+12.4 %', TEAL],
    ['Shipments', '1,284', '+3.1 %', BLUE],
    ['On time', '96.2 %', '−0.8 %', RED],
    ['Open invoices', '37', '−9 today', ORANGE],
  ];
  figures.forEach(([title, value, change, color], index) => {
    const x = SIDEBAR + 32 + index * 406;
    sketch.panel(x, 182, 382, 132, '#ffffff', 12, '#e9ecef');
    sketch.text(x + 24, 212, title, { size: 14, color: GRAY });
    sketch.text(x + 24, 253, value, { size: 32, weight: 700, color: INK });
    sketch.text(x + 24, 289, change, { size: 14, weight: 600, color });
    const spark = Array.from({ length: 14 }, (_, i): [number, number] => [
      x + 220 + i * 10.5,
      268 - (i * (index === 2 ? -1.4 : 2.2) + 11 * Math.sin(i * 1.3 + index * 2)),
    ]);
    sketch.polyline(spark, color, 2.5);
  });
}

/** Revenue of one day as a share of the axis: made up so that the curve looks like a year's business and is the same in every run. */
const revenueOf = (day: number, phase: number): number =>
  0.45 + 0.2 * Math.sin(day / 4.2 + phase) + 0.09 * Math.sin(day * 1.9 + phase * 3) + day * 0.0075;

function drawRevenue(): void {
  const x = SIDEBAR + 32;
  card(x, 340, 1004, 360, 'Revenue by day');
  const series: readonly (readonly [string, string, number])[] = [
    ['This month', BLUE, 0],
    ['Last month', '#adb5bd', 1.4],
  ];
  series.forEach(([name, color], index) => {
    sketch.disc(x + 760 + index * 124, 372, 5, color);
    sketch.text(x + 774 + index * 124, 372, name, { size: 13, color: GRAY });
  });
  for (let row = 0; row <= 4; row++) {
    sketch.panel(x + 72, 420 + row * 58, 908, 1, '#e9ecef');
    sketch.text(x + 60, 420 + row * 58, `€ ${(4 - row) * 6}k`, { size: 12, color: GRAY, align: 'right' });
  }
  for (const [, color, phase] of series.toReversed()) {
    const line = Array.from({ length: 30 }, (_, day): [number, number] => [
      x + 84 + day * 30.6,
      652 - 232 * revenueOf(day, phase),
    ]);
    sketch.ctx.beginPath();
    sketch.ctx.moveTo(x + 84, 652);
    for (const [px, py] of line) sketch.ctx.lineTo(px, py);
    sketch.ctx.lineTo(x + 84 + 29 * 30.6, 652);
    sketch.ctx.fillStyle = phase === 0 ? 'rgba(66, 99, 235, 0.12)' : 'none';
    sketch.ctx.fill();
    sketch.polyline(line, color, 3);
  }
  for (let day = 1; day <= 30; day += 4) {
    sketch.text(x + 84 + (day - 1) * 30.6, 674, `${day} Nov`, { size: 12, color: GRAY, align: 'center' });
  }
}

function drawCarriers(): void {
  const x = SIDEBAR + 32 + 1028;
  card(x, 340, 572, 360, 'Shipments by carrier');
  const carriers: readonly (readonly [string, number, string])[] = [
    ['Northwind Freight', 0.38, BLUE],
    ['Blue Anchor', 0.27, TEAL],
    ['Meridian Air', 0.21, ORANGE],
    ['Own fleet', 0.14, VIOLET],
  ];
  let from = 0;
  carriers.forEach(([name, share, color], index) => {
    sketch.ring(x + 150, 536, 92, 38, from, from + share - 0.008, color);
    from += share;
    const y = 452 + index * 52;
    sketch.panel(x + 300, y - 7, 14, 14, color, 4);
    sketch.text(x + 326, y, name, { size: 15 });
    sketch.text(x + 540, y, `${Math.round(share * 100)} %`, { weight: 600, align: 'right', color: INK });
  });
  sketch.text(x + 150, 528, '1,284', { size: 28, weight: 700, align: 'center', color: INK });
  sketch.text(x + 150, 556, 'this month', { size: 13, align: 'center', color: GRAY });
}

type Row = readonly [string, string, string, string, string, string];
const ROWS: readonly Row[] = [
  ['HB-20817', 'Lumen Optics GmbH', 'Hamburg → Oslo', 'In transit', '€ 4,210.00', BLUE],
  ['HB-20816', 'Café Aurora', 'Lisboa → Porto', 'Delivered', '€ 318.40', TEAL],
  ['HB-20815', 'Κύμα Ναυτιλιακή', 'Πειραιάς → Izmir', 'Delayed', '€ 12,904.15', RED],
  ['HB-20814', 'Fjord Timber AS', 'Bergen → Kiel', 'Customs', '€ 7,655.80', ORANGE],
  ['HB-20813', 'Студия Север', 'Tallinn → Riga', 'In transit', '€ 1,120.00', BLUE],
  ['HB-20812', 'Oakline Furniture', 'Gdańsk → Malmö', 'Delivered', '€ 2,487.25', TEAL],
];

function drawTable(): void {
  const x = SIDEBAR + 32;
  card(x, 724, 1004, 336, 'Latest shipments');
  const columns = [24, 150, 400, 640, 980];
  ['Number', 'Customer', 'Route', 'Status', 'Amount'].forEach((name, index) => {
    const align = index === 4 ? 'right' : 'left';
    sketch.text(x + (columns[index] ?? 0), 790, name, { size: 12, weight: 600, color: GRAY, align });
  });
  ROWS.forEach(([number, customer, route, status, amount, color], index) => {
    const y = 828 + index * 40;
    sketch.panel(x + 24, y - 20, 956, 1, '#f1f3f5');
    sketch.text(x + 24, y, number, { size: 14, family: 'mono', color: '#495057' });
    sketch.text(x + 150, y, customer, { size: 14, weight: 600, color: INK });
    sketch.text(x + 400, y, route, { size: 14 });
    sketch.panel(x + 640, y - 12, 96, 24, `${color}22`, 12);
    sketch.text(x + 688, y, status, { size: 13, weight: 600, color, align: 'center' });
    sketch.text(x + 980, y, amount, { size: 14, align: 'right', family: 'mono', color: INK });
  });
}

function drawActivity(): void {
  const x = SIDEBAR + 32 + 1028;
  card(x, 724, 572, 336, 'Activity');
  const entries: readonly (readonly [string, string, string, string])[] = [
    ['JL', 'Jonas Lind moved HB-20815 to Delayed', '4 min ago', VIOLET],
    ['SK', 'Sana Khan approved invoice 7731', '18 min ago', TEAL],
    ['AB', 'Amélie Brun commented on Blue Anchor', '1 h ago', BLUE],
    ['MO', 'You changed the route of HB-20809', '3 h ago', ORANGE],
    ['JL', 'Jonas Lind invited 2 people', 'yesterday', VIOLET],
  ];
  entries.forEach(([initials, what, when, color], index) => {
    const y = 796 + index * 54;
    sketch.avatar(x + 44, y, 18, initials, color);
    sketch.text(x + 76, y - 9, what, { size: 14, color: INK });
    sketch.text(x + 76, y + 12, when, { size: 12, color: GRAY });
  });
}

for (const draw of [drawSidebar, drawHeader, drawFigures, drawRevenue, drawCarriers, drawTable, drawActivity])
  draw();

const file = fileURLToPath(import.meta.resolve('#package/docs/images/sample.png'));
const png = encodePng(sketch.bitmap);
await mkdir(dirname(file), { recursive: true });
await writeFile(file, png);
console.log(`${file}: ${WIDTH}x${HEIGHT}, ${png.length} bytes`);
