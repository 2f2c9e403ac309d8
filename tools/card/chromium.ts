import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Pixels } from '../../render/pixels.ts';
import type { CardCell } from './card-cell.ts';

/** Where a line of text stands on the page, before it is turned: left edge, baseline and width in its pixels. */
export interface PlacedLine {
  readonly x: number;
  readonly baseline: number;
  readonly width: number;
}

/** A cell as somebody drew it. */
export interface DrawnCell {
  readonly picture: Pixels;
  /** Of all texts, in paint order. */
  readonly lines: readonly PlacedLine[];
}

/** Nothing listens there: every request is answered from the installed packages. */
const ORIGIN = 'http://card.invalid';
const ROOT = dirname(fileURLToPath(import.meta.resolve('#package/package.json')));
const SCRIPTS = join(ROOT, 'tools/card');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.mjs': 'text/javascript',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const WEIGHTS = [100, 200, 300, 400, 500, 600, 700, 800, 900];

/** Style sheets of the font packages, as a web application would include them. */
const STYLE_SHEETS: readonly string[] = [
  ...['noto-sans', 'noto-serif'].flatMap((name) =>
    WEIGHTS.flatMap((weight) => [`${name}/${weight}.css`, `${name}/${weight}-italic.css`]),
  ),
  ...[
    'noto-sans-mono',
    'noto-sans-arabic',
    'noto-sans-hebrew',
    'noto-sans-devanagari',
    'noto-sans-symbols',
  ].flatMap((name) => WEIGHTS.map((weight) => `${name}/${weight}.css`)),
  'noto-sans-symbols-2/400.css',
  // The family says of itself that it is Latin: its style sheet without ranges is the one that shows its signs.
  'noto-sans-math/latin-400.css',
];

const HTML = `<!doctype html><meta charset="utf-8">
${STYLE_SHEETS.map((path) => `<link rel="stylesheet" href="/@fontsource/${path}">`).join('\n')}
<script type="importmap">{"imports": {"perfect-freehand": "/perfect-freehand/dist/esm/index.mjs"}}</script>
<script type="module" src="/card/page.mjs"></script>`;

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== ORIGIN) return route.abort();
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: HTML });
    const script = /^\/card\/(.+)$/.exec(pathname)?.[1];
    const path = script === undefined ? join(ROOT, 'node_modules', pathname) : join(SCRIPTS, script);
    const contentType = TYPES[extname(path)] ?? 'application/octet-stream';
    return route.fulfill({ contentType, body: await readFile(path) });
  });
  await page.goto(ORIGIN);
  await page.waitForFunction('globalThis.drawCell !== undefined');
  return page;
}

interface Answer {
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
  readonly lines: readonly PlacedLine[];
}

/** Draws cells with a browser's canvas, one after the other. */
export async function drawInBrowser(browser: Browser, cells: readonly CardCell[]): Promise<DrawnCell[]> {
  const page = await openPage(browser);
  try {
    const drawn: DrawnCell[] = [];
    for (const { image, ...cell } of cells) {
      const url = image && `data:image/png;base64,${Buffer.from(image).toString('base64')}`;
      const answer: Answer = await page.evaluate(`drawCell(${JSON.stringify({ ...cell, image: url })})`);
      const { width, height, pixels, lines } = answer;
      drawn.push({ picture: { width, height, data: new Uint8Array(Buffer.from(pixels, 'base64')) }, lines });
    }
    return drawn;
  } finally {
    await page.close();
  }
}
