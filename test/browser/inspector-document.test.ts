import { expect } from 'chai';
import { EDITOR, openText, saved, write } from './text-pages.ts';
import { describeWebApp } from './web-app.ts';

const PAGES = {
  annotation: { path: '/v1/documents', body: { name: 'Plan' }, page: 'boards' },
  text: { path: '/api/v1/documents', body: { title: 'Minutes', crdt: 'yjs' }, page: 'texts' },
} as const;

describeWebApp('the actor inspector, beside its document', {}, (app) => {
  it('leads from the inspector to the page of the document, and copies its id', async () => {
    for (const { path, body, page: folder } of Object.values(PAGES)) {
      const { id } = await app.ask<{ id: string }>('POST', path, body);
      const { page, context } = await app.open('Ann', `/debug/actors?actor=${id}`);
      const [opened] = await Promise.all([
        context.waitForEvent('page'),
        page.click('a:has-text("Open the document in a new tab")'),
      ]);
      await opened.waitForSelector(`header :is(h1, input):not([hidden])`);
      expect(opened.url()).to.equal(`${app.url}/${folder}/${id}`);
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.bringToFront();
      await page.click('button[aria-label="Copy the id"]');
      await page.waitForSelector('text=The id is copied');
      expect(await page.evaluate('navigator.clipboard.readText()')).to.equal(id);
    }
  });

  it('leaves presence out of the events where one does not want it', async () => {
    const { id } = await app.server.api.create({ title: 'Busy', crdt: 'yjs' });
    const { page } = await app.open('Ann', `/debug/actors?actor=${id}`);
    await page.waitForSelector('svg[aria-label*="It is active"]');
    const writer = await openText(app, 'Bob', id);
    await write(writer.page, 'words');
    await saved(writer.page);
    const row = (type: string) => page.locator(`[role="tabpanel"] tbody tr:has-text("${type}")`);
    await row('presence').first().waitFor();
    await page.check('label:has-text("Without presence") input');
    await row('presence').first().waitFor({ state: 'detached' });
    await row('update').first().waitFor();
    await page.click('role=tab[name="Sequence"]');
    await page.waitForSelector('svg[aria-label^="The latest"]');
    expect(await page.locator('svg[aria-label^="The latest"] text:text-is("presence")').count()).to.equal(0);
    await page.uncheck('label:has-text("Without presence") input');
    await writer.page.click(EDITOR);
    await writer.page.keyboard.press('Home');
    await page.locator('svg[aria-label^="The latest"] text:text-is("presence")').first().waitFor();
  });
});
