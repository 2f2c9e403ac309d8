import { expect } from 'chai';
import { BOX, describeBesideBoard, panel, toast } from './board-plan.ts';

describeBesideBoard('versions beside the board', (plan) => {
  it('names a state, shows it and any other moment, brings it back for all, and takes that back', async () => {
    const [ann, bob] = [await plan.now.open('Ann'), await plan.now.open('Bob')];
    await ann.getByRole('button', { name: 'Versions' }).click();
    const versionsPanel = panel(ann, 'Versions');
    await versionsPanel.getByRole('button', { name: 'Save' }).click();
    await versionsPanel.getByText('Give it a name.').waitFor();
    await versionsPanel.getByLabel('Name the state of now').fill('First');
    await ann.keyboard.press('Enter');
    await versionsPanel.getByRole('button', { name: /^First/ }).waitFor();
    expect((await plan.now.versions()).map(({ tag }) => tag)).to.deep.equal(['First']);

    for (const x of [240, 250]) {
      await plan.now.app.ask('PATCH', `/v1/annotations/${plan.now.boxId}`, { geometry: { ...BOX, x } });
    }
    await bob.getByRole('button', { name: 'Versions, one is new' }).waitFor();
    await versionsPanel.getByRole('slider', { name: 'Look back' }).waitFor();
    // Changes within a minute are told as one: that the box was made, too, unless that was longer ago.
    await versionsPanel.getByText(/Somebody made [23] changes/).waitFor();

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
    const told = toast(ann, 'You brought back “First”');
    await Promise.all([
      toast(bob, 'Ann brought back “First”').waitFor(),
      // It stays as long as the pointer is over it.
      ann
        .getByRole('dialog')
        .getByRole('button', { name: 'Bring back' })
        .click()
        .then(() => told.hover()),
    ]);
    expect(await bob.evaluate('document.activeElement.textContent')).to.equal('Export');
    expect(await plan.now.boxNow()).to.include({ x: 100 });
    await ann.getByText(/You are looking at/).waitFor({ state: 'detached' });

    await Promise.all([
      toast(bob, 'Ann brought back “Before “First” was brought back”').waitFor(),
      told.getByRole('button', { name: 'Undo' }).click(),
    ]);
    expect(await plan.now.boxNow()).to.include({ x: 250 });
  });

  it('says so where a moment is no longer kept', async () => {
    const ann = await plan.now.open('Ann');
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
});
