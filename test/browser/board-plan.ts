import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { RoomComment, RoomVersion } from '../../client/index.ts';
import { type Place, STAGE } from './board-hand.ts';
import { describeWebApp, eventually, type WebApp } from './web-app.ts';

/** Of the one annotation on the board. */
export const BOX = { x: 100, y: 100, width: 120, height: 90 };

/** A board of 400 × 300 pixels with a filled box, and what REST does with it. */
export class Plan {
  readonly app: WebApp;
  readonly roomId: string;
  readonly boxId: string;

  private constructor(app: WebApp, roomId: string, boxId: string) {
    this.app = app;
    this.roomId = roomId;
    this.boxId = boxId;
  }

  static async create(app: WebApp): Promise<Plan> {
    const size = { width: 400, height: 300 };
    const room = await app.ask<{ id: string }>('POST', '/v1/rooms', { name: 'Plan', ...size });
    const box = { document_id: room.id, type: 'box', geometry: BOX, style: { fill: '#ffd8a8' } };
    const { id } = await app.ask<{ id: string }>('POST', '/v1/annotations', box);
    return new Plan(app, room.id, id);
  }

  async open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const { page } = await this.app.open(name, `/boards/${this.roomId}`, options);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('application').waitFor();
    return page;
  }

  comment(body: string, anchor: object, author = 'carla'): Promise<RoomComment> {
    return this.app.ask('POST', `/v1/rooms/${this.roomId}/comments`, { body, anchor, author });
  }

  comments(): Promise<readonly RoomComment[]> {
    return this.app.ask('GET', `/v1/rooms/${this.roomId}/comments`);
  }

  versions(): Promise<readonly RoomVersion[]> {
    return this.app.ask('GET', `/v1/rooms/${this.roomId}/versions`);
  }

  async boxNow(): Promise<Place> {
    return (await this.app.ask<{ geometry: Place }>('GET', `/v1/annotations/${this.boxId}`)).geometry;
  }
}

/** A suite about what is beside the board. Each test has a plan of its own. */
export function describeBesideBoard(title: string, suite: (plan: { readonly now: Plan }) => void): void {
  // A snapshot would prune the history while a slow test still looks back at it.
  const env = { SNAPSHOT_SECONDS: '600' };
  describeWebApp(title, { env }, (app) => {
    let plan: Plan | undefined;
    beforeEach(async () => {
      plan = await Plan.create(app);
    });
    suite({
      get now() {
        if (plan === undefined) throw new Error('the plan is made before each test');
        return plan;
      },
    });
  });
}

export const pin = (page: Page, by: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^Comment by ${by}:`) });
export const thread = (page: Page): Locator => page.getByRole('dialog', { name: 'Comment thread' });
export const panel = (page: Page, name: string): Locator => page.getByRole('region', { name });
export const toast = (page: Page, words: string | RegExp): Locator =>
  page.locator('li').filter({ hasText: words });

/** Until the server has everything that was done in a page. */
export const saved = (page: Page): Promise<unknown> => page.waitForSelector(`${STAGE}[data-saved="true"]`);

/** The lower left corner of a pin, where it points at. */
export async function tipOf(found: Locator): Promise<Place> {
  const box = await found.boundingBox();
  if (box === null) throw new Error('it is not there');
  return { x: box.x, y: box.y + box.height };
}

export const isNear = (a: Place, b: Place): boolean => Math.hypot(a.x - b.x, a.y - b.y) < 3;

/** Waits until something has come to a place. */
export const arrives = (page: Page, at: () => Promise<Place>, place: Place): Promise<Place> =>
  eventually(page, at, (now) => isNear(now, place));
