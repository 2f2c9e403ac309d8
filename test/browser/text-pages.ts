import { expect } from 'chai';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { TIMEOUT_MS, until, type Visitor, type WebApp } from './web-app.ts';

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

export const shows = (page: Page, words: string): Promise<void> =>
  until(page, `${EDITOR_THERE}?.textContent.includes(${JSON.stringify(words)})`);

export const saved = (page: Page): Promise<unknown> =>
  page.waitForSelector('[role="status"]:has-text("Saved")');

const htmlOf = (page: Page): Promise<string> => page.evaluate(`${COPY}.innerHTML`);

/** Both are told everything, now or soon. */
export async function expectSame(first: Page, second: Page): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS / 4;
  let [a, b] = [await htmlOf(first), await htmlOf(second)];
  while (a !== b && Date.now() < deadline) {
    await first.waitForTimeout(50);
    [a, b] = [await htmlOf(first), await htmlOf(second)];
  }
  expect(a).to.equal(b);
}
