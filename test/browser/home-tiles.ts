import type { Page } from 'playwright-core';
import type { Room, RoomPage } from '../../client/rooms-api.ts';
import type { WebApp } from './web-app.ts';

/** The tile of a document. */
export const tile = (name: string): string => `li[data-kind]:has(a:has-text("${name}"))`;
export const picture = (name: string): string => `${tile(name)} img`;

export const roomsOf = async (app: WebApp): Promise<readonly Room[]> =>
  (await app.ask<RoomPage>('GET', '/v1/rooms')).items;

/** How many colours the picture of a tile has. */
export const coloursOf = (page: Page, name: string): Promise<number> =>
  page.evaluate(`(async () => {
    const tiles = [...document.querySelectorAll('li[data-kind]')];
    const image = tiles.find(({ textContent }) => textContent.includes('${name}')).querySelector('img');
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })()`);
