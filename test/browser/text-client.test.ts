import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { RealServer } from '../client/real-server.ts';
import { hasBrowser, openBrowser } from '../helpers/browser.ts';
import { type ModuleHost, startModuleHost } from './module-host.ts';

/** What an application with an editor would do; where the editor is, there is `window.text`. */
const EDITOR = `
  import * as Y from 'yjs';
  import { TextDocumentsApi, TextYjsProvider } from '/client/index.js';

  const parameters = new URLSearchParams(location.search);
  const url = parameters.get('server');
  const api = new TextDocumentsApi(url);
  const documentId = parameters.get('document') ?? (await api.create({ title: 'Minutes', crdt: 'yjs' })).id;
  const doc = new Y.Doc();
  const provider = new TextYjsProvider(doc, {
    url,
    documentId,
    userId: parameters.get('user'),
    backoff: { baseMs: 20, maxMs: 100 },
  });
  Object.assign(window, { documentId, provider, text: doc.getText('text') });
  await provider.whenSynced();
  window.isReady = true;
`;
const TIMEOUT_MS = 60_000;

(hasBrowser ? describe : describe.skip)(
  `the client of text documents in a browser${hasBrowser ? '' : ' (no chromium here)'}`,
  () => {
    let host: ModuleHost;
    let server: RealServer;
    let browser: Browser;
    const errors: string[] = [];
    const foreign: string[] = [];

    before(async function () {
      this.timeout(TIMEOUT_MS);
      host = await startModuleHost(['yjs', 'lib0', 'y-protocols'], EDITOR);
      // The page comes from elsewhere, as that of an application does.
      server = await RealServer.start('sqlite', { CORS_ORIGINS: host.origin });
      browser = await openBrowser();
    });
    after(async () => {
      await browser?.close();
      await server?.stop();
      await host?.stop();
    });

    /** Somebody with a browser of their own. */
    async function open(
      user: string,
      document?: string,
    ): Promise<{ page: Page; context: BrowserContext; documentId: string }> {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.setDefaultTimeout(TIMEOUT_MS / 3);
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('request', (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (protocol !== 'data:' && hostname !== '127.0.0.1') foreign.push(request.url());
      });
      const query = new URLSearchParams({ server: server.url, user });
      if (document !== undefined) query.set('document', document);
      await page.goto(`${host.origin}/?${query}`);
      await page.waitForFunction('window.isReady');
      return { page, context, documentId: (await page.evaluate('documentId')) as string };
    }

    const type = (page: Page, words: string): Promise<unknown> =>
      page.evaluate(`for (const letter of ${JSON.stringify(words)}) text.insert(text.length, letter)`);
    const textOf = (page: Page): Promise<unknown> => page.evaluate('text.toString()');
    const has = (page: Page, words: string): Promise<unknown> =>
      page.waitForFunction(`text.toString().includes(${JSON.stringify(words)})`);
    const isSaved = (page: Page): Promise<unknown> => page.evaluate('provider.saved');
    const saved = (page: Page): Promise<unknown> => page.waitForFunction('provider.saved && provider.synced');

    it('lets two edit one document, through a restart of the server and a network that is away', async function () {
      this.timeout(TIMEOUT_MS);
      const ann = await open('ann');
      const { documentId } = ann;
      const bob = await open('bob', documentId);

      await Promise.all([type(ann.page, 'a'.repeat(50)), type(bob.page, 'b'.repeat(50))]);
      for (const { page } of [ann, bob]) {
        await page.waitForFunction('text.length === 100');
        await saved(page);
      }
      expect(await textOf(ann.page)).to.equal(await textOf(bob.page));

      await ann.page.evaluate(`provider.awareness.setLocalStateField('user', { name: 'Ann' })`);
      await bob.page.waitForFunction(
        `[...provider.awareness.getStates().values()].some(({ user }) => user?.name === 'Ann')`,
      );

      await ann.context.setOffline(true);
      await server.restart(async () => {
        await Promise.all([type(ann.page, ' while nobody listened'), type(bob.page, ' meanwhile')]);
        expect([await isSaved(ann.page), await isSaved(bob.page)]).to.deep.equal([false, false]);
      });
      await saved(bob.page);
      expect(await isSaved(ann.page)).to.equal(false);
      await type(bob.page, ' and then');
      await saved(bob.page);

      await ann.context.setOffline(false);
      await saved(ann.page);
      await has(ann.page, 'and then');
      await has(bob.page, 'nobody listened');
      expect(await textOf(ann.page)).to.equal(await textOf(bob.page));

      const late = await open('late', documentId);
      expect(await textOf(late.page)).to.equal(await textOf(ann.page));
      expect(errors).to.deep.equal([]);
      expect(foreign).to.deep.equal([]);
    });

    it('is told for good that a document is gone', async function () {
      this.timeout(TIMEOUT_MS);
      const { page, documentId } = await open('ann');
      await server.api.delete(documentId);
      await page.waitForFunction(`provider.connection.status.name === 'closed'`);
      expect(await page.evaluate('provider.connection.status')).to.include({ name: 'closed', code: 4404 });
    });
  },
);
