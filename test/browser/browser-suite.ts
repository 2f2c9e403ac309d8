import { expect } from 'chai';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { hasBrowser, openBrowser } from '../helpers/browser.ts';

/** Of one test or hook: long enough for some browsers and a server on few, slow cores. */
const TIMEOUT_MS = 120_000;
/** Of one wait within it, so that what did not come is named. */
export const WAIT_MS = TIMEOUT_MS / 4;

/** For the title of a suite that is left out. */
export const whyNoBrowser = hasBrowser ? '' : ' (no chromium here)';

/** Somebody with a browser of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** The Chromium of a suite, and what the pages in it did that no page must. */
export class Chromium {
  /** What failed in any page. */
  readonly errors: string[] = [];
  /** Requests to any other host. */
  readonly foreign: string[] = [];
  #browser: Browser | undefined;

  get browser(): Browser {
    if (this.#browser === undefined) throw new Error('Chromium starts before the first test');
    return this.#browser;
  }

  /** @param more - further arguments of its command line */
  async start(more: readonly string[]): Promise<void> {
    this.#browser = await openBrowser(more);
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
  }

  /** An empty page. */
  async open(options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.errors.push(message.text());
    });
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') this.foreign.push(request.url());
    });
    return { page, context };
  }

  async closePages(): Promise<void> {
    await Promise.all(this.browser.contexts().map((context) => context.close()));
  }
}

export interface BrowserSuiteOptions {
  /** Further arguments of Chromium's command line. */
  readonly browserArguments?: readonly string[];
  /** Why the suite is left out, as the end of its title; empty where it is not. */
  readonly whyNot?: string;
}

/** A suite in a Chromium of its own. After each test its pages are closed; it fails where one failed or asked another host. */
export function describeInBrowser(
  title: string,
  { browserArguments = [], whyNot = whyNoBrowser }: BrowserSuiteOptions,
  suite: (chromium: Chromium) => void,
): void {
  (whyNot === '' ? describe : describe.skip)(title + whyNot, function () {
    this.timeout(TIMEOUT_MS);
    const chromium = new Chromium();
    before(() => chromium.start(browserArguments));
    after(() => chromium.stop());
    afterEach(async () => {
      await chromium.closePages();
      expect(chromium.errors.splice(0)).to.deep.equal([]);
      expect(chromium.foreign.splice(0)).to.deep.equal([]);
    });
    suite(chromium);
  });
}
