import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import * as Y from 'yjs';
import type { TextDocument } from '../../client/text-documents-api.ts';
import type { Visitor } from './browser-suite.ts';
import { EDITOR, EDITOR_THERE, openText, saved, shows, write } from './text-pages.ts';
import { axeViolations, describeWebApp, until } from './web-app.ts';

describeWebApp('the text editor', {}, (app) => {
  const newText = (title: string, crdt: 'yjs' | 'opaque' = 'yjs'): Promise<TextDocument> =>
    app.server.api.create({ title, crdt });
  const open = (name: string, id: string, options = {}): Promise<Visitor> => openText(app, name, id, options);

  async function downloaded(page: Page, item: string): Promise<{ name: string; content: string }> {
    await page.click('button[aria-label="Download and print"]');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.click(`[role="menuitem"]:has-text("${item}")`),
    ]);
    return { name: file.suggestedFilename(), content: await readFile(await file.path(), 'utf8') };
  }

  it('gives the text as Markdown and as HTML that stands alone', async () => {
    const { id } = await newText('Harbour: plan/1');
    const { page } = await open('Ann', id);
    await write(page, '## Where\nThe **old** quay, _east_ of `here`.\n- one\ntwo\n\n[x] done\n\n');
    await page.click('button[aria-label="Table"]');
    await page.keyboard.type('Boat');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a|b');
    await page.click('button[aria-label="Table: rows and columns"]');
    await page.click('[role="menuitem"]:has-text("Column to the right")');
    await until(page, `${EDITOR_THERE}.querySelectorAll('th').length === 4`);
    await saved(page);

    const markdown = await downloaded(page, 'Download as Markdown');
    expect(markdown.name).to.equal('Harbour plan 1.md');
    expect(markdown.content).to.match(
      /^# Harbour: plan\/1\n\n## Where\n\nThe \*\*old\*\* quay, \*east\* of `here`\.\n/,
    );
    expect(markdown.content).to.include('- one\n- two\n').and.to.include('- [x] done');
    expect(markdown.content).to.match(/\| Boat +\| a\\\|b/);

    const html = await downloaded(page, 'Download as HTML');
    expect(html.name).to.equal('Harbour plan 1.html');
    expect(html.content)
      .to.match(/^<!doctype html>/)
      .and.to.include('<title>Harbour: plan/1</title>');
    expect(html.content).to.include('<h2>Where</h2>').and.to.include('<strong>old</strong>');
    expect(html.content).to.include('<li><p>one</p></li>').and.to.include('<th><p>a|b</p></th>');
    expect(html.content).to.not.match(/class="ProseMirror|contenteditable|data-|<script/);
  });

  it('makes links of safe addresses only, also where somebody else wrote them', async () => {
    const { id } = await newText('Links');
    const { page } = await open('Ann', id);
    await write(page, 'See the chart');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await page.keyboard.press('Control+k');
    await page.fill('[role="dialog"] input', 'javascript:alert(1)');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role="dialog"] [aria-invalid="true"]');
    await page.fill('[role="dialog"] input', 'example.com/chart');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${EDITOR} a[href="https://example.com/chart"]:has-text("chart")`);
    await saved(page);

    // A client that keeps to no rules.
    const bad = app.server.open(id, 'bad');
    await bad.whenSynced();
    const paragraph = new Y.XmlElement('paragraph');
    const words = new Y.XmlText();
    words.insert(0, 'click me', { link: { href: 'javascript:document.title="owned"' } });
    paragraph.insert(0, [words]);
    bad.doc.getXmlFragment('default').push([paragraph]);
    await shows(page, 'click me');
    expect(
      await page.$eval(`${EDITOR} a:has-text("click me")`, (link) => link.getAttribute('href')),
    ).to.equal('');
    await page.click(`${EDITOR} a:has-text("click me")`, { modifiers: ['Control'] });
    expect(await page.title()).to.equal('Links – Troupe');
    const markdown = await downloaded(page, 'Download as Markdown');
    expect(markdown.content).to.include('click me').and.to.not.include('javascript:');
    const html = await downloaded(page, 'Download as HTML');
    expect(html.content).to.include('click me').and.to.not.include('javascript:');
  });

  it('can be worked by keyboard alone: the toolbar is one stop, arrows go through it', async () => {
    const { id } = await newText('Keys');
    const { page } = await open('Ann', id);
    await write(page, 'words');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Alt+F10');
    await until(page, `document.activeElement.getAttribute('aria-label') === 'Undo'`);
    // Redo has nothing to do and is passed over.
    for (const label of ['Text, kind of paragraph', 'Bold', 'Italic']) {
      await page.keyboard.press('ArrowRight');
      await until(page, `document.activeElement.getAttribute('aria-label') === '${label}'`);
    }
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${EDITOR} em:has-text("words")`);
    await until(page, `document.activeElement === ${EDITOR_THERE}`);
  });

  it('says that a text was deleted while it was open, and restores it', async () => {
    const { id } = await newText('Gone');
    const { page } = await open('Ann', id);
    await write(page, 'Still here.');
    await saved(page);
    await app.server.api.delete(id);
    await page.waitForSelector('h2:has-text("“Gone” was deleted")');
    await page.click('button:has-text("Restore")');
    await shows(page, 'Still here.');
    const unknown = await app.open('Ann', '/texts/00000000-0000-4000-8000-000000000000');
    await unknown.page.waitForSelector('h2:has-text("There is no such text")');
  });

  it('only shows a text of another program, and sends nothing to it', async () => {
    const { id } = await newText('Foreign', 'opaque');
    const provider = app.server.open(id, 'other');
    await provider.whenSynced();
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('Made elsewhere')]);
    provider.doc.getXmlFragment('default').push([paragraph]);
    await provider.whenSaved();
    const { page } = await app.open('Ann', `/texts/${id}`);
    await page.waitForSelector('[role="note"]:has-text("Only to be read")');
    await page.waitForSelector('[contenteditable="false"]:has-text("Made elsewhere")');

    const bytes = await newText('Bytes', 'opaque');
    const { page: other } = await app.open('Ann', `/texts/${bytes.id}`);
    await other.waitForSelector('h2:has-text("This text cannot be shown here")');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no serious fault of accessibility, ${colorScheme}`, async () => {
      const { id } = await newText('Accessible');
      const ann = await open('Ann', id, { colorScheme });
      const bob = await open('Bob', id);
      await write(
        ann.page,
        '# One\nText with `code` and [a link](https://example.com).\n[ ] task\n\n> quote\n\n```\ncode\n',
      );
      await write(bob.page, 'Bob');
      await shows(ann.page, 'Bob');
      await saved(ann.page);
      expect(await axeViolations(ann.page)).to.deep.equal([]);
      await ann.page.click(EDITOR);
      await ann.page.keyboard.press('Control+a');
      await ann.page.waitForSelector('[aria-label="Formatting of the selection"]', { state: 'visible' });
      expect(await axeViolations(ann.page)).to.deep.equal([]);
    });
  }

  it('stays quick in a text of ten thousand words', async () => {
    const { id } = await newText('Long');
    const provider = app.server.open(id, 'writer');
    await provider.whenSynced();
    const words = Array.from({ length: 50 }, (_, index) => `word${index}`).join(' ');
    provider.doc.transact(() => {
      const paragraphs = Array.from({ length: 200 }, (_, index) => {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText(`${index} ${words}`)]);
        return paragraph;
      });
      provider.doc.getXmlFragment('default').push(paragraphs);
    });
    await provider.whenSaved();
    const { page } = await open('Ann', id);
    await page.waitForSelector('p:has-text("10,200 words")');
    await write(page, ' ');
    const took = await page.evaluate(`(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      await frame();
      const times = [];
      for (let key = 0; key < 20; key += 1) {
        const from = performance.now();
        document.execCommand('insertText', false, 'x');
        await frame();
        times.push(performance.now() - from);
      }
      return times.sort((a, b) => a - b)[10];
    })()`);
    process.stdout.write(
      `      10,000 words: a key and its frame take ${Math.round(took as number)} ms (median)\n`,
    );
    await shows(page, 'x'.repeat(20));
  });
});
