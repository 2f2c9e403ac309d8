import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { expect } from 'chai';
import { CanvasBitmaps } from '../../actors/canvas-bitmaps.ts';
import type { CanvasDocument } from '../../actors/canvas-document.ts';
import type { CanvasInfo } from '../../protocol/canvas-messages.ts';
import { createCanvases } from '../helpers/canvases.ts';

/** A canvas that counts how often it is copied. */
async function counted() {
  const world = createCanvases();
  const info: CanvasInfo = await world.create();
  const canvas = await world.documents.find(info.id);
  const counts = { copies: 0 };
  const query: CanvasDocument['query'] = (message) => {
    if (message.type === 'canvas.bitmap') counts.copies += 1;
    return canvas.query(message);
  };
  const watched = { id: canvas.id, head: () => canvas.head(), query } as unknown as CanvasDocument;
  return { world, info, canvas: watched, counts };
}

describe('the bitmaps of canvases', () => {
  it('[CANVAS-11] are copied and compressed once for all who ask at the same time, and not again until somebody paints', async () => {
    const { world, info, canvas, counts } = await counted();
    const bitmaps = new CanvasBitmaps();
    const all = await Promise.all(Array.from({ length: 50 }, () => bitmaps.encode(canvas, 'br')));
    expect(new Set(all.map(({ bytes }) => bytes))).to.have.length(1);
    expect(counts.copies).to.equal(1);
    await world.paint(info, 'ann', [0, 0, 1]);
    const [later] = await Promise.all(Array.from({ length: 50 }, () => bitmaps.encode(canvas, 'br')));
    expect(later?.bytes).not.to.equal(all[0]?.bytes);
    expect(counts.copies).to.equal(2);
  });

  it('[CANVAS-11] are never older than the question, however many ask while others paint', async () => {
    const { world, info, canvas } = await counted();
    const bitmaps = new CanvasBitmaps();
    const asked: Promise<void>[] = [];
    for (let n = 0; n < 40; n += 1) {
      const seq = await world.paint(info, 'ann', [n % 8, n % 6, n % 32]);
      asked.push(
        bitmaps.encode(canvas, n % 2 === 0 ? 'br' : 'gzip').then((bitmap) => {
          expect(bitmap.seq).to.be.at.least(seq);
        }),
      );
    }
    await Promise.all(asked);
    const { seq, hash, bytes } = await bitmaps.encode(canvas, 'br');
    const plain = (await bitmaps.read(canvas)).bytes;
    expect(seq).to.equal(41);
    expect(brotliDecompressSync(bytes).equals(plain)).to.equal(true);
    expect(hash).to.equal(createHash('sha256').update(plain).digest('hex'));
  });

  it('keep what they compressed where painting changed nothing', async () => {
    const { world, info, canvas } = await counted();
    const bitmaps = new CanvasBitmaps();
    const before = await bitmaps.encode(canvas, 'gzip');
    const seq = await world.paint(info, 'ann', [0, 0, 0]);
    const after = await bitmaps.encode(canvas, 'gzip');
    expect(after).to.deep.equal({ ...before, seq });
    expect(after.bytes).to.equal(before.bytes);
  });

  it('give up the least recently used ones where they are over their budget', async () => {
    const [first, second] = [await counted(), await counted()];
    const bitmaps = new CanvasBitmaps(60);
    await bitmaps.read(first.canvas);
    await bitmaps.read(second.canvas);
    await bitmaps.read(second.canvas);
    expect(second.counts.copies).to.equal(1);
    await bitmaps.read(first.canvas);
    expect(first.counts.copies).to.equal(2);
  });

  it('tell one who asks for a canvas that is gone, and go on for others', async () => {
    const { world, canvas } = await counted();
    const bitmaps = new CanvasBitmaps();
    const never = world.documents.toBeMade('never', undefined);
    let refusal: unknown;
    await bitmaps.encode(never, 'br').catch((error: unknown) => {
      refusal = error;
    });
    expect(refusal).to.have.property('code', 'not_found');
    expect((await bitmaps.encode(canvas, 'br')).seq).to.equal(1);
  });
});
