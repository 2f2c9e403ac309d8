import { expect } from 'chai';
import type { NewCanvas } from '../../client/canvases-api.ts';
import { describeWebApp, until } from './web-app.ts';
import { CanvasVisitor, type Cell, newCanvas, openTwo } from './web-canvas-visitor.ts';

const [WHITE, BLACK, CRIMSON] = ['#ffffff', '#000000', '#be0039'];
const ROUNDS = 15;
const SCALE = `Number(document.querySelector('[role="application"]').dataset.view.split(',')[2])`;

describeWebApp('the page of a pixel canvas', {}, (app) => {
  const two = (settings?: Partial<NewCanvas>) => openTwo(app, settings);

  it('shows what one paints by dragging in the window of the other, line by line', async () => {
    const { canvas, api, ann, bob } = await two();
    await ann.chooseColor('Crimson');
    await ann.drag([5, 5], [15, 5], [15, 9]);
    for (const cell of [
      [5, 5],
      [11, 5],
      [15, 7],
      [15, 9],
    ] as const)
      await bob.sees(cell, CRIMSON);
    expect(await bob.colorAt([5, 9])).to.equal(WHITE);
    await bob.page.keyboard.press('e');
    await bob.drag([11, 5], [12, 5]);
    await ann.sees([12, 5], WHITE);
    await bob.page.keyboard.press('i');
    await bob.click([15, 9]);
    await bob.click([20, 20]);
    await ann.sees([20, 20], CRIMSON);
    const { bytes } = await api.bitmap(canvas.id);
    expect([5, 11, 12].map((x) => bytes[5 * 60 + x])).to.deep.equal([6, 0, 0]);
    expect((await api.pixel(canvas.id, 15, 7)).name).to.equal('Ann');
  });

  it('is quick from the pointer that is lifted to the pixels of the other', async () => {
    const { ann, bob } = await two();
    const latencies: number[] = [];
    for (let n = 0; n < ROUNDS; n += 1) {
      const { x, y } = await ann.place([n, 3]);
      await ann.page.mouse.move(x, y);
      await ann.page.mouse.down();
      const seen = bob.sees([n, 3], BLACK).then(() => performance.now());
      const at = performance.now();
      await ann.page.mouse.up();
      latencies.push((await seen) - at);
    }
    latencies.sort((a, b) => a - b);
    const median = Math.round(latencies[Math.floor(ROUNDS / 2)] ?? Number.NaN);
    process.stdout.write(
      `      from pointer-up to the pixels of the other, seen with each frame: median ${median} ms\n`,
    );
    expect(latencies).to.have.length(ROUNDS);
  });

  it('keeps what is painted while the server is away, and catches up when it is back', async () => {
    const { canvas, api, ann, bob } = await two();
    await app.server.restart(async () => {
      await ann.page
        .getByRole('status')
        .filter({ hasText: /Offline|Connecting/ })
        .waitFor();
      await ann.drag([20, 20], [25, 20]);
      await ann.sees([25, 20], BLACK);
      await bob.click([30, 30]);
    });
    // The platform says so where it notices; else the clients try again by themselves.
    for (const { page } of [ann, bob]) await page.evaluate(`dispatchEvent(new Event('online'))`);
    await bob.sees([23, 20], BLACK);
    await bob.sees([25, 20], BLACK);
    await ann.sees([30, 30], BLACK);
    expect((await api.bitmap(canvas.id)).bytes[20 * 60 + 25]).to.equal(4);
  });

  it('can be painted on by keys alone, and tells where one is', async () => {
    const { ann, bob } = await two();
    const { page } = ann;
    const isFocused = (selector: string): Promise<boolean> =>
      page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`);
    for (let n = 0; n < 30 && !(await isFocused('[role="application"]')); n += 1)
      await page.keyboard.press('Tab');
    expect(await isFocused('[role="application"]')).to.equal(true);
    const heard = (words: string): Promise<void> =>
      until(page, `document.querySelector('[aria-live="polite"]:not(ol)').textContent.includes('${words}')`);
    for (let n = 0; n < 6; n += 1) {
      await page.keyboard.press('Shift+ArrowLeft');
      await page.keyboard.press('Shift+ArrowUp');
    }
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await heard('1, 1, White');
    await page.keyboard.press('Enter');
    await bob.sees([1, 1], BLACK);
    await heard('Black painted at 1, 1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await bob.sees([1, 2], BLACK);
    const swatch = '[aria-label="Colour"] input';
    for (let n = 0; n < 30 && !(await isFocused(swatch)); n += 1) await page.keyboard.press('Tab');
    while (!(await isFocused('[aria-label="Crimson"]'))) await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: 'Crimson' }).isChecked()).to.equal(true);
    for (let n = 0; n < 30 && !(await isFocused('[role="application"]')); n += 1)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await bob.sees([1, 2], CRIMSON);
    await page.keyboard.press('e');
    await page.keyboard.press('Enter');
    await bob.sees([1, 2], WHITE);
  });

  it('stops a stroke where the burst is used up, and says how long to wait', async () => {
    const perUser = { pixelsPerSecond: 1, burst: 5 };
    const rateLimits = {
      perUser,
      perAddress: { pixelsPerSecond: 1000, burst: 1000 },
      connectionsPerAddress: 100,
    };
    const { ann, bob } = await two({ rateLimits });
    await Promise.all([
      ann.isTold('You paint faster than is allowed'),
      ann.page.getByText(/^Wait \d+ s$/).waitFor(),
      ann.drag([5, 5], [30, 5]),
    ]);
    await bob.sees([9, 5], BLACK);
    expect(await ann.colorAt([12, 5])).to.equal(WHITE);
    await ann.saysSaved();
    expect(await bob.colorAt([12, 5])).to.equal(WHITE);
  });

  it('is used by fingers: a tap comes near, the next one paints, two of them zoom, the hand asks', async () => {
    const { canvas } = await newCanvas(app, { width: 400, height: 400 });
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const ann = await CanvasVisitor.open(app, 'Ann', canvas.id, phone);
    const tap = async (cell: Cell): Promise<void> => {
      const { x, y } = await ann.place(cell);
      await ann.page.touchscreen.tap(x, y);
    };
    await tap([200, 200]);
    await until(ann.page, `${SCALE} === 16`);
    expect(await ann.colorAt([200, 200])).to.equal(WHITE);
    await tap([200, 200]);
    await ann.sees([200, 200], BLACK);

    const { x, y } = await ann.place([202, 202]);
    const client = await ann.page.context().newCDPSession(ann.page);
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      ...reach: readonly number[]
    ): Promise<unknown> =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: reach.map((dx, id) => ({ x: x + dx, y, id })),
      });
    await touch('touchStart', -30);
    await touch('touchStart', -30, 30);
    await touch('touchMove', -60, 60);
    await touch('touchEnd');
    await until(ann.page, `Math.abs(${SCALE} - 32) <= 3`);
    expect(await ann.colorAt([202, 202])).to.equal(WHITE);

    await ann.page.keyboard.press('h');
    await tap([200, 200]);
    await ann.page.getByText('Ann, just now').waitFor();
  });

  it('offers to paint under another name, and does so once one agrees', async () => {
    const { canvas, api, ann, bob } = await two();
    await ann.click([4, 4]);
    await bob.sees([4, 4], BLACK);
    await ann.page.getByRole('button', { name: /^You are Ann/ }).click();
    await ann.page.getByRole('dialog').getByLabel('Name').fill('Anna');
    await ann.button('Save').click();
    await ann.isTold('You paint as Ann');
    await ann.button('Use it').click();
    await until(ann.page, `JSON.parse(localStorage.getItem('troupe.session')).name === 'Anna'`);
    await ann.sees([4, 4], BLACK);
    await ann.click([5, 5]);
    await bob.sees([5, 5], BLACK);
    const [before, after] = await Promise.all([api.pixel(canvas.id, 4, 4), api.pixel(canvas.id, 5, 5)]);
    expect(after).to.include({ name: 'Anna', userId: before.userId });
  });
});
