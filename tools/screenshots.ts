/**
 * `make screenshots`: fills a server of its own, opens every page in Chromium, light and dark, wide and narrow, and writes
 * what they look like, to `screenshots/` or the folder that is named.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';
import { PAGES, type PageShot } from './screenshots/pages.ts';
import { populate } from './screenshots/populate.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const KEY = 'screenshots-moderator-key';
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const THEMES = ['light', 'dark'] as const;

type Theme = (typeof THEMES)[number];

/** A browser of somebody who chose a theme and a name. */
async function visit(
  browser: Browser,
  theme: Theme,
  viewport: typeof WIDE,
  identity: { readonly userId: string; readonly name: string; readonly color: string },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
  const script = `localStorage.setItem('troupe.identity', ${JSON.stringify(JSON.stringify(identity))})`;
  await context.addInitScript(script);
  return context;
}

async function shoot(page: Page, shot: PageShot, address: string, file: string, other?: Page): Promise<void> {
  await page.goto(address);
  await shot.prepare(page, other);
  await page.screenshot({ path: file });
  console.log(file);
}

async function run(folder: string): Promise<void> {
  const exportsDir = await mkdtemp(join(tmpdir(), 'troupe-screenshots-'));
  const settings = { DATABASE_URL: 'memory://', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' };
  const server = await startServer(
    readConfig({ ...settings, EXPORTS_DIR: exportsDir, MODERATOR_KEY: KEY, WEB_APP_DIR: 'web/dist' }),
  );
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    await mkdir(folder, { recursive: true });
    const scene = await populate(server.url, KEY);
    const bo = await visit(browser, 'light', WIDE, { userId: 'bo', name: 'Bo Lind', color: '#1c7ed6' });
    for (const theme of THEMES) {
      for (const [size, viewport] of [
        ['wide', WIDE],
        ['phone', PHONE],
      ] as const) {
        const ann = await visit(browser, theme, viewport, {
          userId: 'ann',
          name: 'Ann Berg',
          color: '#c2255c',
        });
        for (const shot of PAGES) {
          const other = await shot.company?.(bo, server.url, scene);
          const page = await ann.newPage();
          const file = join(folder, `${shot.name}-${theme}-${size}.png`);
          await shoot(page, shot, server.url + shot.path(scene), file, other);
          await page.close();
          await other?.close();
        }
        await ann.close();
      }
    }
  } finally {
    await browser.close();
    await server.stop();
    await rm(exportsDir, { recursive: true, force: true });
  }
}

await run(process.argv[2] ?? 'screenshots');
