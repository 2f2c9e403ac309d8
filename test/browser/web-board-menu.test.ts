import { expect } from 'chai';
import type { Room } from '../../client/rooms-api.ts';
import type { Annotation } from '../../protocol/entities.ts';
import { annotationsOf, annotationsOnce, BoardHand, type Place, STAGE } from './board-hand.ts';
import { axeViolations, describeWebApp, until } from './web-app.ts';

/** The keys go to the menu: it is seen a moment before it has them. */
const IN_MENU = `document.activeElement.closest('[role="menu"]') !== null`;

describeWebApp('the menu and the corners of a board', {}, (app) => {
  const newRoom = (name: string): Promise<Room> =>
    app.ask<Room>('POST', '/v1/rooms', { name, width: 1000, height: 600 });
  const create = (roomId: string, annotation: object): Promise<Annotation> =>
    app.ask<Annotation>('POST', '/v1/annotations', { document_id: roomId, ...annotation });
  const box = (x: number, y: number) => ({
    type: 'box',
    geometry: { x, y, width: 100, height: 60 },
    style: { fill: '#ffec99' },
  });
  const press = async (hand: BoardHand, place: Place): Promise<void> => {
    const { x, y } = await hand.at(place);
    await hand.page.mouse.click(x, y, { button: 'right' });
    await hand.page.getByRole('menu').waitFor();
  };
  const choose = (hand: BoardHand, name: string | RegExp): Promise<void> =>
    hand.page.getByRole('menuitem', { name }).click();

  it('opens for what is pressed with the other button, and does what it says', async () => {
    const { id } = await newRoom('Menu');
    await create(id, box(100, 100));
    await create(id, box(400, 100));
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app.url });
    await ann.has(2);
    await press(ann, { x: 150, y: 130 });
    await ann.selects(1);
    expect(await axeViolations(ann.page)).to.deep.equal([]);
    await choose(ann, 'Copy');
    await press(ann, { x: 700, y: 400 });
    await ann.selects(0);
    await choose(ann, 'Paste here');
    await ann.has(3);
    await ann.saved();
    const pasted = (await annotationsOf(app, id)).at(-1);
    // Its middle is where the menu was opened.
    expect(pasted).to.deep.include({ geometry: { x: 650, y: 370, width: 100, height: 60 } });
    // A press beside it, on something else, is about that.
    await press(ann, { x: 150, y: 130 });
    await press(ann, { x: 450, y: 130 });
    await choose(ann, 'Delete');
    await ann.has(2);
    await ann.press('Control+a');
    await ann.selects(2);
    await press(ann, { x: 150, y: 130 });
    await ann.selects(2);
    await choose(ann, /^Group/);
    await annotationsOnce(app, id, (all) => all.every(({ group_id }) => typeof group_id === 'string'));
  });

  it('opens by keys for what is selected, and gives the focus back', async () => {
    const { id } = await newRoom('Menu by keys');
    await create(id, box(100, 100));
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.has(1);
    await ann.page.focus(STAGE);
    await ann.press('Tab');
    await ann.selects(1);
    await ann.press('Shift+F10');
    await ann.page.getByRole('menuitem', { name: 'Comment on it' }).waitFor();
    await until(ann.page, IN_MENU);
    await ann.press('Escape');
    await until(ann.page, `document.activeElement === document.querySelector('${STAGE}')`);
    await ann.selects(1);
  });

  it('moves, adds and takes away corners of a polygon, and undo brings them back', async () => {
    const { id } = await newRoom('Corners');
    const points = [
      [200, 200],
      [400, 200],
      [400, 400],
      [200, 400],
    ];
    await create(id, { type: 'polygon', geometry: { points }, style: { fill: '#d0ebff' } });
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.has(1);
    const becomes = async (wanted: readonly (readonly number[])[]): Promise<void> => {
      await annotationsOnce(app, id, ([found]) => {
        const corners = found !== undefined && 'points' in found.geometry ? found.geometry.points : [];
        const rounded = corners.map((corner) => corner.map(Math.round));
        return JSON.stringify(rounded) === JSON.stringify(wanted);
      });
    };
    await ann.click({ x: 300, y: 250 }, { clickCount: 2 });
    await ann.drag({ x: 400, y: 400 }, { x: 460, y: 440 });
    const moved = points.map((point, at) => (at === 2 ? [460, 440] : point));
    await becomes(moved);
    await ann.drag({ x: 300, y: 200 }, { x: 300, y: 120 });
    await becomes(moved.toSpliced(1, 0, [300, 120]));
    await ann.press('Delete');
    await becomes(moved);
    await ann.has(1);
    await ann.press('Control+z');
    await becomes(moved.toSpliced(1, 0, [300, 120]));
    // Out of the corners again, the handles are those of the frame.
    await ann.press('Escape');
    await ann.selects(1);
    await ann.press('Delete');
    await ann.has(0);
  });

  it('gives the next shape its look, not the one that was drawn before', async () => {
    const { id } = await newRoom('Next look');
    await create(id, { ...box(100, 100), style: { stroke: '#2f9e44', fill: '#ffec99' } });
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.has(1);
    await ann.click({ x: 150, y: 130 });
    await ann.selects(1);
    await ann.press('r');
    await ann.selects(0);
    await ann.page.click('[role="toolbar"][aria-label="Style"] [aria-label="Stroke"]');
    await ann.page.click('[role="dialog"] [aria-label="Blue"]');
    await ann.page.keyboard.press('Escape');
    await ann.drag({ x: 400, y: 300 }, { x: 500, y: 400 });
    await ann.has(2);
    await ann.saved();
    const strokes = (await annotationsOf(app, id)).map(({ style }) => style.stroke);
    expect(strokes).to.deep.equal(['#2f9e44', '#1971c2']);
  });

  it('shows what others have selected as large as it is, turned as it is', async () => {
    const { id } = await newRoom('Outlines');
    const content = 'Words that take several lines where they have so little room for themselves';
    await create(id, { type: 'text', geometry: { x: 100, y: 100, width: 120, rotation: 30 }, content });
    const [ann, bob] = [await BoardHand.open(app, 'Ann', id), await BoardHand.open(app, 'Bob', id)];
    await ann.has(1);
    await ann.press('Control+a');
    await ann.selects(1);
    // The stage tells how many are selected, an outline which one.
    await bob.page.waitForSelector('div[data-selected]:not([role])', { state: 'attached' });
    const [height, matrix] = (await bob.page.evaluate(`(() => {
      const outline = document.querySelector('div[data-selected]:not([role])');
      return [outline.offsetHeight, getComputedStyle(outline).transform];
    })()`)) as [number, string];
    // Of one line it would be 32 pixels high.
    expect(height).to.be.above(80);
    const [a = 0, b = 0] = matrix.replace('matrix(', '').split(',').map(Number);
    expect((Math.atan2(b, a) * 180) / Math.PI).to.be.closeTo(30, 0.01);
  });

  it('gathers pins that would cover each other where the picture is small, and brings them near', async () => {
    const { id } = await newRoom('Pins');
    for (const [x, content] of [
      [500, 'One'],
      [530, 'Two'],
      [560, 'Three'],
      [100, 'Far'],
    ] as const)
      await create(id, { type: 'comment', geometry: { x, y: 300 }, content });
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.page.waitForSelector('[data-thread]');
    await until(ann.page, `document.querySelectorAll('[data-thread]').length === 4`);
    for (let step = 0; step < 4; step += 1) await ann.press('-');
    const cluster = await ann.page.waitForSelector('[data-cluster="3"]');
    await until(ann.page, `document.querySelectorAll('[data-thread]').length === 1`);
    expect(await axeViolations(ann.page)).to.deep.equal([]);
    // The next thread by its key is there although it stands among others.
    await ann.page.focus(STAGE);
    await ann.press('n');
    await ann.page.getByRole('dialog', { name: 'Comment thread' }).waitFor();
    await ann.press('Escape');
    await cluster.dispose();
    await ann.page.click('[data-cluster]');
    await until(ann.page, `document.querySelectorAll('[data-thread]').length === 4`);
    await until(ann.page, `document.activeElement?.matches('[data-thread]')`);
  });

  it('says why there is nothing to look back at, and that an export needs a connection', async () => {
    const { id } = await newRoom('Words on the way');
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.page.route('**/events?*', (route) =>
      route.fulfill({ json: { items: [], firstSeq: 12, seq: 11 } }),
    );
    await ann.page.click('[aria-label="Versions"]');
    await ann.page.getByText('only named versions are kept').waitFor();
    await until(
      ann.page,
      `performance.getEntriesByType('resource').some(({ name }) => name.includes('export-dialog'))`,
    );
    await ann.visitor.context.setOffline(true);
    await ann.page.getByRole('button', { name: 'Export' }).click();
    await ann.page.getByRole('dialog').locator('button[type="submit"]').click();
    await ann.page.getByRole('dialog').getByRole('alert').waitFor();
    await ann.visitor.context.setOffline(false);
  });
});
