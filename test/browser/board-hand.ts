import type { Page } from 'playwright-core';
import type { Annotation, Page as ListPage } from '../../protocol/entities.ts';
import type { Visitor, WebApp } from './web-app.ts';

export const STAGE = '[role="application"][aria-label="Board"]';
/** The canvas of the annotations alone, without sheet and frames. */
const SHAPES = `document.querySelectorAll('${STAGE} canvas')[1]`;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A board with one who works on it by mouse and keys. Places are pixels of the picture. */
export class BoardHand {
  readonly page: Page;
  readonly visitor: Visitor;

  private constructor(visitor: Visitor) {
    this.visitor = visitor;
    this.page = visitor.page;
  }

  static async open(app: WebApp, name: string, roomId: string, options = {}): Promise<BoardHand> {
    const visitor = await app.open(name, `/boards/${roomId}`, {
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    const hand = new BoardHand(visitor);
    await hand.page.waitForSelector(`${STAGE}[data-ready="true"]`);
    return hand;
  }

  /** Where a place of the picture is on the page, once the picture is at rest. */
  async at({ x, y }: Place): Promise<Place> {
    const stage = await this.page.waitForSelector(`${STAGE}[data-viewport]`);
    const [left = 0, top = 0, scale = 1] = ((await stage.getAttribute('data-viewport')) ?? '')
      .split(' ')
      .map(Number);
    const box = await stage.boundingBox();
    return { x: (box?.x ?? 0) + left + x * scale, y: (box?.y ?? 0) + top + y * scale };
  }

  async click(
    place: Place,
    options: { readonly clickCount?: number; readonly shift?: boolean } = {},
  ): Promise<void> {
    const { x, y } = await this.at(place);
    if (options.shift) await this.page.keyboard.down('Shift');
    await this.page.mouse.click(x, y, { clickCount: options.clickCount ?? 1 });
    if (options.shift) await this.page.keyboard.up('Shift');
  }

  /** Presses and moves, and holds on. */
  async take(from: Place, to: Place): Promise<void> {
    const [start, end] = [await this.at(from), await this.at(to)];
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 6 });
  }

  async drag(from: Place, to: Place): Promise<void> {
    await this.take(from, to);
    await this.page.mouse.up();
  }

  press(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }

  /** Takes a tool by its key, and draws. */
  async draw(key: string, from: Place, to: Place): Promise<void> {
    await this.press(key);
    await this.drag(from, to);
  }

  has(count: number): Promise<unknown> {
    return this.page.waitForSelector(`${STAGE}[data-annotations="${count}"]`);
  }

  selects(count: number): Promise<unknown> {
    return this.page.waitForSelector(`${STAGE}[data-selected="${count}"]`);
  }

  saved(): Promise<unknown> {
    return this.page.waitForSelector(`${STAGE}[data-saved="true"]`);
  }

  /** The annotations as they are painted, for comparison with those of another page of the same size. */
  ink(): Promise<string> {
    return this.page.evaluate(`${SHAPES}.toDataURL()`);
  }

  /** Until something is painted at a place. @returns when that was, by the clock of the machine */
  async seesInk(place: Place): Promise<number> {
    const { x, y } = await this.at(place);
    const seen = await this.page.evaluate(`new Promise((resolve) => {
      const look = () => {
        const canvas = ${SHAPES};
        const { left, top } = canvas.getBoundingClientRect();
        const [px, py] = [Math.round(${x} - left) - 2, Math.round(${y} - top) - 2];
        const { data } = canvas.getContext('2d').getImageData(px, py, 5, 5);
        if (data.some((part, at) => at % 4 === 3 && part > 100)) resolve(Date.now());
        else requestAnimationFrame(look);
      };
      look();
    })`);
    return seen as number;
  }
}

/** What REST tells of a board, comments too; in order of creation. */
export async function annotationsOf(app: WebApp, roomId: string): Promise<readonly Annotation[]> {
  const { items } = await app.ask<ListPage<Annotation>>(
    'GET',
    `/v1/annotations?document_id=${roomId}&size=100`,
  );
  return items;
}

/** Asks again until it holds. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  holds: (value: Value) => boolean,
  mostMs = 15_000,
): Promise<Value> {
  const deadline = Date.now() + mostMs;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`It never came to hold: ${JSON.stringify(value).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
