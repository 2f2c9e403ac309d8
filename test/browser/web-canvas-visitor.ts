import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Canvas, CanvasesApi, type NewCanvas } from '../../client/canvases-api.ts';
import { SessionsApi } from '../../client/sessions-api.ts';
import { MODERATOR_KEY, until, type WebApp } from './web-app.ts';

export type Cell = readonly [x: number, y: number];

const STAGE = `document.querySelector('[role="application"]')`;

/** Somebody at a pixel canvas, with a mouse and eyes: colours are read from what is drawn. */
export class CanvasVisitor {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(
    app: WebApp,
    name: string,
    canvasId: string,
    options: BrowserContextOptions & { readonly search?: string } = {},
  ): Promise<CanvasVisitor> {
    const { search = '', ...context } = options;
    const { page } = await app.open(name, `/canvases/${canvasId}${search}`, context);
    await until(page, `${STAGE}?.getAttribute('aria-busy') === 'false'`);
    return new CanvasVisitor(page);
  }

  /** Where a cell is on the page. */
  async place([x, y]: Cell): Promise<{ x: number; y: number }> {
    return this.page.evaluate(`(() => {
      const stage = ${STAGE};
      const [left, top, scale] = stage.dataset.view.split(',').map(Number);
      const box = stage.getBoundingClientRect();
      return { x: box.left + left + (${x} + 0.5) * scale, y: box.top + top + (${y} + 0.5) * scale };
    })()`);
  }

  async click(cell: Cell): Promise<void> {
    const { x, y } = await this.place(cell);
    await this.page.mouse.click(x, y);
  }

  /** Presses on the first cell, goes over the others in straight lines, and lets go. */
  async drag(...cells: readonly Cell[]): Promise<void> {
    for (const [n, cell] of cells.entries()) {
      const { x, y } = await this.place(cell);
      await this.page.mouse.move(x, y);
      if (n === 0) await this.page.mouse.down();
    }
    await this.page.mouse.up();
  }

  /** Resolves as soon as a cell is drawn in a colour, `#rrggbb`. */
  async sees(cell: Cell, color: string): Promise<void> {
    await until(this.page, `${colorAt(cell)} === '${color}'`);
  }

  colorAt(cell: Cell): Promise<string> {
    return this.page.evaluate(colorAt(cell));
  }

  /** Waits for the words of a toast, which is gone after some seconds. */
  async isTold(words: string | RegExp): Promise<void> {
    await this.page.locator('[role="region"] li').filter({ hasText: words }).first().waitFor();
  }

  button(name: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('button', { name, exact: true });
  }

  chooseColor(name: string): Promise<void> {
    return this.page.getByRole('radio', { name, exact: true }).click();
  }

  /** Opens the panel of moderators, as one of them. */
  async moderate(): Promise<void> {
    await this.button('Moderation').click();
    await this.page.getByLabel('Moderator key').fill(MODERATOR_KEY);
    await this.button('Become a moderator').click();
    await this.tab('Locks').waitFor();
  }

  tab(name: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('tab', { name });
  }

  /** The page says so; that it is not, it says only after a while. What others see is on the server's disk. */
  async saysSaved(): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  }
}

/** The colour in the middle of a cell, as it is drawn. */
const colorAt = ([x, y]: Cell): string => `(() => {
  const stage = ${STAGE};
  const [left, top, scale] = stage.dataset.view.split(',').map(Number);
  const at = (start, cell) => Math.round((start + (cell + 0.5) * scale) * devicePixelRatio);
  const [red, green, blue] = stage.querySelector('canvas').getContext('2d').getImageData(at(left, ${x}), at(top, ${y}), 1, 1).data;
  return '#' + [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
})()`;

const ALL = { pixelsPerSecond: 100_000, burst: 100_000 };

/** A canvas of 60 × 40 cells on which one may paint as fast as one likes, and who may change it. */
export async function newCanvas(
  app: WebApp,
  settings: Partial<NewCanvas> = {},
): Promise<{ canvas: Canvas; api: CanvasesApi }> {
  const { token } = await new SessionsApi(app.url).create({ name: 'Mo', moderatorKey: MODERATOR_KEY });
  const api = new CanvasesApi(app.url, { token });
  const rateLimits = { perUser: ALL, perAddress: ALL, connectionsPerAddress: 100 };
  return { canvas: await api.create({ name: 'Wall', width: 60, height: 40, rateLimits, ...settings }), api };
}

/** Two people at a new canvas. */
export async function openTwo(app: WebApp, settings: Partial<NewCanvas> = {}) {
  const { canvas, api } = await newCanvas(app, settings);
  const [ann, bob] = await Promise.all([
    CanvasVisitor.open(app, 'Ann', canvas.id),
    CanvasVisitor.open(app, 'Bob', canvas.id),
  ]);
  return { canvas, api, ann, bob };
}
