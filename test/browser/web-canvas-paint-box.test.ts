import { expect } from 'chai';
import type { NewCanvas } from '../../client/canvases-api.ts';
import { describeWebApp, until } from './web-app.ts';
import { CanvasVisitor, newCanvas, openTwo } from './web-canvas-visitor.ts';

const [WHITE, BLACK, SKY] = ['#ffffff', '#000000', '#3690ea'];
const VIEW = `document.querySelector('[role="application"]').dataset.view`;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describeWebApp('the paint box of a pixel canvas', {}, (app) => {
  const two = (settings?: Partial<NewCanvas>) => openTwo(app, settings);
  const heard = ({ page }: CanvasVisitor, words: string): Promise<void> =>
    until(page, `document.querySelector('[aria-live="polite"]:not(ol)').textContent.includes('${words}')`);

  it('leaves the picture where it is when the first press is at the edge, and paints that pixel alone', async () => {
    const { canvas } = await newCanvas(app, { width: 300, height: 300 });
    const ann = await CanvasVisitor.open(app, 'Ann', canvas.id, { search: '?x=150&y=150&zoom=16' });
    const before = await ann.page.evaluate(VIEW);
    const { width = 0 } = (await ann.page.locator('[role="application"]').boundingBox()) ?? {};
    const x = 150 + Math.floor(width / 2 / 16) - 1;
    await ann.click([x, 135]);
    await ann.sees([x, 135], BLACK);
    expect(await ann.page.evaluate(VIEW)).to.equal(before);
    expect(await ann.colorAt([x - 1, 135])).to.equal(WHITE);
    const isRinged = `getComputedStyle(document.activeElement).outlineStyle !== 'none'`;
    expect(await ann.page.evaluate(isRinged)).to.equal(false);
    await ann.page.keyboard.press('ArrowLeft');
    expect(await ann.page.evaluate(isRinged)).to.equal(true);
  });

  it('takes any colour that one asks for as the one of the palette that comes nearest', async () => {
    const { ann, bob } = await two();
    await ann.page.keyboard.press('e');
    await ann.page.getByLabel('Custom colour').fill('#3791e8');
    await ann.isTold('Sky blue comes nearest');
    expect(await ann.page.getByRole('radio', { name: 'Sky blue', exact: true }).isChecked()).to.equal(true);
    expect(await ann.page.getByLabel('Custom colour').inputValue()).to.equal(SKY);
    await ann.click([4, 4]);
    await bob.sees([4, 4], SKY);
    await ann.chooseColor('Crimson');
    await until(ann.page, `document.querySelector('[aria-label="Custom colour"]').value === '#be0039'`);
  });

  it('stands at the right where there is room, else below, and never on a picture that is shown whole', async () => {
    const { canvas } = await newCanvas(app, { width: 100, height: 100 });
    for (const [options, isAtSide] of [
      [{ viewport: { width: 1440, height: 900 } }, true],
      [{ viewport: { width: 1280, height: 520 } }, false],
      [PHONE, false],
    ] as const) {
      const ann = await CanvasVisitor.open(app, 'Ann', canvas.id, options);
      const box = await ann.page.getByRole('region', { name: 'Paint box' }).boundingBox();
      const corner = await ann.place([99, 99]);
      expect(box, 'where the paint box is').not.to.equal(null);
      const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
      expect(height > width).to.equal(isAtSide);
      expect(isAtSide ? x - corner.x : y - corner.y).to.be.above(0);
      const { width: most, height: lowest } = options.viewport;
      expect([x + width <= most, y + height <= lowest]).to.deep.equal([true, true]);
      await ann.page.context().close();
    }
  });

  it('says which tool and colour a key took, and what others paint where the cell cursor is', async () => {
    const { ann, bob } = await two();
    await ann.click([30, 20]);
    await ann.page.keyboard.press('e');
    await heard(ann, 'Eraser');
    await ann.page.keyboard.press('b');
    await heard(ann, 'Brush, Black');
    await ann.page.keyboard.press('g');
    await heard(ann, 'Grid hidden');
    await ann.chooseColor('Crimson');
    await ann.click([31, 20]);
    await ann.page.keyboard.press('2');
    await heard(ann, 'Brush, Black');
    await ann.page.keyboard.press('ArrowRight');
    await heard(ann, '32, 20, White, Never painted');
    await bob.chooseColor('Sky blue');
    await bob.click([32, 20]);
    await heard(ann, '32, 20 is Sky blue now');
  });

  it('says that there is no connection yet where the canvas lets nobody else in, and comes in later', async () => {
    const all = { pixelsPerSecond: 1000, burst: 1000 };
    const rateLimits = { perUser: all, perAddress: all, connectionsPerAddress: 1 };
    const { canvas } = await newCanvas(app, { rateLimits });
    const ann = await CanvasVisitor.open(app, 'Ann', canvas.id);
    const { page } = await app.open('Bob', `/canvases/${canvas.id}`);
    await page.getByText('No connection to this canvas yet').waitFor();
    expect(await page.getByRole('region', { name: 'Paint box' }).count()).to.equal(0);
    await ann.page.context().close();
    await page.getByRole('button', { name: 'Try now' }).click();
    await until(page, `document.querySelector('[role="application"]').getAttribute('aria-busy') === 'false'`);
    await page.getByText('No connection to this canvas yet').waitFor({ state: 'detached' });
  });

  it('is given to who kept a session that the server does not know any more', async () => {
    const { canvas } = await newCanvas(app);
    const kept = {
      token: 'aaa.bbb.ccc',
      userId: 'gone',
      name: 'Ann',
      role: 'painter',
      expiresAt: '2099-01-01T00:00:00Z',
    };
    const { page } = await app.open('Ann', '/');
    await page.evaluate(`localStorage.setItem('troupe.session', ${JSON.stringify(JSON.stringify(kept))})`);
    await page.goto(`${app.url}/canvases/${canvas.id}`);
    await until(
      page,
      `document.querySelector('[role="application"]')?.getAttribute('aria-busy') === 'false'`,
    );
    await until(page, `JSON.parse(localStorage.getItem('troupe.session')).token !== 'aaa.bbb.ccc'`);
  });
});
