import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Room } from '../../client/rooms-api.ts';
import { RealtimeClient } from '../helpers/realtime-client.ts';
import { realtimeUrl } from '../helpers/server.ts';
import { coloursOf, picture, roomsOf, tile } from './home-tiles.ts';
import { axeViolations, describeWebApp, eventually, until } from './web-app.ts';

describeWebApp('the page of all documents', { fresh: true }, (app) => {
  const newRoom = (name: string): Promise<Room> =>
    app.ask<Room>('POST', '/v1/rooms', { name, width: 400, height: 300 });
  /** The list, asked for anew, as when somebody comes back to the window. */
  const lookAgain = (page: Page): Promise<unknown> => page.evaluate(`dispatchEvent(new Event('focus'))`);

  it('invites whoever comes first, and shows the canvas that is there', async () => {
    const { page } = await app.open('Ann');
    await page.waitForSelector('h1:has-text("What do you want to make together?")');
    await page.waitForSelector(picture('Main'));
    await newRoom('Plan');
    await lookAgain(page);
    // Nothing jumps while one looks at it.
    await page.waitForSelector(tile('Plan'));
    expect(await page.isVisible('h1:has-text("What do you want to make together?")')).to.equal(true);
    await page.reload();
    await page.waitForSelector('h1:has-text("Begin something")');
  });

  it('shows each board as it is now, also after somebody draws', async () => {
    const room = await newRoom('Live');
    const { page } = await app.open('Ann');
    await page.waitForSelector(picture('Live'));
    expect(await coloursOf(page, 'Live')).to.equal(1);
    const before = await page.getAttribute(picture('Live'), 'src');
    await app.ask('POST', '/v1/annotations', {
      document_id: room.id,
      type: 'box',
      geometry: { x: 50, y: 50, width: 200, height: 150 },
      style: { fill: '#2b8a3e' },
    });
    await lookAgain(page);
    await until(page, `document.querySelector('li[data-kind="board"] img').src !== '${before}'`);
    await eventually(
      page,
      () => coloursOf(page, 'Live'),
      (colours) => colours > 1,
    );
    // Who is there is counted.
    const guest = await app.open('Bob');
    await guest.page.evaluate(`new Promise((resolve) => {
      window.socket = new WebSocket(location.origin.replace('http', 'ws') + '/v1/ws/rooms/${room.id}?userId=bob');
      window.socket.onmessage = resolve;
    }).then(() => undefined)`);
    await lookAgain(page);
    await page.waitForSelector(`${tile('Live')} :text("1 here")`);
  });

  it('asks again for pictures that did not change at the cost of a 304 only', async () => {
    await newRoom('Same');
    const { page, context } = await app.open('Ann');
    await page.waitForSelector(picture('Same'));
    await page.waitForSelector(picture('Main'));
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    // Chromium tells the page 200 where the server said 304.
    const unchanged = new Promise<void>((resolve) => {
      session.on('Network.responseReceivedExtraInfo', ({ statusCode }) => statusCode === 304 && resolve());
    });
    await Promise.all([page.waitForResponse(/\/snapshot\?/), unchanged, lookAgain(page)]);
  });

  it('renames where the name stands, by keys alone too', async () => {
    const room = await newRoom('Draft');
    const { id } = await app.server.api.create({ title: 'Letter', crdt: 'yjs' });
    const { page } = await app.open('Ann');
    await page.focus(`${tile('Draft')} a`);
    const typeName = async (name: string): Promise<void> => {
      await until(page, `document.activeElement.matches('input')`);
      await page.keyboard.type(name);
      // The tile shows it before the server knows.
      await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'PATCH'),
        page.keyboard.press('Enter'),
      ]);
      await page.waitForSelector(tile(name));
    };
    await page.keyboard.press('F2');
    await typeName('Final plan');
    await page.click(`${tile('Letter')} button`);
    await page.click('[role="menuitem"]:has-text("Rename")');
    await typeName('Reply');
    await page.reload();
    await page.waitForSelector(tile('Final plan'));
    await page.waitForSelector(tile('Reply'));
    expect((await app.ask<Room>('GET', `/v1/rooms/${room.id}`)).name).to.equal('Final plan');
    expect((await app.server.api.get(id)).title).to.equal('Reply');
  });

  async function remove(page: Page, name: string): Promise<void> {
    await page.click(`${tile(name)} button`);
    await page.click('[role="menuitem"]:has-text("Delete")');
    await page.waitForSelector(tile(name), { state: 'detached' });
  }

  it('deletes, and takes it back on Undo', async () => {
    const room = await newRoom('Board to keep');
    const { id } = await app.server.api.create({ title: 'Text to keep', crdt: 'yjs' });
    const { page } = await app.open('Ann');
    for (const name of ['Board to keep', 'Text to keep']) {
      await page.waitForSelector(tile(name));
      const links = `[...document.querySelectorAll('li[data-kind] a')]`;
      const isGone = `!${links}.some(({ textContent }) => textContent.includes('${name}'))`;
      const undo = `[...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Undo')`;
      // The way back is there for some seconds only: it is taken in the page itself.
      await Promise.all([
        until(page, `${isGone} && (${undo}.click(), true)`),
        page.click(`${tile(name)} button`).then(() => page.click('[role="menuitem"]:has-text("Delete")')),
      ]);
      await page.waitForSelector(tile(name));
    }
    await page.reload();
    for (const name of ['Board to keep', 'Text to keep']) await page.waitForSelector(tile(name));
    expect((await app.ask<Room>('GET', `/v1/rooms/${room.id}`)).status).to.equal('active');
    expect((await app.server.api.get(id)).deleted_at).to.equal(null);
  });

  it('deletes for good where nobody undoes it, also when the page is closed at once', async () => {
    const { id } = await newRoom('Board to go');
    const listener = new RealtimeClient(realtimeUrl(app.url, { document_id: id }));
    await listener.hear('welcome');
    const { page } = await app.open('Ann');
    await page.waitForSelector(tile('Board to go'));
    await remove(page, 'Board to go');
    expect(await roomsOf(app)).to.have.length(1);
    await page.goto('about:blank');
    await listener.closed;
    expect(await roomsOf(app)).to.deep.equal([]);
    await page.goto(app.url);
    await page.waitForSelector(picture('Main'));
    expect(await page.$(tile('Board to go'))).to.equal(null);
  });

  it('finds by name and kind, and says where nothing is found', async () => {
    await newRoom('Harbour plan');
    await newRoom('Poster');
    await app.server.api.create({ title: 'Minutes of the harbour council', crdt: 'yjs' });
    const { page } = await app.open('Ann');
    await page.waitForSelector(tile('Poster'));
    await page.keyboard.press('/');
    await page.keyboard.type('HARBOUR');
    await page.waitForSelector(tile('Poster'), { state: 'detached' });
    await page.waitForSelector(tile('Minutes of the harbour council'));
    await page.click('[aria-label="Kind of document"] button:has-text("Boards")');
    await page.waitForSelector(tile('Minutes'), { state: 'detached' });
    await page.waitForSelector(tile('Harbour plan'));
    await page.fill('input[type="search"]', 'nothing like it');
    await page.waitForSelector('h2:has-text("Nothing is called that")');
    await page.click('button:has-text("Show everything")');
    await page.waitForSelector(tile('Minutes'));
  });

  it('shows the newest change first, drawing too', async () => {
    const old = await newRoom('Old board');
    await newRoom('New board');
    await app.ask('POST', '/v1/annotations', {
      document_id: old.id,
      type: 'box',
      geometry: { x: 1, y: 1, width: 10, height: 10 },
    });
    const { page } = await app.open('Ann');
    for (const name of ['Old board', 'New board']) await page.waitForSelector(tile(name));
    const names = await page.evaluate(
      `[...document.querySelectorAll('li[data-kind="board"] a')].map(({ title }) => title)`,
    );
    expect(names).to.deep.equal(['Old board', 'New board']);
  });

  it('says that the server is away, keeps what it showed, and goes on when it is back', async () => {
    await newRoom('Kept');
    const { page } = await app.open('Ann');
    await page.waitForSelector(picture('Kept'));
    await app.server.restart(async () => {
      await lookAgain(page);
      await page.waitForSelector('[role="alert"]:has-text("This is not the newest list.")');
      await page.waitForSelector(tile('Kept'));
    });
    // It asks again by itself every ten seconds, and may have done so.
    await page.evaluate(`document.querySelector('[role="alert"] button')?.click()`);
    await page.waitForSelector('[role="alert"]', { state: 'detached' });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no serious fault of accessibility, ${colorScheme}`, async () => {
      const { page } = await app.open('Ann', '/', { colorScheme });
      await page.waitForSelector(picture('Main'));
      expect(await axeViolations(page)).to.deep.equal([]);
      await newRoom('Plan');
      await app.server.api.create({ title: 'Letter', crdt: 'yjs' });
      await lookAgain(page);
      await page.waitForSelector(picture('Plan'));
      expect(await axeViolations(page)).to.deep.equal([]);
      for (const key of ['b', 'c']) {
        await page.keyboard.press(key);
        await page.waitForSelector('[role="dialog"]');
        expect(await axeViolations(page)).to.deep.equal([]);
        await page.keyboard.press('Escape');
        await page.waitForSelector('[role="dialog"]', { state: 'detached' });
      }
    });
  }
});
