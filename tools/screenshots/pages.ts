import type { BrowserContext, Page } from 'playwright-core';
import type { Scene } from './populate.ts';

export interface PageShot {
  /** Of the file. */
  readonly name: string;
  path(scene: Scene): string;
  /** Until everything is there that the picture is to show. @param other the page of `company` */
  prepare(page: Page, other?: Page): Promise<void>;
  /** Somebody else who is there. */
  company?(context: BrowserContext, url: string, scene: Scene): Promise<Page>;
}

const TEXT = `<h1>What is new</h1>
<p>The review board shows <strong>who is there</strong>, what they select, and where they point.</p>
<ul><li><p>Every change is on disk before it is acknowledged</p></li>
<li><p>Each document can go back to any moment</p></li>
<li><p>Pictures are drawn by the server as the browser shows them</p></li></ul>
<h2>Who does what</h2>
<table><tr><th>What</th><th>Who</th><th>Until</th></tr>
<tr><td>Notes of the last review</td><td>Ann</td><td>Monday</td></tr>
<tr><td>A new cover, painted together</td><td>everybody</td><td>Friday</td></tr></table>
<blockquote><p>A document is an actor; it says one thing at a time.</p></blockquote>`;

const settled = async (page: Page): Promise<void> => {
  await page.evaluate('document.fonts.ready');
  await page.waitForLoadState('networkidle');
};

const isLive = (page: Page): Promise<void> =>
  page
    .getByRole('status')
    .filter({ hasText: /Saved|Live/ })
    .first()
    .waitFor({ state: 'attached' });

const board = ({ roomId }: Scene): string => `/boards/${roomId}`;

/** Every page, with what makes it worth a look. */
export const PAGES: readonly PageShot[] = [
  {
    name: 'home',
    path: () => '/',
    async prepare(page) {
      await page.getByText('Dashboard review').first().waitFor();
      await settled(page);
    },
  },
  {
    name: 'board',
    path: board,
    async company(context, url, scene) {
      const page = await context.newPage();
      await page.goto(url + board(scene));
      await isLive(page);
      await page.mouse.move(500, 330);
      await page.mouse.move(560, 360);
      return page;
    },
    async prepare(page) {
      await isLive(page);
      const comments = page.getByRole('button', { name: /^Comments/ });
      if (await comments.isVisible()) await comments.click();
      await settled(page);
    },
  },
  {
    name: 'text',
    path: ({ textId }) => `/texts/${textId}`,
    async prepare(page) {
      await isLive(page);
      const editor = page.locator('[contenteditable="true"]').last();
      await editor.waitFor();
      if (((await editor.textContent()) ?? '').length < 20) {
        await editor.click();
        // As from the clipboard, so that it becomes headings and lists.
        await page.evaluate(`{
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/html', ${JSON.stringify(TEXT)});
          const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(paste);
        }`);
      }
      await page.getByText(/^[1-9]\d* words/).waitFor({ state: 'attached' });
      await isLive(page);
      await settled(page);
    },
  },
  {
    name: 'canvas',
    path: () => '/canvases/main',
    async prepare(page) {
      await isLive(page);
      await settled(page);
    },
  },
  {
    name: 'inspector',
    path: ({ roomId }) => `/debug/actors?actor=${roomId}`,
    async company(context, url, scene) {
      const page = await context.newPage();
      await page.goto(url + board(scene));
      await isLive(page);
      return page;
    },
    async prepare(page, other) {
      await page.getByText('active').locator('visible=true').first().waitFor();
      // Something to see, after which the board is as it was.
      await other?.keyboard.press('ControlOrMeta+A');
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
        await other?.keyboard.press(key);
        if (other !== undefined) await isLive(other);
      }
      await page.getByText('annotations.merge').locator('visible=true').first().waitFor();
      await settled(page);
    },
  },
];
