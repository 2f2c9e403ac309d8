import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Room, RoomsApi } from '../../client/rooms-api.ts';
import type { Pixels } from '../../render/pixels.ts';
import { decodePng } from '../../render/png-decode.ts';
import { encodePng } from '../../render/png-encode.ts';
import { UNHINTED_TEXT } from '../helpers/browser.ts';
import { RealtimeClient } from '../helpers/realtime-client.ts';
import { realtimeUrl } from '../helpers/server.ts';
import { BoardHand, STAGE } from './board-hand.ts';
import { crowdOf, SKETCH } from './board-sketch.ts';
import { describeWebApp, nextFrame } from './web-app.ts';

/** Pixels that differ by more levels than this in any channel count as different. */
const LEVELS = 64;
const MOST_DIFFERENT = 0.02;
const PAGE = { width: 900, height: 640 };
const CROWD = 1000;
/** Where the two pictures are written for who wants to look at them. */
const KEPT_IN = process.env['TROUPE_PICTURES'];

describeWebApp('the picture on the annotation board', { browserArguments: [UNHINTED_TEXT] }, (app) => {
  const rooms = (): RoomsApi => new RoomsApi(app.url);
  const newRoom = (name: string, size: { width: number; height: number }): Promise<Room> =>
    rooms().create({ name, ...size });
  async function fill(roomId: string, annotations: readonly object[]): Promise<void> {
    for (let from = 0; from < annotations.length; from += 20) {
      const some = annotations.slice(from, from + 20);
      // One after the other where it is about their order
      if (annotations.length < 100) {
        for (const each of some) await app.ask('POST', '/v1/annotations', { document_id: roomId, ...each });
      } else {
        await Promise.all(
          some.map((each) => app.ask('POST', '/v1/annotations', { document_id: roomId, ...each })),
        );
      }
    }
  }

  it('is the picture that is exported', async () => {
    const { id } = await newRoom('Sketch', PAGE);
    await rooms().uploadImage(id, encodePng(groundPicture()));
    await fill(id, SKETCH);
    const ann = await BoardHand.open(app, 'Ann', id, { viewport: { width: 1280, height: 1000 } });
    await ann.has(SKETCH.length);
    await ann.press('Shift+Digit0');
    await ann.page.waitForSelector(`${STAGE}[data-ready="true"][data-viewport$=" 1"]`);
    const { x, y } = await ann.at({ x: 0, y: 0 });
    await nextFrame(ann.page);
    const board = decodePng(await ann.page.screenshot({ clip: { x, y, ...PAGE } }));
    const exported = decodePng(await exportOf(id));
    if (KEPT_IN !== undefined) await keep(KEPT_IN, board, exported);
    expect({ width: board.width, height: board.height }).to.deep.equal(PAGE);
    const share = shareOfDifferent(board, exported);
    process.stdout.write(
      `      pixels of board and export that differ by more than ${LEVELS}: ${(share * 100).toFixed(2)} %\n`,
    );
    expect(share).to.be.at.most(MOST_DIFFERENT);
  });

  async function exportOf(roomId: string): Promise<Uint8Array> {
    const listener = new RealtimeClient(realtimeUrl(app.url, { document_id: roomId }));
    await listener.hear('welcome');
    const jobId = await rooms().createExport(roomId, { format: 'png', scale: 1 });
    expect(await listener.hearEnd(jobId)).to.include({ status: 'completed' });
    listener.drop();
    return new Uint8Array(await (await fetch(rooms().exportUrl(jobId))).arrayBuffer());
  }

  it(`moves and zooms over ${CROWD} annotations, and tells how many frames a second`, async () => {
    const { id } = await newRoom('Crowd', { width: 4000, height: 3000 });
    await fill(id, crowdOf(CROWD));
    const ann = await BoardHand.open(app, 'Ann', id);
    await ann.has(CROWD);
    const frames = async (name: string, wheel: string): Promise<void> => {
      const ms = (await ann.page.evaluate(`(async () => {
        const stage = document.querySelector('${STAGE}');
        const times = [];
        let last = performance.now();
        for (let frame = 0; frame < 120; frame += 1) {
          await new Promise(requestAnimationFrame);
          const now = performance.now();
          times.push(now - last);
          last = now;
          const back = frame % 60 < 30 ? 1 : -1;
          stage.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: 600, clientY: 400, ${wheel} }));
        }
        return times;
      })()`)) as number[];
      const mean = ms.reduce((sum, each) => sum + each, 0) / ms.length;
      const slowest = Math.max(...ms);
      process.stdout.write(
        `      ${name}: ${(1000 / mean).toFixed(1)} frames a second, the slowest frame ${slowest.toFixed(0)} ms\n`,
      );
      expect(ms).to.have.length(120);
    };
    await frames('move, all in sight', 'deltaX: 6 * back, deltaY: 4 * back');
    await frames('zoom', 'ctrlKey: true, deltaY: 12 * back');
    await ann.press('Shift+Digit0');
    await frames('move at actual size', 'deltaX: 16 * back, deltaY: 12 * back');
    // What is mended after a change looks as if it were painted anew.
    await ann.press('Shift+Digit1');
    await ann.drag({ x: 40, y: 30 }, { x: 1240, y: 930 });
    await ann.press('Escape');
    await ann.saved();
    const bob = await BoardHand.open(app, 'Bob', id);
    await bob.has(CROWD);
    const [mended, anew] = [pixelsOf(await ann.ink()), pixelsOf(await bob.ink())];
    expect(shareOfDifferent(mended, anew)).to.equal(0);
  });
});

/** Of a canvas, as a `data:` address. */
const pixelsOf = (address: string): Pixels =>
  decodePng(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'));

/** Something with edges and slopes to lie below: a picture that any shift would show. */
function groundPicture(): Pixels {
  const { width, height } = PAGE;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const tile = (Math.floor(x / 60) + Math.floor(y / 60)) % 2 === 0 ? 12 : 0;
      const at = (y * width + x) * 4;
      data[at] = 255 - Math.floor((x / width) * 40) - tile;
      data[at + 1] = 250 - Math.floor((y / height) * 40) - tile;
      data[at + 2] = 240 - tile;
      data[at + 3] = 255;
    }
  }
  return { width, height, data, opaque: true };
}

function shareOfDifferent(a: Pixels, b: Pixels): number {
  expect({ width: b.width, height: b.height }).to.deep.equal({ width: a.width, height: a.height });
  let different = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    const isDifferent = [0, 1, 2].some(
      (channel) => Math.abs((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0)) > LEVELS,
    );
    if (isDifferent) different += 1;
  }
  return different / (a.data.length / 4);
}

async function keep(folder: string, board: Pixels, exported: Pixels): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'board.png'), encodePng(board));
  await writeFile(join(folder, 'exported.png'), encodePng(exported));
}
