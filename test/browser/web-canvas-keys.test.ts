import { expect } from 'chai';
import { describeWebApp, MODERATOR_KEY, until } from './web-app.ts';
import { CanvasVisitor, newCanvas } from './web-canvas-visitor.ts';

/** Keeps everything that screen readers are told: some of it is overtaken soon. */
const LISTEN = `(() => {
  const region = document.querySelector('[aria-live="polite"]:not(ol)');
  window.spoken = [];
  new MutationObserver(() => window.spoken.push(region.textContent)).observe(region, { childList: true });
})()`;

describeWebApp('a pixel canvas by keys', {}, (app) => {
  const focused = ({ page }: CanvasVisitor): Promise<string> =>
    page.evaluate(`document.activeElement.getAttribute('role') ?? document.activeElement.textContent`);
  const heard = ({ page }: CanvasVisitor, words: string): Promise<unknown> =>
    until(page, `window.spoken.some((text) => text.includes('${words}'))`);

  it('lets a moderator lock a region without a pointer, and never loses the focus', async () => {
    const { canvas, api } = await newCanvas(app);
    const ann = await CanvasVisitor.open(app, 'Ann', canvas.id);
    const { keyboard } = ann.page;
    await ann.page.evaluate(LISTEN);
    await ann.button('Moderation').press('Enter');
    await ann.page.getByLabel('Moderator key').fill(MODERATOR_KEY);
    await keyboard.press('Enter');
    await until(ann.page, `document.activeElement.getAttribute('role') === 'tab'`);

    await ann.button('Drag a region').press('Enter');
    expect(await focused(ann)).to.equal('application');
    await heard(ann, 'Press Enter at two opposite corners.');
    for (let n = 0; n < 6; n += 1) {
      await keyboard.press('Shift+ArrowLeft');
      await keyboard.press('Shift+ArrowUp');
    }
    await keyboard.press('Enter');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await ann.button('Drag another region').waitFor();
    expect(await focused(ann)).to.equal('Drag another region');
    await ann.page.getByLabel('Reason').fill('By keys');
    await keyboard.press('Enter');
    await ann.button('Unlock').waitFor();
    const { items } = await api.locks(canvas.id);
    expect(items[0]).to.include({ x: 0, y: 0, width: 3, height: 2, reason: 'By keys' });
    await until(ann.page, `document.activeElement.textContent === 'Drag a region'`);
    await ann.button('Unlock').press('Enter');
    await until(ann.page, `document.activeElement.textContent === 'Drag a region'`);
    await ann.button('Unlock').waitFor({ state: 'detached' });
  });

  it('says that nothing was painted where a lock is, and that something was beside it', async () => {
    const { canvas, api } = await newCanvas(app);
    await api.lock(canvas.id, { x: 0, y: 0, width: 30, height: 40, reason: 'Art jam' });
    const ann = await CanvasVisitor.open(app, 'Ann', canvas.id);
    const { keyboard } = ann.page;
    await ann.page.evaluate(LISTEN);
    await ann.page.locator('[role="application"]').press('ArrowRight');
    await heard(ann, '31, 20, White');
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    await heard(ann, '29, 20, White, Locked: Art jam');
    await keyboard.press('Enter');
    await heard(ann, 'Not painted at 29, 20');
    await ann.isTold('Locked at 29, 20');
    await keyboard.press('ArrowRight');
    await heard(ann, '30, 20, White');
    await keyboard.press('Enter');
    await heard(ann, 'Black painted at 30, 20');
  });
});
