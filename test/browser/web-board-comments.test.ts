import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import {
  arrives,
  describeBesideBoard,
  isNear,
  panel,
  pin,
  saved,
  thread,
  tipOf,
  toast,
} from './board-plan.ts';
import { eventually, nextFrame, until } from './web-app.ts';

describeBesideBoard('comments beside the board', (plan) => {
  it('shows a comment to the others, with its answers, until it is resolved, and again when it is reopened', async () => {
    const [ann, bob] = [await plan.now.open('Ann'), await plan.now.open('Bob')];
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
    expect(
      (await plan.now.comments()).map(({ body, author }) => [body, author.slice(0, 8)]),
    ).to.have.deep.members([
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
    const bob = await plan.now.open('Bob');
    await write(bob, 'I was here');
    await pin(bob, 'Bob').click();
    await thread(bob).getByRole('button', { name: 'More' }).click();
    await bob.getByRole('menuitem', { name: 'Edit' }).click();
    await bob.getByRole('textbox', { name: 'Edit comment' }).fill('I was here, and left');
    await bob.keyboard.press('Enter');
    await thread(bob).getByText('edited').waitFor();
    await saved(bob);
    await bob.context().close();
    const ann = await plan.now.open('Ann');
    await pin(ann, 'Bob').click();
    await thread(ann).getByText('I was here, and left').waitFor();
    await thread(ann).getByText('Bob', { exact: true }).waitFor();
    await thread(ann).locator('time[title]').waitFor();
    expect(await thread(ann).getByRole('button', { name: 'More' }).count()).to.equal(0);
  });

  it('says who is typing in the thread that one looks at', async () => {
    await plan.now.comment('What do you think?', { x: 50, y: 50 });
    const [ann, bob] = [await plan.now.open('Ann'), await plan.now.open('Bob')];
    for (const page of [ann, bob]) await pin(page, 'carla').click();
    const field = thread(bob).getByRole('textbox', { name: 'Reply' });
    // It is over after some seconds without a key.
    await Promise.all([thread(ann).getByText('Bob is typing…').waitFor(), field.pressSequentially('Well')]);
    await field.fill('');
    await thread(ann).getByText('Bob is typing…').waitFor({ state: 'detached' });
    await field.fill('Good.');
    await bob.keyboard.press('Escape');
    await pin(bob, 'carla').click();
    await holds(bob, field, 'Good.');
  });

  it('deletes a comment of one’s own, and brings it back', async () => {
    const [ann, bob] = [await plan.now.open('Ann'), await plan.now.open('Bob')];
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
    const ann = await plan.now.open('Ann');
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
    await holds(ann, field, 'First line\nsecond linev');
    await ann.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    await toast(ann, 'Comment thrown away').getByRole('button', { name: 'Bring back' }).click();
    await holds(ann, field, 'First line\nsecond linev');
    await field.press('Enter');
    await pin(ann, 'Ann').waitFor();
    await saved(ann);
    expect(await plan.now.comments()).to.have.lengthOf(1);
  });

  it('keeps a pin on its shape while that is dragged, here and there, and says when the shape is gone', async () => {
    await plan.now.comment('On the box', { annotationId: plan.now.boxId });
    const [ann, bob] = [await plan.now.open('Ann'), await plan.now.open('Bob')];
    const [mine, theirs] = [pin(ann, 'carla'), pin(bob, 'carla')];
    const [from, before] = [await tipOf(mine), await tipOf(theirs)];
    const hand = { x: from.x + 30, y: from.y + 40 };
    await ann.mouse.move(hand.x, hand.y);
    await ann.mouse.down();
    await ann.mouse.move(hand.x + 30, hand.y + 10);
    await ann.mouse.move(hand.x + 80, hand.y + 60);
    await nextFrame(ann);
    const during = await eventually(
      ann,
      () => tipOf(mine),
      ({ x }) => x - from.x > 60,
    );
    await ann.mouse.up();
    const settled = await tipOf(mine);
    expect(isNear(settled, during)).to.equal(true);
    const moved = { x: before.x + settled.x - from.x, y: before.y + settled.y - from.y };
    await arrives(bob, () => tipOf(theirs), moved);

    await plan.now.app.ask('DELETE', `/v1/annotations/${plan.now.boxId}`);
    await bob.getByRole('button', { name: /^Comment by carla:.*its shape was deleted/ }).click();
    await thread(bob).getByText('What this was about has been deleted.').waitFor();
    expect(isNear(await tipOf(theirs), moved)).to.equal(true);
  });

  it('steps through the threads by N and Shift+N, and finds them by words', async () => {
    await plan.now.comment('upper', { x: 50, y: 20 }, 'uma');
    await plan.now.comment('middle', { x: 50, y: 150 }, 'mia');
    await plan.now.comment('lower', { x: 50, y: 280 }, 'lou');
    const ann = await plan.now.open('Ann');
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
});

/** Clicks with the comment tool in the middle of the board, beside the box. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('application').focus();
  await page.keyboard.press('c');
  await page.getByRole('application').click();
  await page.getByRole('textbox', { name: /^Write a comment/ }).fill(text);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New comment' }).waitFor({ state: 'detached' });
}

/** Waits until a field has a text. */
const holds = (page: Page, field: Locator, text: string): Promise<string> =>
  eventually(
    page,
    () => field.inputValue(),
    (value) => value === text,
  );
