import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { decodePng } from '../../render/png-decode.ts';
import type { Place } from './board-hand.ts';
import { arrives, BOX, describeBesideBoard, panel, pin, thread, tipOf } from './board-plan.ts';
import { axeViolations, until } from './web-app.ts';

describeBesideBoard('beside the board', (plan) => {
  it('exports the board as a picture of its size, and says what is wrong with what cannot be drawn', async () => {
    const ann = await plan.now.open('Ann');
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

    const huge = await plan.now.app.ask<{ id: string }>('POST', '/v1/rooms', {
      width: 10_000,
      height: 10_000,
    });
    await ann.goto(`${plan.now.app.url}/boards/${huge.id}`);
    await ann.getByRole('button', { name: 'Export' }).click();
    await dialog.getByRole('radio', { name: '4×' }).click();
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog
      .getByRole('alert')
      .getByText(/too large/)
      .waitFor();
  });

  it('renames the board for everybody, and leaves it by Escape', async () => {
    const [ann, bob] = [await plan.now.open('Ann'), await plan.now.open('Bob')];
    const [mine, theirs] = [ann, bob].map((page) => page.getByRole('textbox', { name: 'Name of the board' }));
    await mine?.fill('Attic');
    await ann.keyboard.press('Enter');
    await until(bob, `document.querySelector('[aria-label="Name of the board"]').value === 'Attic'`);
    await until(bob, `document.title.startsWith('Attic')`);
    await theirs?.fill('Cellar');
    await bob.keyboard.press('Escape');
    await until(bob, `document.querySelector('[aria-label="Name of the board"]').value === 'Attic'`);
    expect(await plan.now.app.ask('GET', `/v1/rooms/${plan.now.roomId}`)).to.include({ name: 'Attic' });
  });

  it('shows where the others point at, what they have selected, and leads to them', async () => {
    await plan.now.comment('On the box', { annotationId: plan.now.boxId });
    const [ann, bob] = [await plan.now.open('Ann'), await plan.now.open('Bob')];
    const corner = await tipOf(pin(ann, 'carla'));
    await ann.mouse.click(corner.x + 40, corner.y + 30);
    const cursor = bob.locator('[data-cursor]').filter({ hasText: 'Ann' });
    await cursor.waitFor();
    await bob.locator(`[data-selected="${plan.now.boxId}"]`).filter({ hasText: 'Ann' }).waitFor();
    const there = await tipOf(pin(bob, 'carla'));
    const expected = { x: there.x + 40, y: there.y + 30 };
    const cornerOf = async (): Promise<Place> => (await cursor.boundingBox()) ?? { x: 0, y: 0 };
    await arrives(bob, cornerOf, expected);

    await bob.getByRole('button', { name: 'Go to Ann' }).click();
    const stage = await bob.getByRole('application').boundingBox();
    const middle = {
      x: (stage?.x ?? 0) + (stage?.width ?? 0) / 2,
      y: (stage?.y ?? 0) + (stage?.height ?? 0) / 2,
    };
    await arrives(bob, cornerOf, middle);
    await ann.getByRole('button', { name: 'Export' }).hover();
    await cursor.waitFor({ state: 'detached' });
    await ann.context().close();
    await bob.getByRole('button', { name: 'Go to Ann' }).waitFor({ state: 'detached' });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible in the ${colorScheme} theme, whatever is open`, async () => {
      await plan.now.comment('On the box', { annotationId: plan.now.boxId });
      await plan.now.app.ask('POST', `/v1/rooms/${plan.now.roomId}/versions`, { tag: 'First' });
      const ann = await plan.now.open('Ann', { colorScheme });
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
