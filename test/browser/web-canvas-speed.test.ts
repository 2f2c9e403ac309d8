import { expect } from 'chai';
import { WebSocket } from 'ws';
import { CanvasConnection } from '../../client/canvas-connection.ts';
import { SessionsApi } from '../../client/sessions-api.ts';
import { axeViolations, describeWebApp } from './web-app.ts';
import { CanvasVisitor, newCanvas } from './web-canvas-visitor.ts';

const SECONDS = 4;
const PIXELS_A_SECOND = 200;
const TICK_MS = 50;
/** Its number in the palette. */
const BLACK = 4;

describeWebApp('the page of a large pixel canvas', {}, (app) => {
  /** Somebody without a page. */
  async function join(canvasId: string): Promise<CanvasConnection> {
    const { token } = await new SessionsApi(app.url).create({ name: 'Crowd' });
    const connection = new CanvasConnection({ url: app.url, canvasId, token, WebSocket });
    connection.join();
    await connection.whenSynced();
    return connection;
  }

  /** Resolves once somebody else is told that a cell, counted row by row, has a colour: it is in the log then. */
  const isTold = (reader: CanvasConnection, cell: number, color: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (reader.pixels[cell] !== color) return;
        stop();
        resolve();
      };
      const stop = reader.on('change', look);
      look();
    });

  /** Starts to note long tasks, which browsers call those of more than 50 ms. */
  const noteLongTasks = (visitor: CanvasVisitor): Promise<unknown> =>
    visitor.page.evaluate(`window.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
      }).observe({ type: 'longtask' });`);
  const longTasks = (visitor: CanvasVisitor): Promise<number[]> => visitor.page.evaluate('window.longTasks');

  it(`shows ${PIXELS_A_SECOND} pixels a second that others paint, and tells of its long tasks`, async () => {
    const { canvas } = await newCanvas(app, { width: 900, height: 900 });
    const ann = await CanvasVisitor.open(app, 'Ann', canvas.id);
    const crowd = await join(canvas.id);
    await noteLongTasks(ann);
    const count = PIXELS_A_SECOND * SECONDS;
    let n = 0;
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        for (let k = 0; k < (PIXELS_A_SECOND * TICK_MS) / 1_000; k += 1, n += 1) {
          void crowd.paint((n * 577) % 900, (n * 331) % 900, 1 + (n % 31));
        }
        if (n < count) return;
        clearInterval(timer);
        resolve();
      }, TICK_MS);
    });
    await crowd.whenSaved();
    await crowd.paint(450, 450, 6);
    const middle = await ann.place([450, 450]);
    await ann.page.mouse.move(middle.x, middle.y);
    await ann.page.keyboard.press('z');
    await ann.sees([450, 450], '#be0039');
    const tasks = await longTasks(ann);
    crowd.leave();
    process.stdout.write(
      `      ${PIXELS_A_SECOND} pixels a second for ${SECONDS} s: ${tasks.length} long tasks ${tasks.join(', ')}\n`,
    );
    expect(tasks).to.be.an('array');
  });

  for (const side of [900, 4096]) {
    it(`zooms and paints on ${side} × ${side} pixels, and tells how many frames it drew`, async () => {
      const { canvas, api } = await newCanvas(app, { width: side, height: side });
      const ann = await CanvasVisitor.open(app, 'Ann', canvas.id);
      const reader = await join(canvas.id);
      const { x, y } = await ann.place([side / 2, side / 2]);
      await ann.page.mouse.move(x, y);
      await ann.page.evaluate(`window.frames_ = [];
        const note = (at) => { window.frames_.push(at); requestAnimationFrame(note); };
        requestAnimationFrame(note);`);
      await noteLongTasks(ann);
      await ann.page.evaluate(`(async () => {
        const stage = document.querySelector('[role="application"]');
        const frame = () => new Promise(requestAnimationFrame);
        const at = { clientX: ${x}, clientY: ${y}, bubbles: true, cancelable: true };
        for (let n = 0; n < 90; n += 1) {
          stage.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: n < 45 ? -80 : 80 }));
          await frame();
        }
      })()`);
      const [zooming, tasks]: [number[], number[]] = await ann.page.evaluate(
        '[window.frames_, window.longTasks]',
      );
      const gaps = zooming.slice(1).map((frame, n) => frame - (zooming[n] ?? 0));
      gaps.sort((a, b) => a - b);
      const part = (of: number): number => Math.round(gaps[Math.floor(gaps.length * of)] ?? Number.NaN);
      const rate = Math.round((1_000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0));
      process.stdout.write(
        `      zooming on ${side}²: ${rate} frames/s, between two ${part(0.5)} ms (95 %: ${part(0.95)} ms), ${tasks.length} long tasks\n`,
      );
      await ann.page.keyboard.press('z');
      await ann.drag([side / 2, side / 2], [side / 2 + 9, side / 2]);
      await ann.sees([side / 2 + 9, side / 2], '#000000');
      await isTold(reader, (side / 2) * side + side / 2 + 9, BLACK);
      reader.leave();
      const painted = await api.pixel(canvas.id, side / 2 + 4, side / 2);
      expect(painted).to.include({ color: BLACK, name: 'Ann' });
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe-core calls serious, in ${colorScheme}, with each panel open`, async () => {
      const { canvas, api } = await newCanvas(app);
      await api.lock(canvas.id, { x: 1, y: 1, width: 9, height: 9, reason: 'Stays' });
      const ann = await CanvasVisitor.open(app, 'Ann', canvas.id, { colorScheme });
      await ann.click([30, 30]);
      await ann.saysSaved();
      expect(await axeViolations(ann.page)).to.deep.equal([]);
      for (const panel of ['Time-lapse', 'Template', 'Moderation']) {
        await ann.button(panel).click();
        await ann.page.getByRole('complementary', { name: panel }).waitFor();
        expect(await axeViolations(ann.page), panel).to.deep.equal([]);
        await ann.button(panel).click();
      }
      await ann.moderate();
      for (const tab of ['Locks', 'Rewind', 'Audit', 'Rules']) {
        await ann.tab(tab).click();
        await ann.page.getByRole('tabpanel', { name: tab }).waitFor();
        expect(await axeViolations(ann.page), tab).to.deep.equal([]);
      }
      await ann.page.setViewportSize({ width: 390, height: 844 });
      expect(await axeViolations(ann.page), 'phone').to.deep.equal([]);
    });
  }
});
