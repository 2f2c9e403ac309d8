import { expect } from 'chai';
import type { TextDocument } from '../../client/text-documents-api.ts';
import type { Visitor } from './browser-suite.ts';
import { EDITOR, EDITOR_THERE, expectSame, openText, saved, shows, WRITTEN, write } from './text-pages.ts';
import { describeWebApp, until } from './web-app.ts';

const TITLE = 'input[aria-label="Title"]';

describeWebApp('a text that several write', {}, (app) => {
  const newText = (title: string): Promise<TextDocument> => app.server.api.create({ title, crdt: 'yjs' });
  const open = (name: string, id: string, options = {}): Promise<Visitor> => openText(app, name, id, options);

  it('brings what two write at once into the same text for both', async () => {
    const { id } = await newText('Minutes');
    const ann = await open('Ann', id);
    const bob = await open('Bob', id);
    await write(ann.page, '# Agenda\nNorth: \nSouth: ');
    await shows(bob.page, 'South: ');
    await ann.page.click(`${EDITOR} p:has-text("North")`);
    await ann.page.keyboard.press('End');
    await Promise.all([
      ann.page.keyboard.type('Ann writes about _one_ pier. '),
      write(bob.page, 'Bob writes about the **other** pier. '),
    ]);
    for (const { page } of [ann, bob]) {
      await page.waitForSelector(
        `${EDITOR} p:has-text("North: Ann writes about one pier.") em:text-is("one")`,
      );
      await page.waitForSelector(`${EDITOR} p:has-text("South: Bob writes about the other pier.") strong`);
    }
    // At the same place, letters may come between each other, but for both in the same order.
    await Promise.all([write(ann.page, 'aaaaaaaaaa'), write(bob.page, 'bbbbbbbbbb')]);
    const hasAll = `/[ab]{20}$/.test(${WRITTEN})`;
    for (const { page } of [ann, bob]) {
      await until(page, hasAll);
      await saved(page);
    }
    await expectSame(ann.page, bob.page);
  });

  it('shows where others are, with their names, and who they are in the bar', async () => {
    const { id } = await newText('Carets');
    const ann = await open('Ann', id);
    const bob = await open('Bob', id);
    await write(ann.page, 'Here I am');
    await bob.page.waitForSelector(`${EDITOR} .ProseMirror-widget span:text-is("Ann")`);
    // Whom one clicks on is brought into sight.
    await write(ann.page, '\n'.repeat(60));
    await bob.page.waitForSelector(`${EDITOR} > p:nth-of-type(60)`);
    const caret = `document.querySelector('.ProseMirror-widget').getBoundingClientRect()`;
    await until(bob.page, `${caret}.top > innerHeight`);
    await bob.page.click('ul[aria-label="People here"] button[aria-label="Go to Ann"]');
    await until(bob.page, `${caret}.top > 100 && ${caret}.bottom < innerHeight`);
    await ann.context.close();
    await bob.page.waitForSelector(`${EDITOR} .ProseMirror-widget`, { state: 'detached' });
    await bob.page.waitForSelector('ul[aria-label="People here"]', { state: 'detached' });
  });

  it('keeps what is written offline, says so, and brings it when the network is back', async () => {
    const { id } = await newText('Offline');
    const ann = await open('Ann', id);
    const bob = await open('Bob', id);
    await write(ann.page, 'Before. ');
    await shows(bob.page, 'Before.');
    await app.server.restart(async () => {
      await ann.page.waitForSelector('[role="status"]:has-text("Offline")');
      await write(ann.page, 'Written while nobody heard. ');
      await ann.page.waitForSelector('[role="status"]:has-text("Offline, changes kept here")');
      await write(bob.page, 'Meanwhile, Bob. ');
    });
    for (const { page } of [ann, bob]) {
      await shows(page, 'Written while nobody heard.');
      await shows(page, 'Meanwhile, Bob.');
      await saved(page);
    }
    await expectSame(ann.page, bob.page);
  });

  it('keeps what is written offline when its page is left and opened again', async () => {
    const { id } = await newText('Left behind');
    const { page } = await app.open('Ann');
    await page.click('a:has-text("Left behind")');
    await page.waitForSelector(EDITOR);
    await write(page, 'First. ');
    await saved(page);
    await app.server.restart(async () => {
      await page.waitForSelector('[role="status"]:has-text("Offline")');
      await write(page, 'On the way out. ');
      await page.click('a[aria-label="Troupe, all documents"]');
      await page.waitForSelector('a:has-text("Left behind")');
    });
    await page.click('a:has-text("Left behind")');
    await shows(page, 'First. On the way out.');
    await saved(page);
    const late = await open('Late', id);
    await shows(late.page, 'First. On the way out.');
  });

  it('undoes only what the user has written', async () => {
    const { id } = await newText('Undo');
    const ann = await open('Ann', id);
    const bob = await open('Bob', id);
    await write(ann.page, 'Mine.');
    await shows(bob.page, 'Mine.');
    await write(bob.page, ' Yours.');
    await shows(ann.page, 'Yours.');
    await ann.page.click(EDITOR);
    await ann.page.keyboard.press('Control+z');
    await until(
      bob.page,
      `/Yours/.test(${EDITOR_THERE}.textContent) && !/Mine/.test(${EDITOR_THERE}.textContent)`,
    );
  });

  it('changes the title for all who are there', async () => {
    const { id } = await newText('Old title');
    const ann = await open('Ann', id);
    const bob = await open('Bob', id);
    await ann.page.fill(TITLE, 'The new title');
    await ann.page.press(TITLE, 'Enter');
    await until(bob.page, `document.querySelector('${TITLE}').value === 'The new title'`);
    await until(bob.page, `document.title.startsWith('The new title')`);
    expect((await app.server.api.get(id)).title).to.equal('The new title');
    await ann.page.fill(TITLE, 'Never mind');
    await ann.page.press(TITLE, 'Escape');
    expect(await ann.page.inputValue(TITLE)).to.equal('The new title');
    expect((await app.server.api.get(id)).title).to.equal('The new title');
  });
});
