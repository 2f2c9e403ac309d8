import type { Page } from 'playwright-core';
import type { Annotation, Page as ListPage } from '../../protocol/entities.ts';
import { RealtimeClient } from '../helpers/realtime-client.ts';
import { realtimeUrl } from '../helpers/server.ts';
import { type Visitor, WAIT_MS } from './browser-suite.ts';
import { eventually, nextFrame, until, type WebApp } from './web-app.ts';

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
    return until<Place>(
      this.page,
      `((stage) => {
        const [left, top, scale] = stage.dataset.viewport.split(' ').map(Number);
        const box = stage.getBoundingClientRect();
        return { x: box.x + left + ${x} * scale, y: box.y + top + ${y} * scale };
      })(document.querySelector('${STAGE}'))`,
    );
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

  /** Writes in the text that is open in its place. */
  async types(words: string): Promise<void> {
    await until(this.page, `document.activeElement.matches('textarea')`);
    await this.page.keyboard.type(words);
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

  /** The annotations as they are painted once the picture is at rest, for comparison with those of another page of the same size. */
  async ink(): Promise<string> {
    await this.page.waitForSelector(`${STAGE}[data-viewport]`);
    await nextFrame(this.page);
    return this.page.evaluate(`${SHAPES}.toDataURL()`);
  }

  /** Until both are painted alike. */
  async looksLike(other: BoardHand): Promise<void> {
    await eventually(
      this.page,
      async () => [await this.ink(), await other.ink()],
      ([a, b]) => a === b,
    );
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

/** What REST tells of a board, once that holds. It is asked again after each event that a socket is told. */
export async function annotationsOnce(
  app: WebApp,
  roomId: string,
  holds: (annotations: readonly Annotation[]) => boolean,
): Promise<readonly Annotation[]> {
  const listener = new RealtimeClient(realtimeUrl(app.url, { document_id: roomId }));
  // Whatever it waits for then fails.
  const timer = setTimeout(() => listener.drop(), WAIT_MS);
  let annotations: readonly Annotation[] = [];
  try {
    await listener.hear('welcome');
    for (;;) {
      const { length } = listener.events;
      annotations = await annotationsOf(app, roomId);
      if (holds(annotations)) return annotations;
      await listener.until(({ events }) => events.length > length);
    }
  } catch (cause) {
    throw new Error(`It never came to hold: ${JSON.stringify(annotations).slice(0, 2000)}`, { cause });
  } finally {
    clearTimeout(timer);
    listener.drop();
  }
}
