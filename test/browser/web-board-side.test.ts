import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import type { RoomComment, RoomVersion } from '../../client/index.ts';
import { decodePng } from '../../render/png-decode.ts';
import { axeViolations, hasWebApp, TIMEOUT_MS, until, WebApp, whyNoWebApp } from './web-app.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

const BOX = { x: 100, y: 100, width: 120, height: 90 };

(hasWebApp ? describe : describe.skip)(`beside the board${whyNoWebApp}`, function () {
  this.timeout(TIMEOUT_MS);
  let app: WebApp;
  let roomId: string;
  let boxId: string;

  before(async () => {
    app = await WebApp.start();
  });
  after(async () => {
    await app?.stop();
  });
  beforeEach(async () => {
    const room = await app.ask<{ id: string }>('POST', '/v1/rooms', {
      name: 'Plan',
      width: 400,
      height: 300,
    });
    roomId = room.id;
    const box = { document_id: roomId, type: 'box', geometry: BOX, style: { fill: '#ffd8a8' } };
    boxId = (await app.ask<{ id: string }>('POST', '/v1/annotations', box)).id;
  });
  afterEach(() => {
    expect(app.errors.splice(0)).to.deep.equal([]);
    expect(app.foreign).to.deep.equal([]);
  });

  const open = async (name: string, options: Parameters<WebApp['open']>[2] = {}): Promise<Page> => {
    const { page } = await app.open(name, `/boards/${roomId}`, options);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('application').waitFor();
    return page;
  };
  const comment = (body: string, anchor: object, userId = 'carla'): Promise<RoomComment> =>
    app.ask<RoomComment>('POST', `/v1/rooms/${roomId}/comments`, { body, anchor, author: userId });
  const comments = (): Promise<readonly RoomComment[]> => app.ask('GET', `/v1/rooms/${roomId}/comments`);
  const versions = (): Promise<readonly RoomVersion[]> => app.ask('GET', `/v1/rooms/${roomId}/versions`);
  const boxNow = async (): Promise<{ x: number; y: number }> =>
    (await app.ask<{ geometry: { x: number; y: number } }>('GET', `/v1/annotations/${boxId}`)).geometry;

  const pin = (page: Page, by: string): Locator =>
    page.getByRole('button', { name: new RegExp(`^Comment by ${by}:`) });
  const thread = (page: Page): Locator => page.getByRole('dialog', { name: 'Comment thread' });
  const panel = (page: Page, name: string): Locator => page.getByRole('region', { name });
  const toast = (page: Page, words: string | RegExp): Locator =>
    page.locator('li').filter({ hasText: words });
  /** Its lower left corner, where it points at. */
  const tipOf = async (found: Locator): Promise<Place> => {
    const box = await found.boundingBox();
    if (box === null) throw new Error('it is not there');
    return { x: box.x, y: box.y + box.height };
  };
  /** Waits until something has come to a place. */
  async function arrives(at: () => Promise<Place>, place: Place): Promise<void> {
    const deadline = Date.now() + TIMEOUT_MS / 3;
    for (let now = await at(); !isNear(now, place); now = await at()) {
      if (Date.now() > deadline)
        throw new Error(`It is at ${now.x}, ${now.y}, not at ${place.x}, ${place.y}`);
    }
  }
  const isNear = (a: Place, b: Place): boolean => Math.hypot(a.x - b.x, a.y - b.y) < 3;

  /** Clicks with the comment tool in the middle of the board, beside the box. */
  async function write(page: Page, text: string): Promise<void> {
    await page.getByRole('application').focus();
    await page.keyboard.press('c');
    await page.getByRole('application').click();
    await page.getByRole('textbox', { name: /^Write a comment/ }).fill(text);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New comment' }).waitFor({ state: 'detached' });
  }

  it('shows a comment to the others, with its answers, until it is resolved, and again when it is reopened', async () => {
    const [ann, bob] = [await open('Ann'), await open('Bob')];
    await write(ann, 'Is this the right place?');
    await pin(bob, 'Ann').click();
    await thread(bob).getByText('Is this the right place?').waitFor();
    await thread(bob).getByRole('textbox', { name: 'Reply' }).fill('It is.');
    await bob.keyboard.press('Enter');

    await ann.getByRole('button', { name: 'Comments, 1 open, 1 unread' }).click();
    await panel(ann, 'Comments').getByRole('article').getByText('1 reply').waitFor();
    await panel(ann, 'Comments').getByRole('button', { name: 'Is this the right place?' }).click();
    await thread(ann).getByText('It is.').waitFor();
    await ann.getByRole('button', { name: 'Comments, 1 open', exact: true }).waitFor();
    expect((await comments()).map(({ body, author }) => [body, author.slice(0, 8)])).to.have.deep.members([
      ['Is this the right place?', '00000000'],
      ['It is.', '00000000'],
    ]);

    await thread(ann).getByRole('button', { name: 'Resolve' }).click();
    await thread(bob).getByRole('button', { name: 'Reopen' }).waitFor();
    await bob.keyboard.press('Escape');
    await pin(bob, 'Ann').waitFor({ state: 'detached' });
    await panel(ann, 'Comments').getByText('Everything is resolved').waitFor();
    await panel(ann, 'Comments').getByRole('radio', { name: 'Resolved' }).click();
    await panel(ann, 'Comments').getByRole('article').getByRole('button', { name: 'Reopen' }).click();
    await panel(ann, 'Comments').getByText('Nothing is resolved yet').waitFor();
    await pin(bob, 'Ann').waitFor();
  });

  it('knows who wrote a comment after they have left, and lets only them change it', async () => {
    const bob = await open('Bob');
    await write(bob, 'I was here');
    await pin(bob, 'Bob').click();
    await thread(bob).getByRole('button', { name: 'More' }).click();
    await bob.getByRole('menuitem', { name: 'Edit' }).click();
    await bob.getByRole('textbox', { name: 'Edit comment' }).fill('I was here, and left');
    await bob.keyboard.press('Enter');
    await thread(bob).getByText('edited').waitFor();
    await bob.getByText('Saved', { exact: true }).waitFor();
    await bob.context().close();
    const ann = await open('Ann');
    await pin(ann, 'Bob').click();
    await thread(ann).getByText('I was here, and left').waitFor();
    await thread(ann).getByText('Bob', { exact: true }).waitFor();
    await thread(ann).locator('time[title]').waitFor();
    expect(await thread(ann).getByRole('button', { name: 'More' }).count()).to.equal(0);
  });

  it('says who is typing in the thread that one looks at', async () => {
    await comment('What do you think?', { x: 50, y: 50 });
    const [ann, bob] = [await open('Ann'), await open('Bob')];
    for (const page of [ann, bob]) await pin(page, 'carla').click();
    const field = thread(bob).getByRole('textbox', { name: 'Reply' });
    await field.pressSequentially('Well');
    await thread(ann).getByText('Bob is typing…').waitFor();
    await field.fill('');
    await thread(ann).getByText('Bob is typing…').waitFor({ state: 'detached' });
    await field.fill('Good.');
    await bob.keyboard.press('Escape');
    await pin(bob, 'carla').click();
    expect(await field.inputValue()).to.equal('Good.');
  });

  it('deletes a comment of one’s own, and brings it back', async () => {
    const [ann, bob] = [await open('Ann'), await open('Bob')];
    await write(ann, 'Never mind');
    await pin(bob, 'Ann').waitFor();
    await pin(ann, 'Ann').click();
    await thread(ann).getByRole('button', { name: 'More' }).click();
    await ann.getByRole('menuitem', { name: 'Delete' }).click();
    await pin(bob, 'Ann').waitFor({ state: 'detached' });
    await toast(ann, 'Comment deleted').getByRole('button', { name: 'Undo' }).click();
    await pin(bob, 'Ann').waitFor();
  });

  it('keeps what was written when it is closed by accident, and throws it away on Escape, not for good', async () => {
    const ann = await open('Ann');
    const stage = ann.getByRole('application');
    const field = ann.getByRole('textbox', { name: /^Write a comment/ });
    await stage.focus();
    await ann.keyboard.press('c');
    await stage.click({ position: { x: 600, y: 300 } });
    await field.pressSequentially('First line');
    await ann.keyboard.press('Shift+Enter');
    await field.pressSequentially('second line');
    await ann.keyboard.press('v');
    const size = await stage.boundingBox();
    await stage.click({ position: { x: (size?.width ?? 0) - 200, y: 20 } });
    await field.waitFor({ state: 'detached' });
    await stage.focus();
    await ann.keyboard.press('c');
    await stage.click({ position: { x: 620, y: 320 } });
    expect(await field.inputValue()).to.equal('First line\nsecond linev');
    await ann.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    await toast(ann, 'Comment thrown away').getByRole('button', { name: 'Bring back' }).click();
    expect(await field.inputValue()).to.equal('First line\nsecond linev');
    await field.press('Enter');
    await pin(ann, 'Ann').waitFor();
    expect(await comments()).to.have.lengthOf(1);
  });

  it('keeps a pin on its shape while that is dragged, here and there, and says when the shape is gone', async () => {
    await comment('On the box', { annotationId: boxId });
    const [ann, bob] = [await open('Ann'), await open('Bob')];
    const [mine, theirs] = [pin(ann, 'carla'), pin(bob, 'carla')];
    const [from, before] = [await tipOf(mine), await tipOf(theirs)];
    const hand = { x: from.x + 30, y: from.y + 40 };
    await ann.mouse.move(hand.x, hand.y);
    await ann.mouse.down();
    await ann.mouse.move(hand.x + 30, hand.y + 10);
    await ann.mouse.move(hand.x + 80, hand.y + 60);
    await ann.evaluate('new Promise(requestAnimationFrame)');
    const during = await tipOf(mine);
    expect(during.x - from.x).to.be.greaterThan(60);
    await ann.mouse.up();
    const settled = await tipOf(mine);
    expect(isNear(settled, during)).to.equal(true);
    const moved = { x: before.x + settled.x - from.x, y: before.y + settled.y - from.y };
    await arrives(() => tipOf(theirs), moved);

    await app.ask('DELETE', `/v1/annotations/${boxId}`);
    await bob.getByRole('button', { name: /^Comment by carla:.*its shape was deleted/ }).click();
    await thread(bob).getByText('What this was about has been deleted.').waitFor();
    expect(isNear(await tipOf(theirs), moved)).to.equal(true);
  });

  it('steps through the threads by N and Shift+N, and finds them by words', async () => {
    await comment('upper', { x: 50, y: 20 }, 'uma');
    await comment('middle', { x: 50, y: 150 }, 'mia');
    await comment('lower', { x: 50, y: 280 }, 'lou');
    const ann = await open('Ann');
    await ann.getByRole('application').focus();
    for (const [key, word] of [
      ['n', 'upper'],
      ['n', 'middle'],
      ['Shift+N', 'upper'],
      ['Shift+N', 'lower'],
    ] as const) {
      await ann.keyboard.press(key);
      await thread(ann).getByText(word, { exact: true }).waitFor();
    }
    await ann.keyboard.press('Escape');
    await thread(ann).waitFor({ state: 'detached' });
    await until(ann, `document.activeElement.getAttribute('aria-label')?.startsWith('Comment by lou')`);
    await ann.keyboard.press('?');
    await ann.getByRole('dialog', { name: 'Keys' }).getByText('Next comment').waitFor();
    await ann.keyboard.press('Escape');
    await ann.getByRole('button', { name: /^Comments, 3 open/ }).click();
    await ann.getByRole('searchbox', { name: 'Search in comments' }).fill('MIA middle');
    await until(ann, `document.querySelectorAll('article').length === 1`);
    await ann.getByRole('searchbox', { name: 'Search in comments' }).fill('nowhere');
    await panel(ann, 'Comments').getByRole('button', { name: 'Show all comments' }).click();
    await until(ann, `document.querySelectorAll('article').length === 3`);
  });

  it('names a state, shows it and any other moment, brings it back for all, and takes that back', async () => {
    const [ann, bob] = [await open('Ann'), await open('Bob')];
    await ann.getByRole('button', { name: 'Versions' }).click();
    const versionsPanel = panel(ann, 'Versions');
    await versionsPanel.getByRole('button', { name: 'Save' }).click();
    await versionsPanel.getByText('Give it a name.').waitFor();
    await versionsPanel.getByLabel('Name the state of now').fill('First');
    await ann.keyboard.press('Enter');
    await versionsPanel.getByRole('button', { name: /^First/ }).waitFor();
    expect((await versions()).map(({ tag }) => tag)).to.deep.equal(['First']);

    await app.ask('PATCH', `/v1/annotations/${boxId}`, { geometry: { ...BOX, x: 250 } });
    await bob.getByRole('button', { name: 'Versions, one is new' }).waitFor();
    await versionsPanel.getByRole('slider', { name: 'Look back' }).waitFor();
    await versionsPanel.getByText(/Somebody made 2 changes/).waitFor();

    // Any moment, by the keyboard; the end of the slider is now.
    await versionsPanel.getByRole('slider', { name: 'Look back' }).press('Home');
    await ann.getByText(/You are looking at .*change 1/).waitFor();
    await ann.getByRole('img', { name: /^The board:/ }).waitFor();
    await versionsPanel.getByRole('slider', { name: 'Look back' }).press('End');
    await ann.getByText(/You are looking at/).waitFor({ state: 'detached' });

    await versionsPanel.getByRole('button', { name: /^First/ }).click();
    await ann.getByText('You are looking at First').waitFor();
    await ann.getByRole('img', { name: 'The board: First' }).waitFor();
    await ann.getByRole('button', { name: 'Bring this back' }).click();
    await bob.getByRole('button', { name: 'Export' }).focus();
    await ann.getByRole('dialog').getByRole('button', { name: 'Bring back' }).click();
    await toast(bob, 'Ann brought back “First”').waitFor();
    expect(await bob.evaluate('document.activeElement.textContent')).to.equal('Export');
    expect(await boxNow()).to.include({ x: 100 });
    await ann.getByText(/You are looking at/).waitFor({ state: 'detached' });

    await toast(ann, 'You brought back “First”').getByRole('button', { name: 'Undo' }).click();
    await toast(bob, 'Ann brought back “Before “First” was brought back”').waitFor();
    expect(await boxNow()).to.include({ x: 250 });
  });

  it('says so where a moment is no longer kept', async () => {
    const ann = await open('Ann');
    await ann.route('**/preview?*', (route) =>
      route.fulfill({ status: 410, contentType: 'application/problem+json', body: '{"code":"state_gone"}' }),
    );
    await ann.getByRole('button', { name: 'Versions' }).click();
    await panel(ann, 'Versions').getByRole('button', { name: 'Change before' }).click();
    await ann.getByText('This moment cannot be shown').waitFor();
    expect(await ann.getByRole('button', { name: 'Bring this back' }).isDisabled()).to.equal(true);
    await ann.keyboard.press('Escape');
    await ann.getByText('This moment cannot be shown').waitFor({ state: 'detached' });
  });

  it('exports the board as a picture of its size, and says what is wrong with what cannot be drawn', async () => {
    const ann = await open('Ann');
    await ann.getByRole('button', { name: 'Export' }).click();
    const dialog = ann.getByRole('dialog', { name: 'Export the board' });
    await dialog.getByRole('radio', { name: '2×' }).click();
    await dialog.getByText('800 × 600 pixels').waitFor();
    const [download] = await Promise.all([
      ann.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    const { width, height, data } = decodePng(await readFile(await download.path()));
    expect([width, height]).to.deep.equal([800, 600]);
    // The middle of the box, filled #ffd8a8.
    const at = (2 * (BOX.y + 45) * width + 2 * (BOX.x + 60)) * 4;
    expect([...data.slice(at, at + 3)]).to.deep.equal([255, 216, 168]);
    await dialog.getByText(/^PNG · 2× · /).waitFor();
    await dialog.getByRole('link', { name: 'Download' }).waitFor();

    const huge = await app.ask<{ id: string }>('POST', '/v1/rooms', { width: 10_000, height: 10_000 });
    await ann.goto(`${app.url}/boards/${huge.id}`);
    await ann.getByRole('button', { name: 'Export' }).click();
    await dialog.getByRole('radio', { name: '4×' }).click();
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog
      .getByRole('alert')
      .getByText(/too large/)
      .waitFor();
  });

  it('renames the board for everybody, and leaves it by Escape', async () => {
    const [ann, bob] = [await open('Ann'), await open('Bob')];
    const [mine, theirs] = [ann, bob].map((page) => page.getByRole('textbox', { name: 'Name of the board' }));
    await mine?.fill('Attic');
    await ann.keyboard.press('Enter');
    await until(bob, `document.querySelector('[aria-label="Name of the board"]').value === 'Attic'`);
    await until(bob, `document.title.startsWith('Attic')`);
    await theirs?.fill('Cellar');
    await bob.keyboard.press('Escape');
    expect(await theirs?.inputValue()).to.equal('Attic');
    expect(await app.ask('GET', `/v1/rooms/${roomId}`)).to.include({ name: 'Attic' });
  });

  it('shows where the others point at, what they have selected, and leads to them', async () => {
    await comment('On the box', { annotationId: boxId });
    const [ann, bob] = [await open('Ann'), await open('Bob')];
    const corner = await tipOf(pin(ann, 'carla'));
    await ann.mouse.click(corner.x + 40, corner.y + 30);
    const cursor = bob.locator('[data-cursor]').filter({ hasText: 'Ann' });
    await cursor.waitFor();
    await bob.locator(`[data-selected="${boxId}"]`).filter({ hasText: 'Ann' }).waitFor();
    const there = await tipOf(pin(bob, 'carla'));
    const expected = { x: there.x + 40, y: there.y + 30 };
    const cornerOf = async (): Promise<Place> => (await cursor.boundingBox()) ?? { x: 0, y: 0 };
    await arrives(cornerOf, expected);

    await bob.getByRole('button', { name: 'Go to Ann' }).click();
    const stage = await bob.getByRole('application').boundingBox();
    const middle = {
      x: (stage?.x ?? 0) + (stage?.width ?? 0) / 2,
      y: (stage?.y ?? 0) + (stage?.height ?? 0) / 2,
    };
    await arrives(cornerOf, middle);
    await ann.getByRole('button', { name: 'Export' }).hover();
    await cursor.waitFor({ state: 'detached' });
    await ann.context().close();
    await bob.getByRole('button', { name: 'Go to Ann' }).waitFor({ state: 'detached' });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible in the ${colorScheme} theme, whatever is open`, async () => {
      await comment('On the box', { annotationId: boxId });
      await app.ask('POST', `/v1/rooms/${roomId}/versions`, { tag: 'First' });
      const ann = await open('Ann', { colorScheme });
      await ann.getByRole('button', { name: /^Comments/ }).click();
      await pin(ann, 'carla').click();
      await thread(ann).waitFor();
      expect(await axeViolations(ann)).to.deep.equal([]);
      await ann.keyboard.press('Escape');
      await ann.getByRole('button', { name: 'Versions' }).click();
      await panel(ann, 'Versions')
        .getByRole('button', { name: /^First/ })
        .click();
      await ann.getByRole('img', { name: 'The board: First' }).waitFor();
      expect(await axeViolations(ann)).to.deep.equal([]);
      await ann.getByRole('button', { name: 'Bring this back' }).click();
      await ann.getByRole('dialog').waitFor();
      expect(await axeViolations(ann)).to.deep.equal([]);
      await ann.keyboard.press('Escape');
      await ann.getByRole('button', { name: 'Export' }).click();
      await ann.getByRole('dialog', { name: 'Export the board' }).waitFor();
      expect(await axeViolations(ann)).to.deep.equal([]);
    });
  }
});
