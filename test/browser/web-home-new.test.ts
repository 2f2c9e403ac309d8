import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Canvas } from '../../client/canvases-api.ts';
import { coloursOf, picture, roomsOf, tile } from './home-tiles.ts';
import { describeWebApp, MODERATOR_KEY } from './web-app.ts';

/** 60×40 pixels, red: made in the page, where a canvas is at hand. */
const RED_PNG = `(async () => {
  const canvas = new OffscreenCanvas(60, 40);
  const context = canvas.getContext('2d');
  context.fillStyle = '#e03131';
  context.fillRect(0, 0, 60, 40);
  return canvas.convertToBlob({ type: 'image/png' });
})()`;

describeWebApp('what is begun on the page of all documents', { fresh: true }, (app) => {
  const drop = (page: Page, name: string, type: string, content: string): Promise<unknown> =>
    page.evaluate(`(async () => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([await ${content}], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
      const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
      for (const event of ['dragenter', 'dragover', 'drop']) document.body.dispatchEvent(new DragEvent(event, options));
    })()`);

  it('makes a board of the size that is chosen, a text, and a canvas for who has the key', async () => {
    const { page } = await app.open('Ann');
    await page.click('button:has-text("Blank board")');
    await page.fill('[role="dialog"] input[placeholder="Untitled board"]', 'Sketch');
    await page.click('[role="dialog"] label:has-text("A4 upright")');
    await page.click('[role="dialog"] button:has-text("Create")');
    await page.waitForURL(/\/boards\/[0-9a-f-]{36}$/);
    const [room] = await roomsOf(app);
    expect(room).to.include({ name: 'Sketch', width: 1240, height: 1754 });
    expect(page.url()).to.equal(`${app.url}/boards/${room?.id}`);

    await page.goto(app.url);
    await page.click('button:has-text("Write together")');
    await page.waitForURL(/\/texts\/[0-9a-f-]{36}$/);
    await page.waitForSelector('[role="textbox"][aria-label="Text"]');
    const { items } = await app.server.api.list();
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ title: 'Untitled text', crdt: 'yjs' });

    await page.goto(app.url);
    await page.click('button:has-text("Pixel canvas")');
    await page.fill('[role="dialog"] input[placeholder="Untitled canvas"]', 'Mosaic');
    await page.fill('[role="dialog"] input[type="password"]', 'not the key');
    await page.click('[role="dialog"] button:has-text("Create")');
    await page.waitForSelector('[role="dialog"] :text("This is not the key.")');
    await page.fill('[role="dialog"] input[type="password"]', MODERATOR_KEY);
    await page.click('[role="dialog"] button:has-text("Create")');
    await page.waitForURL(/\/canvases\/[0-9a-f-]{36}$/);
    const { items: canvases } = await app.ask<{ items: Canvas[] }>('GET', '/v1/canvases');
    expect(canvases.at(-1)).to.include({ name: 'Mosaic', width: 256, height: 256 });

    await page.goto(app.url);
    for (const name of ['Sketch', 'Mosaic', 'Main']) await page.waitForSelector(picture(name));
    await page.waitForSelector(tile('Untitled text'));
    // A moderator now: canvases can be renamed and archived.
    await page.click(`${tile('Mosaic')} button`);
    await page.click('[role="menuitem"]:has-text("Archive")');
    await page.waitForSelector(`${tile('Mosaic')} :text-is("Archived")`);
    await page.click('button:has-text("Undo")');
    await page.waitForSelector(`${tile('Mosaic')} :text-is("Archived")`, { state: 'detached' });
  });

  it('makes a board of an image that is dropped on the page', async () => {
    const { page } = await app.open('Ann');
    await page.waitForSelector(picture('Main'));
    await drop(page, 'harbour.png', 'image/png', RED_PNG);
    await page.waitForURL(/\/boards\/[0-9a-f-]{36}$/);
    const [room] = await roomsOf(app);
    expect(room).to.include({ name: 'harbour', width: 60, height: 40, hasImage: true });
    await page.goto(app.url);
    await page.waitForSelector(picture('harbour'));
    expect(await coloursOf(page, 'harbour')).to.equal(1);
  });

  it('makes a board of an image that is pasted, of other formats too', async () => {
    const { page } = await app.open('Ann');
    await page.waitForSelector(picture('Main'));
    await page.evaluate(`(async () => {
      const png = await ${RED_PNG};
      const bitmap = await createImageBitmap(png);
      const canvas = new OffscreenCanvas(60, 40);
      canvas.getContext('2d').drawImage(bitmap, 0, 0);
      const webp = await canvas.convertToBlob({ type: 'image/webp' });
      const transfer = new DataTransfer();
      transfer.items.add(new File([webp], 'image.webp', { type: 'image/webp' }));
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer }));
    })()`);
    await page.waitForURL(/\/boards\/[0-9a-f-]{36}$/);
    const [room] = await roomsOf(app);
    expect(room).to.include({ name: 'Pasted image', width: 60, height: 40, hasImage: true });
  });

  it('says why a file does not become a board, and leaves none behind', async () => {
    const { page } = await app.open('Ann');
    await page.waitForSelector(picture('Main'));
    await drop(page, 'notes.txt', 'text/plain', `'only words'`);
    await page.waitForSelector(':text("It is not an image.")');
    await drop(
      page,
      'large.png',
      'image/png',
      `(async () => {
      const head = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      return new Blob([head, new Uint8Array(21 * 1024 * 1024)]);
    })()`,
    );
    await page.waitForSelector(':text("an image may have at most 20 MB")');
    await drop(
      page,
      'broken.png',
      'image/png',
      `new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])`,
    );
    await page.waitForSelector(':text("“broken.png” did not become a board")');
    expect(await roomsOf(app)).to.deep.equal([]);
  });
});
