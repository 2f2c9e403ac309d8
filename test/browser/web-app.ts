import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { WEB_APP_FOLDER } from '../../http/web-app.ts';
import { RealServer } from '../client/real-server.ts';
import { type Chromium, describeInBrowser, type Visitor, WAIT_MS, whyNoBrowser } from './browser-suite.ts';

/** What is built of `web/`: by `make`, or by who tries something else. */
const FOLDER = process.env['TROUPE_WEB_FOLDER'] ?? WEB_APP_FOLDER;
const isBuilt = existsSync(join(FOLDER, 'index.html'));

export const MODERATOR_KEY = 'the-key-of-the-tests';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A server with the web app, and people who open it in Chromium. */
export class WebApp {
  readonly #chromium: Chromium;
  readonly #env: Readonly<Record<string, string>>;
  #server: RealServer | undefined;

  constructor(chromium: Chromium, env: Readonly<Record<string, string>>) {
    this.#chromium = chromium;
    this.#env = env;
  }

  get server(): RealServer {
    if (this.#server === undefined) throw new Error('the server starts before the first test');
    return this.#server;
  }

  get url(): string {
    return this.server.url;
  }

  async start(): Promise<void> {
    this.#server = await RealServer.start('sqlite', {
      WEB_APP_DIR: FOLDER,
      MODERATOR_KEY,
      // Chromium keeps connections open that it may never use.
      SHUTDOWN_GRACE_SECONDS: '1',
      ...this.#env,
    });
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  /** @param path - of the page, such as `/texts/{id}` */
  async open(name: string, path = '/', options: BrowserContextOptions = {}): Promise<Visitor> {
    const { page, context } = await this.#chromium.open({ reducedMotion: 'reduce', ...options });
    const userId = `${[...name].map((letter) => letter.charCodeAt(0).toString(16)).join('')}`
      .padEnd(12, '0')
      .slice(0, 12);
    const identity = { userId: `00000000-0000-4000-8000-${userId}`, name, color: '#2b8a3e' };
    // A name that was changed by the test stays; `about:blank` has no storage.
    await context.addInitScript(`if (location.protocol === 'http:' && localStorage.getItem('troupe.identity') === null)
      localStorage.setItem('troupe.identity', ${JSON.stringify(JSON.stringify(identity))})`);
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

export interface WebAppSuiteOptions {
  /** Settings of the server. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further arguments of Chromium's command line. */
  readonly browserArguments?: readonly string[];
  /** Whether each test has a server of its own, with nothing in it; else all share one. */
  readonly fresh?: boolean;
}

/** A suite of the web app; it is left out where that cannot be tried, and its title says why. */
export function describeWebApp(
  title: string,
  { env = {}, browserArguments = [], fresh = false }: WebAppSuiteOptions,
  suite: (app: WebApp) => void,
): void {
  const whyNot = whyNoBrowser || (isBuilt ? '' : ' (web/dist is not built)');
  describeInBrowser(title, { browserArguments, whyNot }, (chromium) => {
    const app = new WebApp(chromium, env);
    if (fresh) {
      beforeEach(() => app.start());
      afterEach(() => app.stop());
    } else {
      before(() => app.start());
    }
    after(() => app.stop());
    suite(app);
  });
}

/**
 * Looks with each frame of a page until an expression holds there. Playwright's `waitForFunction` cannot: the policy of the
 * page forbids `eval`, which it uses once it has to wait. What throws does not hold yet.
 *
 * @returns its value
 */
export function until<Value = unknown>(page: Page, holds: string): Promise<Value> {
  return page.evaluate(`new Promise((resolve, reject) => {
    const deadline = performance.now() + ${WAIT_MS};
    const look = () => {
      let value;
      let reason = '';
      try {
        value = ${holds};
      } catch (error) {
        reason = ': ' + error;
      }
      if (value) resolve(value);
      else if (performance.now() < deadline) requestAnimationFrame(look);
      else reject(new Error('It never became true: ' + ${JSON.stringify(holds)} + reason));
    };
    look();
  })`);
}

/** What was changed before in a page is drawn. */
export const nextFrame = (page: Page): Promise<unknown> =>
  page.evaluate('new Promise(requestAnimationFrame)');

/**
 * Reads again with each frame of a page until what is read holds; where that takes more than an expression in the page.
 *
 * @returns what was read
 */
export async function eventually<Value>(
  page: Page,
  read: () => Promise<Value>,
  holds: (value: Value) => boolean,
): Promise<Value> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`It never came to hold: ${JSON.stringify(value).slice(0, 2000)}`);
    await nextFrame(page);
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
