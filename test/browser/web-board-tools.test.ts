import { expect } from 'chai';
import type { Room } from '../../client/rooms-api.ts';
import type { Annotation } from '../../protocol/entities.ts';
import { annotationsOf, annotationsOnce, BoardHand, STAGE } from './board-hand.ts';
import { describeWebApp, eventually, until } from './web-app.ts';

describeWebApp('the tools of the annotation board', {}, (app) => {
  const newRoom = (name: string): Promise<Room> =>
    app.ask<Room>('POST', '/v1/rooms', { name, width: 1000, height: 600 });
  const create = (roomId: string, annotation: object): Promise<Annotation> =>
    app.ask<Annotation>('POST', '/v1/annotations', { document_id: roomId, ...annotation });
  const BOX = {
    type: 'box',
    geometry: { x: 300, y: 200, width: 200, height: 120 },
    style: { fill: '#ffec99' },
  };

  it('writes a text in its place, wraps it, and leaves none that is empty', async () => {
    const { id } = await newRoom('Words');
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.draw('t', { x: 100, y: 100 }, { x: 260, y: 140 });
    await ann.types('The quick brown fox jumps over the lazy dog');
    await ann.press('Escape');
    await ann.saved();
    const [text] = await annotationsOf(app, id);
    expect(text).to.deep.include({ type: 'text', geometry: { x: 100, y: 100, width: 160 } });
    await ann.seesInk({ x: 112, y: 130 });
    await ann.click({ x: 120, y: 110 }, { clickCount: 2 });
    await ann.types('Short');
    await ann.press('Control+Enter');
    await annotationsOnce(app, id, ([first]) => first?.content === 'Short');
    await ann.press('Enter');
    await ann.press('Backspace');
    await ann.press('Escape');
    await ann.has(0);
    await ann.press('t');
    await ann.click({ x: 300, y: 300 });
    await ann.press('Escape');
    await ann.press('Control+z');
    await ann.has(1);
    await annotationsOnce(app, id, ([first]) => first?.content === 'Short');
  });

  it('is worked by keys alone: walk, move, order, copy, paste into another board, group, delete', async () => {
    const [{ id }, { id: other }] = [await newRoom('Keys'), await newRoom('Other')];
    await create(id, BOX);
    await create(id, { type: 'ellipse', geometry: { x: 50, y: 50, width: 80, height: 60 } });
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app.url });
    await ann.has(2);
    await ann.page.focus(STAGE);
    await ann.press('Tab');
    await ann.page.waitForSelector('[aria-live="polite"]:has-text("Rectangle at 300, 200 selected")', {
      state: 'attached',
    });
    await ann.press('ArrowRight');
    await ann.press('Shift+ArrowDown');
    await annotationsOnce(
      app,
      id,
      ([box]) => JSON.stringify(box?.geometry) === '{"x":301,"y":210,"width":200,"height":120}',
    );
    await ann.press(']');
    await annotationsOnce(app, id, ([box]) => (box?.style.z_index ?? 0) > 0);
    await ann.press('Control+a');
    await ann.selects(2);
    await ann.press('Control+g');
    await annotationsOnce(
      app,
      id,
      ([box, ellipse]) => typeof box?.group_id === 'string' && box.group_id === ellipse?.group_id,
    );
    await ann.press('Control+c');
    await ann.page.goto(`${app.url}/boards/${other}`);
    await ann.page.waitForSelector(`${STAGE}[data-ready="true"]`);
    await ann.page.focus(STAGE);
    await ann.press('Control+v');
    await ann.has(2);
    await ann.saved();
    const level = ({ style }: Annotation): number => style.z_index ?? 0;
    const pasted = (await annotationsOf(app, other)).toSorted((a, b) => level(a) - level(b));
    // From the bottom to the top: the rectangle had come forward.
    expect(pasted.map(({ type }) => type)).to.deep.equal(['ellipse', 'box']);
    expect(pasted[1]).to.deep.include({ geometry: { x: 301, y: 210, width: 200, height: 120 } });
    expect(pasted[0]?.group_id).to.be.a('string').that.equals(pasted[1]?.group_id);
    await ann.press('Delete');
    await ann.has(0);
  });

  it('gives what is selected another look, and what is drawn next', async () => {
    const { id } = await newRoom('Looks');
    await create(id, BOX);
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.has(1);
    await ann.click({ x: 400, y: 260 });
    await ann.page.click('[role="toolbar"][aria-label="Style"] [aria-label="Stroke"]');
    await ann.page.click('[role="dialog"] [aria-label="Blue"]');
    await ann.page.keyboard.press('Escape');
    await annotationsOnce(app, id, ([box]) => box?.style.stroke === '#1971c2');
    await ann.draw('o', { x: 600, y: 100 }, { x: 700, y: 200 });
    const items = await annotationsOnce(app, id, ({ length }) => length === 2);
    expect(items[1]?.style).to.include({ stroke: '#1971c2' });
  });

  it('resizes and turns by handles as one step each', async () => {
    const { id } = await newRoom('Handles');
    await create(id, BOX);
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.has(1);
    await ann.click({ x: 400, y: 260 });
    await ann.selects(1);
    await ann.drag({ x: 500, y: 320 }, { x: 600, y: 420 });
    await annotationsOnce(
      app,
      id,
      ([box]) => JSON.stringify(box?.geometry) === '{"x":300,"y":200,"width":300,"height":220}',
    );
    await ann.press('Control+z');
    const [box] = await annotationsOnce(
      app,
      id,
      ([first]) => JSON.stringify(first?.geometry) === JSON.stringify(BOX.geometry),
    );
    expect(box?.version).to.be.greaterThan(1);
  });

  it('takes a picture that is pasted, asks before another takes its place, and shows it to all', async () => {
    const { id } = await newRoom('Pictures');
    const ann = await BoardHand.open(app, 'Ann', id);
    const bob = await BoardHand.open(app, 'Bob', id);
    await ann.page.waitForSelector('text=What shall we look at?');
    const paste = (width: number): Promise<unknown> =>
      ann.page.evaluate(`new Promise((resolve) => {
        const canvas = new OffscreenCanvas(${width}, 100);
        canvas.getContext('2d').fillRect(0, 0, 50, 50);
        canvas.convertToBlob({ type: 'image/png' }).then((blob) => {
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([blob], 'a.png', { type: 'image/png' }));
          document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
          resolve();
        });
      })`);
    await paste(200);
    await Promise.all([ann, bob].map(({ page }) => page.waitForSelector(`${STAGE}[data-image="shown"]`)));
    expect(await app.ask('GET', `/v1/rooms/${id}`)).to.include({ hasImage: true, width: 200, height: 100 });
    await paste(300);
    const [answer] = await Promise.all([
      ann.page.waitForResponse((response) => response.url().endsWith(`${id}/image`)),
      ann.page.click('[role="dialog"] button:has-text("Replace")'),
    ]);
    expect(answer.ok()).to.equal(true);
    expect(await app.ask('GET', `/v1/rooms/${id}`)).to.include({ width: 300 });
  });

  it('moves the picture by the space bar, the middle button and the wheel, and zooms to the pointer', async () => {
    const { id } = await newRoom('View');
    const { page, at, comesTo } = await viewOf(id);
    const [before, place] = [await at(), { x: 300, y: 400 }];
    await page.focus(STAGE);
    await page.mouse.move(place.x, place.y);
    await page.keyboard.down(' ');
    await page.mouse.down();
    await page.mouse.move(place.x + 60, place.y + 30, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up(' ');
    await comesTo({ ...before, x: before.x + 60, y: before.y + 30 });
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(place.x, place.y, { steps: 3 });
    await page.mouse.up({ button: 'middle' });
    await comesTo(before);
    await page.mouse.wheel(20, 10);
    await comesTo({ ...before, x: before.x - 20, y: before.y - 10 });
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -240);
    await page.keyboard.up('Control');
    const zoomed = await eventually(page, at, ({ scale }) => Math.abs(scale - 2 * before.scale) < 1e-9);
    const top = (await (await page.waitForSelector(STAGE)).boundingBox())?.y ?? 0;
    const under = (view: typeof zoomed, dx: number, dy: number) => [
      (place.x - view.x - dx) / view.scale,
      (place.y - top - view.y - dy) / view.scale,
    ];
    const [was, is] = [under(before, -20, -10), under(zoomed, 0, 0)];
    expect(is[0]).to.be.closeTo(was[0] ?? 0, 1e-6);
    expect(is[1]).to.be.closeTo(was[1] ?? 0, 1e-6);
    await page.keyboard.press('Shift+Digit1');
    await eventually(page, at, ({ scale }) => scale === before.scale);
  });

  it('follows two fingers, and draws with one', async () => {
    const { id } = await newRoom('Fingers');
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page, at, hand } = await viewOf(id, phone);
    const before = await at();
    const session = await hand.visitor.context.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([x, y], finger) => ({ x, y, id: finger })),
      });
    await touch('touchStart', [150, 250]);
    await touch('touchStart', [150, 250], [250, 250]);
    for (let step = 1; step <= 5; step += 1) {
      await touch('touchMove', [150 - 10 * step, 250], [250 + 10 * step, 250]);
    }
    await touch('touchEnd');
    await eventually(page, at, ({ scale }) => Math.abs(scale - 2 * before.scale) < 0.02);
    await hand.has(0);
    await page.tap('[aria-label="Draw"]');
    await touch('touchStart', [100, 250]);
    for (let step = 1; step <= 5; step += 1) await touch('touchMove', [100 + 20 * step, 250 + 8 * step]);
    await touch('touchEnd');
    await hand.has(1);
    await hand.saved();
    const [drawn] = await annotationsOf(app, id);
    expect(drawn?.type).to.equal('freehand');
  });

  it('selects by a rectangle and by shift, and gives up what is begun on Escape', async () => {
    const { id } = await newRoom('Select');
    for (const x of [100, 300, 500]) {
      await create(id, {
        type: 'box',
        geometry: { x, y: 100, width: 100, height: 100 },
        style: { fill: '#eee' },
      });
    }
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.has(3);
    await ann.drag({ x: 60, y: 60 }, { x: 350, y: 150 });
    await ann.selects(2);
    await ann.click({ x: 550, y: 150 }, { shift: true });
    await ann.selects(3);
    await ann.click({ x: 150, y: 150 }, { shift: true });
    await ann.selects(2);
    const before = await annotationsOf(app, id);
    await ann.take({ x: 350, y: 150 }, { x: 400, y: 400 });
    await ann.press('Escape');
    await ann.page.mouse.up();
    await ann.saved();
    const geometries = (all: readonly Annotation[]) => all.map(({ geometry }) => geometry);
    await annotationsOnce(
      app,
      id,
      (now) => JSON.stringify(geometries(now)) === JSON.stringify(geometries(before)),
    );
    await ann.press('r');
    await ann.take({ x: 100, y: 300 }, { x: 200, y: 400 });
    await ann.press('Escape');
    await ann.page.mouse.up();
    await ann.has(3);
  });

  interface View {
    readonly x: number;
    readonly y: number;
    readonly scale: number;
  }
  async function viewOf(id: string, options = {}) {
    const hand = await BoardHand.open(app, 'Ann', id, options);
    const { page } = hand;
    const at = (): Promise<View> =>
      until<View>(
        page,
        `((stage) => {
          const [x, y, scale] = stage.dataset.viewport.split(' ').map(Number);
          return { x, y, scale };
        })(document.querySelector('${STAGE}'))`,
      );
    const comesTo = (wanted: View): Promise<View> =>
      eventually(page, at, (view) => JSON.stringify(view) === JSON.stringify(wanted));
    return { hand, page, at, comesTo };
  }
});
