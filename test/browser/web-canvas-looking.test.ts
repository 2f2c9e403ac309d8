import { expect } from 'chai';
import type { NewCanvas } from '../../client/canvases-api.ts';
import { describeWebApp, until } from './web-app.ts';
import { CanvasVisitor, newCanvas, openTwo } from './web-canvas-visitor.ts';

const [WHITE, BLACK, CRIMSON] = ['#ffffff', '#000000', '#be0039'];

describeWebApp('what one sees of a pixel canvas', {}, (app) => {
  const two = (settings?: Partial<NewCanvas>) => openTwo(app, settings);

  it('plays its history on a copy, while others go on', async () => {
    const { ann, bob } = await two();
    for (const cell of [
      [5, 5],
      [6, 6],
    ] as const) {
      await bob.click(cell);
      await ann.sees(cell, BLACK);
    }
    await ann.button('Time-lapse').click();
    await ann.page.getByText('Step 2 of 2').waitFor();
    await ann.button('To the beginning').click();
    await ann.sees([5, 5], WHITE);
    await bob.click([7, 7]);
    await ann.button('One step on').click();
    await ann.sees([5, 5], BLACK);
    expect(await ann.colorAt([6, 6])).to.equal(WHITE);
    await ann.page.getByRole('slider', { name: 'Place in the history' }).press('End');
    await ann.sees([6, 6], BLACK);
    expect(await ann.colorAt([7, 7])).to.equal(WHITE);
    await ann.button('Play').click();
    await ann.page.getByText('Step 2 of 2').waitFor();
    await ann.button('Back to now').click();
    await ann.sees([7, 7], BLACK);
  });

  it('lays a template over the canvas, counts what is wrong, and has it again after a reload', async () => {
    const { ann } = await two();
    const png: string = await ann.page.evaluate(`(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [4, 3];
      const context = canvas.getContext('2d');
      context.fillStyle = '#ff4500';
      context.fillRect(0, 0, 4, 2);
      return canvas.toDataURL('image/png').split(',')[1];
    })()`);
    await ann.button('Template').click();
    const file = { name: 'stripe.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') };
    await ann.page.locator('input[type="file"]').setInputFiles(file);
    await ann.page.getByText('wrong of 8 pixels').waitFor();
    await ann.page.getByLabel('From the left').fill('3');
    await ann.page.getByLabel('From the top').fill('4');
    await ann.page.getByLabel('Mark wrong pixels').check();
    await ann.chooseColor('Vermilion');
    await ann.drag([3, 4], [5, 4]);
    const score = ann.page.locator('[data-part="score"]');
    await score.getByText('5', { exact: true }).waitFor();
    await until(
      ann.page,
      `Object.keys(localStorage).some((key) => key.startsWith('troupe.template.') && localStorage.getItem(key).includes('"at":{"x":3,"y":4}'))`,
    );
    await ann.page.reload();
    await ann.button('Template').click();
    await score.getByText('5', { exact: true }).waitFor();
    expect(await ann.page.getByLabel('From the top').inputValue()).to.equal('4');
  });

  it('shows the place that a link names, and says where one is in its address', async () => {
    const { canvas } = await newCanvas(app, { width: 300, height: 300 });
    const ann = await CanvasVisitor.open(app, 'Ann', canvas.id, { search: '?x=120&y=80&zoom=16' });
    const box = await ann.page.locator('[role="application"]').boundingBox();
    const { x, y } = await ann.place([120, 80]);
    expect(Math.abs(x - (box?.x ?? 0) - (box?.width ?? 0) / 2)).to.be.below(17);
    expect(Math.abs(y - (box?.y ?? 0) - (box?.height ?? 0) / 2)).to.be.below(17);
    await ann.page.mouse.move(x, y);
    await ann.page.mouse.wheel(0, -500);
    await until(ann.page, `Number(new URLSearchParams(location.search).get('zoom')) > 20`);
    await ann.page.keyboard.press('0');
    await until(ann.page, `location.search === ''`);
  });

  it('says who painted a pixel, once the pointer rests on it', async () => {
    const { ann, bob } = await two();
    await bob.chooseColor('Crimson');
    await bob.click([9, 9]);
    await ann.sees([9, 9], CRIMSON);
    const { x, y } = await ann.place([9, 9]);
    await ann.page.mouse.move(x, y);
    await ann.page.getByText('Bob, just now').waitFor();
    expect(await ann.page.locator('[data-part="color"]').textContent()).to.equal('Crimson');
    expect(await ann.page.locator('[data-part="place"]').textContent()).to.equal('9, 9');
  });

  it('says that there is no such canvas, with a way on', async () => {
    const { page } = await app.open('Ann', '/canvases/nowhere');
    await page.getByRole('heading', { name: 'There is no such canvas' }).waitFor();
    await page.getByRole('link', { name: 'The main canvas' }).click();
    await until(
      page,
      `document.querySelector('[role="application"]')?.getAttribute('aria-busy') === 'false'`,
    );
  });
});
