import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Visitor } from './browser-suite.ts';
import { eventually, until, type WebApp } from './web-app.ts';

export const EDITOR = '[role="textbox"][aria-label="Text"]';
/** In a page. */
export const EDITOR_THERE = `document.querySelector('${EDITOR}')`;
/** What is written there, without the carets of others and what only the browser needs. */
const COPY = `(() => {
  const copy = ${EDITOR_THERE}.cloneNode(true);
  const own = '.ProseMirror-widget, .ProseMirror-separator, .ProseMirror-trailingBreak';
  for (const part of copy.querySelectorAll(own)) part.remove();
  return copy;
})()`;
export const WRITTEN = `${COPY}.textContent`;

/** Somebody at a text that has come. */
export async function openText(
  app: WebApp,
  name: string,
  id: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const visitor = await app.open(name, `/texts/${id}`, options);
  await visitor.page.waitForSelector(EDITOR);
  return visitor;
}

/** Types at the end of the text. */
export async function write(page: Page, words: string): Promise<void> {
  await page.click(EDITOR);
  await page.keyboard.press('Control+End');
  await page.keyboard.type(words);
}

export const shows = (page: Page, words: string): Promise<unknown> =>
  until(page, `${EDITOR_THERE}?.textContent.includes(${JSON.stringify(words)})`);

export const saved = (page: Page): Promise<unknown> =>
  page.waitForSelector('[role="status"]:has-text("Saved")');

const htmlOf = (page: Page): Promise<string> => page.evaluate(`${COPY}.innerHTML`);

/** Both are told everything, now or soon. */
export async function expectSame(first: Page, second: Page): Promise<void> {
  await eventually(
    first,
    async () => [await htmlOf(first), await htmlOf(second)],
    ([a, b]) => a === b,
  );
}
