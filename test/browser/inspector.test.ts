import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { axeViolations, describeWebApp, until, type WebApp } from './web-app.ts';

const PAGE = '/debug/actors';
const TABS = ['Events', 'Sequence', 'Presence', 'Crashes'];
const UNKNOWN = '11111111-1111-4111-8111-111111111111';

const pageOf = (id: string): string => `${PAGE}?actor=${id}`;
/** A row of the log of events. */
const event = (text: string): string => `[role="tabpanel"] tbody tr:has-text("${text}")`;
const lit = (state: string): string => `svg[aria-label*="It is ${state}"]`;

const createDocument = async (app: WebApp): Promise<string> =>
  (await app.ask<{ id: string }>('POST', '/v1/documents', { name: 'Plan' })).id;

describeWebApp('the page of the actor inspector', { fresh: true }, (app) => {
  const change = (document_id: string): Promise<unknown> =>
    app.ask('POST', '/v1/annotations', {
      document_id,
      type: 'box',
      geometry: { x: 1, y: 2, width: 30, height: 40 },
    });

  it('[INS-1] shows an event of a document while a REST client changes it', async () => {
    const id = await createDocument(app);
    const { page } = await app.open('Ann', PAGE);
    await page.click(`a[href="${pageOf(id)}"]`);
    await page.waitForSelector(lit('active'));
    expect(page.url()).to.equal(app.url + pageOf(id));
    await change(id);
    const row = page.locator(event('annotation.create'));
    // It is shown from the ask on, before it is durable.
    await row.filter({ hasText: /http.*2.*ok/ }).waitFor();
    await row.locator('[title*="until durable"]').waitFor();
    await page.click('role=tab[name="Sequence"]');
    await page.waitForSelector('svg[aria-label*="actor to store, append #2"], svg[aria-label*="durable #2"]');
    const realtime = new URL(`${app.url.replace('http', 'ws')}/v1/realtime`);
    realtime.search = String(new URLSearchParams({ document_id: id, user_id: 'bob' }));
    await page.evaluate(`window.socket = new WebSocket('${realtime}')`);
    await page.click('role=tab[name=/Presence/]');
    await page.waitForSelector('[role="tabpanel"] tr:has-text("bob"):has-text("realtime")');
  });

  it('[INS-4] waits for a document that is not in memory, and shows how it gets there', async () => {
    const id = await createDocument(app);
    // Its actor is gone with the process.
    await app.server.restart();
    const { page } = await app.open('Ann', pageOf(id));
    await page.waitForSelector('text=not in memory');
    await change(id);
    await page.waitForSelector(lit('active'));
    await page.waitForSelector(event('loading → active'));
    await page.waitForSelector('text=not in memory', { state: 'detached' });
  });

  it('goes on by itself when the server was away', async () => {
    const id = await createDocument(app);
    const { page } = await app.open('Ann', pageOf(id));
    await page.waitForSelector(lit('active'));
    await app.server.restart(async () => {
      await page.waitForSelector('text=The server does not answer');
    });
    // It may have come back by itself already.
    await until(
      page,
      `(() => {
        const buttons = [...document.querySelectorAll('button')];
        buttons.find(({ textContent }) => textContent === 'Try again')?.click();
        return document.body.textContent.includes('not in memory');
      })()`,
    );
    await change(id);
    await page.waitForSelector(event('annotation.create'));
  });

  it('stands still while it is paused, is cleared, and is sorted and filtered by the server', async () => {
    const [id, other] = [await createDocument(app), await createDocument(app)];
    const { page } = await app.open('Ann', pageOf(id));
    await page.waitForSelector(lit('active'));
    await change(id);
    await page.waitForSelector(event('annotation.create'));
    await page.keyboard.press('p');
    await change(id);
    await page.waitForSelector('text=/\\d+ new while paused/');
    expect(await page.locator(event('annotation.create')).count()).to.equal(1);
    await page.keyboard.press('p');
    // What is not told to its end would be shown again after it is cleared.
    await page.locator(event('annotation.create')).filter({ hasText: 'ok' }).nth(1).waitFor();
    await page.keyboard.press('c');
    await page.waitForSelector('text=Nothing has happened yet');
    await page.fill('input[type="search"]', other.slice(0, 8));
    await page.waitForSelector(`tbody:has(a[href="${pageOf(other)}"]):not(:has(a[href="${pageOf(id)}"]))`);
    await page.fill('input[type="search"]', 'nothing is called so');
    await page.click('button:has-text("Show all")');
    await page.click('th button:has-text("Seq")');
    await page.waitForSelector(`tbody tr:first-child a[href="${pageOf(id)}"]`);
  });

  it("[INS-8] gives the events as a file for Stately's tools", async () => {
    const id = await createDocument(app);
    const { page } = await app.open('Ann', pageOf(id));
    await page.waitForSelector(lit('active'));
    await change(id);
    await page.waitForSelector(event('annotation.create'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('button:has-text("Export for Stately")'),
    ]);
    expect(download.suggestedFilename()).to.equal(`actor-${id}.json`);
    const events = JSON.parse(await readFile(await download.path(), 'utf8'));
    const types = events.map(
      ({ type, event }: { type: string; event?: { type: string } }) => event?.type ?? type,
    );
    expect(types).to.include.members(['@xstate.actor', 'execute annotation.create']);
  });

  it('can be used by who reads with a screen reader, in light and dark, on a phone, and only by keyboard', async () => {
    const id = await createDocument(app);
    const looks = [
      { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
      { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
    ] as const;
    for (const look of looks) {
      const { page, context } = await app.open('Ann', PAGE, look);
      await page.waitForSelector(`a[href="${pageOf(id)}"]`);
      expect(await axeViolations(page), `${look.colorScheme} list`).to.deep.equal([]);
      await page.focus(`a[href="${pageOf(id)}"]`);
      await page.keyboard.press('Enter');
      await page.waitForSelector(lit('active'));
      await change(id);
      // A refusal has its own look.
      await app
        .ask('POST', '/v1/annotations', {
          document_id: id,
          type: 'comment',
          parent_id: UNKNOWN,
          geometry: {},
        })
        .catch(() => undefined);
      await page.waitForSelector(event('annotation.create'));
      expect(await isWithinScreen(page), `${look.colorScheme} width`).to.equal(true);
      for (const name of TABS) {
        await page.waitForSelector(`role=tab[selected][name=/${name}/]`);
        expect(await axeViolations(page), `${look.colorScheme} ${name}`).to.deep.equal([]);
        if (name === 'Events') await page.focus('role=tab[selected]');
        await page.keyboard.press('ArrowRight');
      }
      await context.close();
    }
  });
});

describeWebApp('the page of the actor inspector', { env: { DEBUG_TOKEN: 's3cret' } }, (app) => {
  it('[INS-5] asks for the debug token where one is set', async () => {
    const id = await createDocument(app);
    const { page } = await app.open('Ann', pageOf(id));
    await page.fill('input[type="password"]', 'a guess');
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.click('button:has-text("Look inside")');
    await page.waitForSelector('text=That is not the token');
    await page.fill('input[type="password"]', 's3cret');
    await page.keyboard.press('Enter');
    await page.waitForSelector(lit('active'));
    await page.reload();
    await page.waitForSelector(lit('active'));
  });
});

/** Nothing makes the page wider than the screen. */
const isWithinScreen = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= innerWidth') as Promise<boolean>;
