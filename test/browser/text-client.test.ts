import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser-suite.ts';
import { describeClient } from './client-pages.ts';

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

describeClient('the client of text documents in a browser', EDITOR, (pages) => {
  async function open(user: string, document?: string): Promise<Visitor & { readonly documentId: string }> {
    const visitor = await pages.open({ user, ...(document !== undefined && { document }) });
    return { ...visitor, documentId: (await visitor.page.evaluate('documentId')) as string };
  }

  const type = (page: Page, words: string): Promise<unknown> =>
    page.evaluate(`for (const letter of ${JSON.stringify(words)}) text.insert(text.length, letter)`);
  const textOf = (page: Page): Promise<unknown> => page.evaluate('text.toString()');
  const has = (page: Page, words: string): Promise<unknown> =>
    page.waitForFunction(`text.toString().includes(${JSON.stringify(words)})`);
  const isSaved = (page: Page): Promise<unknown> => page.evaluate('provider.saved');
  const saved = (page: Page): Promise<unknown> => page.waitForFunction('provider.saved && provider.synced');

  it('lets two edit one document, through a restart of the server and a network that is away', async () => {
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
    await pages.server.restart(async () => {
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
  });

  it('is told for good that a document is gone', async () => {
    const { page, documentId } = await open('ann');
    await pages.server.api.delete(documentId);
    await page.waitForFunction(`provider.connection.status.name === 'closed'`);
    expect(await page.evaluate('provider.connection.status')).to.include({ name: 'closed', code: 4404 });
  });
});
