import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { CanvasesApi } from '../../client/canvases-api.ts';
import { describeClient } from './client-pages.ts';

/** What an application that paints would do; `window.connection` is what a test reaches. */
const PAGE = `
  import * as client from '/client/index.js';

  const url = new URLSearchParams(location.search).get('server');
  const keeper = new client.SessionKeeper(new client.SessionsApi(url));
  const connection = new client.CanvasConnection({
    url,
    canvasId: 'main',
    token: keeper.token,
    backoff: { baseMs: 20, maxMs: 100 },
  });
  const hash = async () => {
    const digest = await crypto.subtle.digest('SHA-256', connection.pixels);
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  const colorAt = (x, y) => connection.pixels[y * connection.canvas.width + x];
  // What has to be drawn again, as it is told.
  const changed = [];
  connection.on('change', ({ regions }) => changed.push(...regions));
  Object.assign(window, { connection, hash, colorAt, changed });
  connection.join();
  await connection.whenSynced();
  window.isReady = true;
`;

describeClient('the client of canvases in a browser', PAGE, (pages) => {
  const open = async (): Promise<Page> => (await pages.open()).page;
  const shows = (page: Page, x: number, y: number, color: number): Promise<unknown> =>
    page.waitForFunction(`colorAt(${x}, ${y}) === ${color}`);
  const settled = (page: Page): Promise<unknown> =>
    page.waitForFunction('connection.saved && connection.synced && connection.overlaySize === 0');

  /** Each page has the picture of the server, and nothing of its own above it. */
  async function expectOnePicture(...those: Page[]): Promise<void> {
    const { bytes, seq } = await new CanvasesApi(pages.server.url).bitmap('main');
    const hash = createHash('sha256').update(bytes).digest('hex');
    for (const page of those) {
      await settled(page);
      await page.waitForFunction(`connection.lastSeq >= ${seq}`);
      expect(await page.evaluate('hash()')).to.equal(hash);
    }
  }

  it('paints, and shows at once what one paints and soon what others do', async () => {
    const [ann, bob] = [await open(), await open()];
    const painted = `(() => {
        const acked = connection.paint(3, 4, 5);
        return { atOnce: colorAt(3, 4), acked };
      })()`;
    expect(await ann.evaluate(`${painted}.atOnce`)).to.equal(5);
    await shows(bob, 3, 4, 5);
    await bob.waitForFunction('changed.length > 0');
    expect(await bob.evaluate('changed')).to.deep.include({ x: 3, y: 4, width: 1, height: 1 });
    await bob.evaluate(`{
        const stroke = connection.beginStroke('#ff4500');
        stroke.to(10, 10);
        stroke.to(40, 20);
        window.stroke = stroke.end();
      }`);
    const { seq } = (await bob.evaluate('stroke')) as { seq: number };
    await ann.waitForFunction(`connection.lastSeq >= ${seq}`);
    const orange = await ann.evaluate("connection.canvas.palette.indexOf('#ff4500')");
    for (const [x, y] of [
      [10, 10],
      [25, 15],
      [40, 20],
    ]) {
      expect(await ann.evaluate(`colorAt(${x}, ${y})`)).to.equal(orange);
    }
    await expectOnePicture(ann, bob);
  });

  it('comes back after a restart of the server, and brings what was painted meanwhile', async () => {
    const [ann, bob] = [await open(), await open()];
    await pages.server.restart(async () => {
      await ann.waitForFunction('!connection.synced');
      await ann.evaluate('void connection.paint(100, 100, 7)');
      await bob.waitForFunction('!connection.synced');
      await bob.evaluate('void connection.paintMany([[101, 100, 8], [102, 100, 9]])');
      expect(await ann.evaluate('[colorAt(100, 100), connection.saved]')).to.deep.equal([7, false]);
    });
    await Promise.all([shows(ann, 102, 100, 9), shows(bob, 100, 100, 7)]);
    await expectOnePicture(ann, bob);
    expect(await ann.evaluate('[100, 101, 102].map((x) => colorAt(x, 100))')).to.deep.equal([7, 8, 9]);
  });
});
