import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Browser tests are skipped where Debian's chromium is not installed; `.ci/run` installs it. */
export const hasBrowser = existsSync(CHROMIUM);

/** Draws letters as their outlines are, as a renderer must that knows nothing of the screen. */
export const UNHINTED_TEXT = '--font-render-hinting=none';

/**
 * A headless Chromium that talks to nobody but the pages it is given.
 *
 * @param more - further arguments of its command line
 */
export const openBrowser = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
