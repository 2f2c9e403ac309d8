import { expect } from 'chai';
import type { Room } from '../../client/rooms-api.ts';
import type { Annotation } from '../../protocol/entities.ts';
import { annotationsOf, annotationsOnce, BoardHand, STAGE } from './board-hand.ts';
import { axeViolations, describeWebApp } from './web-app.ts';

const LATENCIES = 15;

describeWebApp('the annotation board', {}, (app) => {
  const newRoom = (name: string): Promise<Room> =>
    app.ask<Room>('POST', '/v1/rooms', { name, width: 1000, height: 600 });
  const create = (roomId: string, annotation: object): Promise<Annotation> =>
    app.ask<Annotation>('POST', '/v1/annotations', { document_id: roomId, ...annotation });
  const BOX = {
    type: 'box',
    geometry: { x: 300, y: 200, width: 200, height: 120 },
    style: { fill: '#ffec99' },
  };

  it('shows each type that one draws in the browser of the other, and in REST', async () => {
    const { id } = await newRoom('Types');
    const ann = await BoardHand.open(app, 'Ann', id);
    const bob = await BoardHand.open(app, 'Bob', id);
    await ann.draw('r', { x: 100, y: 50 }, { x: 200, y: 120 });
    await bob.seesInk({ x: 150, y: 50 });
    await ann.draw('o', { x: 300, y: 50 }, { x: 400, y: 120 });
    await bob.seesInk({ x: 300, y: 85 });
    await ann.draw('a', { x: 500, y: 50 }, { x: 600, y: 120 });
    await bob.seesInk({ x: 550, y: 85 });
    await ann.draw('l', { x: 700, y: 50 }, { x: 800, y: 120 });
    await bob.seesInk({ x: 750, y: 85 });
    await ann.press('p');
    for (const [x, y] of [
      [100, 300],
      [200, 300],
      [150, 400],
    ] as const) {
      await ann.click({ x, y });
    }
    await ann.press('Enter');
    await bob.seesInk({ x: 150, y: 300 });
    await ann.draw('d', { x: 300, y: 300 }, { x: 400, y: 400 });
    await bob.seesInk({ x: 350, y: 350 });
    await ann.press('t');
    await ann.click({ x: 500, y: 300 });
    await ann.types('████ words');
    await bob.seesInk({ x: 520, y: 310 });
    await ann.press('Escape');

    await Promise.all([ann.has(7), bob.has(7), ann.saved()]);
    const items = await annotationsOf(app, id);
    expect(items.map(({ type }) => type)).to.deep.equal([
      'box',
      'ellipse',
      'arrow',
      'line',
      'polygon',
      'freehand',
      'text',
    ]);
    expect(items[0]?.geometry).to.deep.equal({ x: 100, y: 50, width: 100, height: 70 });
    expect(items[6]).to.include({ content: '████ words' });
    await ann.press('Escape');
    await ann.looksLike(bob);
  });

  it('lets two drag the same rectangle, each seeing the other, and brings both to the same place', async () => {
    const { id } = await newRoom('Tug of war');
    await create(id, BOX);
    const ann = await BoardHand.open(app, 'Ann', id);
    const bob = await BoardHand.open(app, 'Bob', id);
    await Promise.all([ann.has(1), bob.has(1)]);
    await ann.take({ x: 400, y: 260 }, { x: 400, y: 460 });
    // While Ann holds on
    await bob.seesInk({ x: 400, y: 450 });
    await Promise.all([
      bob.take({ x: 400, y: 450 }, { x: 700, y: 300 }),
      ann.page.mouse.move(...(await centre(ann, { x: 200, y: 500 }))),
    ]);
    await Promise.all([ann.page.mouse.up(), bob.page.mouse.up()]);
    await Promise.all([ann.saved(), bob.saved()]);
    for (const hand of [ann, bob]) {
      await hand.press('Escape');
      await hand.page.mouse.move(5, 400);
    }
    await ann.looksLike(bob);
    const [box] = await annotationsOf(app, id);
    expect(box?.geometry).to.include({ width: 200, height: 120 });
    expect(box?.geometry).not.to.include({ x: 300, y: 200 });
  });

  const centre = async (hand: BoardHand, place: { x: number; y: number }): Promise<[number, number]> => {
    const { x, y } = await hand.at(place);
    return [x, y];
  };

  it('keeps what is drawn while the server is away, says so, and brings it when it is back', async () => {
    const { id } = await newRoom('Away');
    const ann = await BoardHand.open(app, 'Ann', id);
    const bob = await BoardHand.open(app, 'Bob', id);
    await Promise.all([ann.saved(), bob.saved()]);
    await app.server.restart(async () => {
      await ann.page.waitForSelector('[role="status"]:has-text("Offline")');
      await ann.draw('r', { x: 100, y: 100 }, { x: 200, y: 200 });
      await ann.page.waitForSelector(`${STAGE}[data-saved="false"]`);
      await ann.page.waitForSelector('[role="status"]:has-text("changes kept here")');
      await bob.draw('o', { x: 300, y: 100 }, { x: 400, y: 200 });
    });
    await Promise.all([ann.has(2), bob.has(2), ann.saved(), bob.saved()]);
    const items = await annotationsOf(app, id);
    expect(items.map(({ type }) => type)).to.have.members(['box', 'ellipse']);
  });

  it('takes back by undo what this user did, a whole drag at once, and nothing else', async () => {
    const { id } = await newRoom('Undo');
    const ann = await BoardHand.open(app, 'Ann', id);
    const bob = await BoardHand.open(app, 'Bob', id);
    await ann.draw('r', { x: 100, y: 100 }, { x: 200, y: 200 });
    await bob.has(1);
    await bob.draw('o', { x: 400, y: 100 }, { x: 500, y: 200 });
    await ann.has(2);
    await ann.drag({ x: 120, y: 100 }, { x: 320, y: 400 });
    const moved = (geometry: unknown) =>
      annotationsOnce(app, id, ([box]) => JSON.stringify(box?.geometry) === JSON.stringify(geometry));
    await moved({ x: 300, y: 400, width: 100, height: 100 });
    await ann.press('Control+z');
    await moved({ x: 100, y: 100, width: 100, height: 100 });
    await ann.press('Control+z');
    await Promise.all([ann.has(1), bob.has(1)]);
    await ann.press('Control+z');
    await ann.press('Control+Shift+z');
    await Promise.all([ann.has(2), bob.has(2)]);
    const items = await annotationsOnce(app, id, ({ length }) => length === 2);
    expect(items.map(({ type }) => type)).to.have.members(['box', 'ellipse']);
  });

  it('tells how long a drawn shape takes to the screen of the other', async () => {
    const { id } = await newRoom('Latency');
    const ann = await BoardHand.open(app, 'Ann', id);
    const bob = await BoardHand.open(app, 'Bob', id);
    await ann.page.evaluate(
      `window.addEventListener('pointerup', () => { document.body.dataset.up = Date.now(); }, true)`,
    );
    const latencies: number[] = [];
    for (let at = 0; at < LATENCIES; at += 1) {
      const x = 50 + (at % 5) * 180;
      const y = 50 + Math.floor(at / 5) * 180;
      const seen = bob.seesInk({ x: x + 50, y });
      await ann.draw('r', { x, y }, { x: x + 100, y: y + 80 });
      const up = Number(await ann.page.getAttribute('body', 'data-up'));
      latencies.push((await seen) - up);
    }
    latencies.sort((a, b) => a - b);
    const median = latencies[Math.floor(LATENCIES / 2)];
    process.stdout.write(
      `      pointer-up to pixels in the other browser: median ${median} ms of ${LATENCIES}\n`,
    );
    expect(latencies).to.have.length(LATENCIES);
  });

  it('says what is amiss where a board is not there, with a way on', async () => {
    const { page } = await app.open('Ann', '/boards/00000000-0000-4000-8000-000000000000');
    await page.waitForSelector('text=This board is not here');
    await page.click('main a, a:has-text("All documents")');
    await page.waitForURL(`${app.url}/`);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe calls serious, ${colorScheme}`, async () => {
      const { id } = await newRoom('Axe');
      await create(id, BOX);
      await create(id, { type: 'text', geometry: { x: 50, y: 50 }, content: 'Words' });
      const ann = await BoardHand.open(app, 'Ann', id, { colorScheme });
      await ann.has(2);
      await ann.press('Control+a');
      await ann.selects(2);
      expect(await axeViolations(ann.page)).to.deep.equal([]);
      await ann.page.click('[role="toolbar"][aria-label="Style"] [aria-label^="Fill"]');
      await ann.page.waitForSelector('[role="dialog"]');
      expect(await axeViolations(ann.page)).to.deep.equal([]);
    });
  }
});
