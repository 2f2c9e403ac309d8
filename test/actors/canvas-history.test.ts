import { expect } from 'chai';
import fc from 'fast-check';
import { CANVAS_KIND } from '../../actors/canvas-documents.ts';
import { readHistory } from '../../actors/canvas-history.ts';
import { readPixelHistory } from '../../actors/canvas-pixel-history.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { createCanvases, MO } from '../helpers/canvases.ts';

describe("a canvas's history", () => {
  it('[CANVAS-13] of a pixel is what the log says, however it is cut into windows and pages', async () => {
    const world = createCanvases();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.nat(31)), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        async (strokes, window, events, limit) => {
          const info = await world.create();
          const canvas = await world.documents.find(info.id);
          const expected: { seq: number; color: number }[] = [];
          for (const [x, color] of strokes) {
            const seq = await world.paint(info, 'ann', [x, 0, color], [7, 5, 1]);
            if (x === 0) expected.unshift({ seq, color });
          }
          const found: { seq: number; color: number }[] = [];
          let newest = await canvas.head();
          for (;;) {
            const part = await readPixelHistory(canvas, 0, newest, limit, { events, window });
            expect(part.history).to.have.length.of.at.most(limit);
            found.push(...part.history.map(({ seq, color }) => ({ seq, color })));
            if (part.complete) break;
            expect(part.scannedTo).to.be.within(Math.max(1, newest - events + 1), newest);
            newest = part.scannedTo - 1;
          }
          expect(found).to.deep.equal(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('[CANVAS-14] ends an answer that grows large, and packs what is large by itself', async () => {
    const world = createCanvases();
    const info = await world.canvases.createCanvas({ name: 'Big', width: 400, height: 300 }, MO);
    const canvas = await world.documents.find(info.id);
    const ref = world.runtime.documents.open(CANVAS_KIND, info.id as DocumentId);
    const paint = async (count: number, color: number): Promise<void> => {
      const pixels = packPixels(Array.from({ length: count }, (_, index) => [index, color] as const));
      await ref.execute({ type: 'canvas.paint', name: 'Ann', pixels } as { type: string }, MO);
    };
    await paint(60_000, 1);
    await paint(60_000, 2);
    await paint(10, 3);
    await paint(120_000, 4);
    const query = { limit: 100, encoding: 'json' } as const;
    const first = await readHistory(canvas, { from: 1, ...query });
    expect(first.items.map(({ seq }) => seq)).to.deep.equal([1, 2, 3]);
    expect(first.next).to.equal(4);
    const rest = await readHistory(canvas, { from: 4, ...query });
    expect(rest).to.include({ next: null, seq: 5 });
    expect(rest.items[0]?.pixels).to.have.length(10);
    expect(rest.items[1]).not.to.have.property('pixels');
    expect(Buffer.from(rest.items[1]?.packed ?? '', 'base64')).to.have.length(480_000);
  });
});
