import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { WEB_APP_FOLDER } from '../../http/web-app.ts';
import { RealServer } from '../client/real-server.ts';
import { hasBrowser, openBrowser } from '../helpers/browser.ts';

/** What is built of `web/`: by `make`, or by who tries something else. */
const FOLDER = process.env['TROUPE_WEB_FOLDER'] ?? WEB_APP_FOLDER;

/** The app can be tried here. */
export const hasWebApp = hasBrowser && existsSync(join(FOLDER, 'index.html'));
/** For the title of a suite that is left out. */
export const whyNoWebApp = hasWebApp ? '' : hasBrowser ? ' (web/dist is not built)' : ' (no chromium here)';

export const MODERATOR_KEY = 'the-key-of-the-tests';
export const TIMEOUT_MS = 60_000;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Somebody with a browser of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** A server with the web app, and people who open it in Chromium. */
export class WebApp {
  readonly server: RealServer;
  /** What failed in any page. A test looks at it at its end. */
  readonly errors: string[] = [];
  /** Requests to any other host: there must be none. */
  readonly foreign: string[] = [];
  readonly #browser: Browser;

  private constructor(server: RealServer, browser: Browser) {
    this.server = server;
    this.#browser = browser;
  }

  /** @param browserArguments - further ones, of Chromium's command line */
  static async start(
    env: Readonly<Record<string, string>> = {},
    browserArguments: readonly string[] = [],
  ): Promise<WebApp> {
    const server = await RealServer.start('sqlite', {
      WEB_APP_DIR: FOLDER,
      MODERATOR_KEY,
      // Chromium keeps connections open that it may never use.
      SHUTDOWN_GRACE_SECONDS: '1',
      ...env,
    });
    return new WebApp(server, await openBrowser(browserArguments));
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
  }

  /** @param path - of the page, such as `/texts/{id}` */
  async open(name: string, path = '/', options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.#browser.newContext({ reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(TIMEOUT_MS / 3);
    const userId = `${[...name].map((letter) => letter.charCodeAt(0).toString(16)).join('')}`
      .padEnd(12, '0')
      .slice(0, 12);
    const identity = { userId: `00000000-0000-4000-8000-${userId}`, name, color: '#2b8a3e' };
    // A name that was changed by the test stays; `about:blank` has no storage.
    await context.addInitScript(`if (location.protocol === 'http:' && localStorage.getItem('troupe.identity') === null)
      localStorage.setItem('troupe.identity', ${JSON.stringify(JSON.stringify(identity))})`);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.errors.push(message.text());
    });
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') this.foreign.push(request.url());
    });
    await page.goto(this.url + path);
    return { page, context };
  }

  /** Asks the server by REST. */
  async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

const POLL_MS = 20;

/**
 * Waits until an expression holds in a page. Playwright's `waitForFunction` cannot: the policy of the page forbids `eval`,
 * which it uses once it has to wait.
 */
export async function until(page: Page, holds: string): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS / 3;
  while (!(await page.evaluate(`Boolean(${holds})`))) {
    if (Date.now() > deadline) throw new Error(`It never became true: ${holds}`);
    await page.waitForTimeout(POLL_MS);
  }
}

/** What axe-core finds that is serious or critical, in words. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | ')))`)) as string[];
}
