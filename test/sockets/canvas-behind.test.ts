import { expect } from 'chai';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { CanvasClient } from './canvas-client.ts';
import { type CanvasHarness, startCanvasHarness } from './canvas-harness.ts';

/** Larger than what the systems between two sockets take by themselves is soon written of such a canvas. */
const SIDE = 400;
const WIDE = { width: SIDE, height: SIDE };

/** Paints a quarter of the canvas, as bytes of noise: 160 KB as bytes, 500 KB as JSON. */
async function repaint(harness: CanvasHarness, id: DocumentId, round: number): Promise<void> {
  const from = ((round % 4) * (SIDE * SIDE)) / 4;
  const pixels = Array.from(
    { length: (SIDE * SIDE) / 4 },
    (_, n) => [from + n, (n * 7 + round) % 32] as const,
  );
  await harness.execute(id, { type: 'canvas.paint', name: 'Mo', pixels: packPixels(pixels) });
}

const isBehind = (harness: CanvasHarness): number =>
  harness.logged.filter(({ msg }) => msg === 'reader is behind').length;

describe('a real reader that stops reading', () => {
  for (const encoding of ['binary', 'json'] as const) {
    it(`[CANVAS-38] costs a bounded memory, and has the picture of the server when it reads again (${encoding})`, async () => {
      const harness = await startCanvasHarness();
      const id = await harness.create(WIDE);
      const painter = await harness.join(id, 'Ann');
      const stalled = await harness.join(id, 'Bob', `encoding=${encoding}`);
      stalled.ws.pause();
      let [rounds, longest] = [0, 0];
      for (; isBehind(harness) === 0; rounds += 1) {
        expect(rounds).to.be.below(300);
        await repaint(harness, id, rounds);
        await painter.reach(rounds + 2);
      }
      // Behind: whatever happens now, no byte more waits for it.
      for (let n = 0; n < 12; n += 1, rounds += 1) {
        await repaint(harness, id, rounds);
        await painter.reach(rounds + 2);
      }
      const lines = harness.logged.filter(({ msg }) => msg === 'reader is behind');
      for (const { waiting } of lines) longest = Math.max(longest, Number(waiting));
      expect(lines).to.have.lengthOf(1);
      expect(harness.visitors.at(id), 'it is still there').to.equal(2);
      expect(longest).to.be.below(2 * 1024 * 1024);
      stalled.paint('while-behind', [0, 0, 3]);
      await painter.reach(rounds + 2);
      stalled.ws.resume();
      await stalled.acked('while-behind');
      const head = await harness.runtime.documents.open('canvas', id).head();
      await Promise.all([stalled.reach(head), painter.reach(head)]);
      const states = stalled.of('canvas:state');
      expect(states).to.have.length.above(1);
      if (states.at(-1)?.bitmap !== undefined) stalled.load((await harness.bitmap(id)).bytes);
      const { bytes } = await harness.bitmap(id);
      expect(Buffer.compare(stalled.colors ?? Buffer.alloc(0), bytes)).to.equal(0);
      expect(Buffer.compare(painter.colors ?? Buffer.alloc(0), bytes)).to.equal(0);
      expect(stalled.seqs).to.deep.equal([...stalled.seqs].sort((a, b) => a - b));
      expect(stalled.ackedIds).to.deep.equal(['while-behind']);
      // Live again, and nobody was closed.
      painter.paint('after', [1, 1, 5]);
      await painter.acked('after');
      await stalled.reach(head + 1);
      expect(harness.rejected).to.deep.equal([]);
      expect(harness.runtime.crashes).to.deep.equal([]);
      await harness.close();
      expect(harness.visitors.at(id)).to.equal(0);
    }).timeout(120_000);
  }

  it('[CANVAS-38] is closed 1013 after a minute in which it took nothing, and is brought up to date when it comes back', async () => {
    const harness = await startCanvasHarness({ canvasLimits: { silentMs: 600_000 } });
    const id = await harness.create(WIDE);
    const painter = await harness.join(id, 'Ann');
    const stalled = await harness.join(id);
    stalled.ws.pause();
    for (let round = 0; isBehind(harness) === 0; round += 1) {
      expect(round).to.be.below(300);
      await repaint(harness, id, round);
      await painter.reach(round + 2);
    }
    for (let n = 0; n < 13; n += 1) {
      harness.clock.advance(5_000);
      await painter.settled();
    }
    expect(harness.rejected).to.deep.equal(['slow_reader']);
    stalled.ws.resume();
    // The close frame waits behind what it never took: whichever of the two is first.
    expect((await stalled.closed).code).to.be.oneOf([1006, 1013]);
    const back = new CanvasClient(
      harness.url(id, `lastSeq=${stalled.lastSeq}`),
      stalled.colors === undefined ? {} : { colors: stalled.colors },
    );
    const { bitmap } = await back.hear('canvas:state');
    const { seq, bytes } = await harness.bitmap(id);
    if (bitmap === undefined) await back.until(() => back.of('bulk').length > 0);
    else back.load(bytes);
    await back.reach(seq);
    expect(Buffer.compare(back.colors ?? Buffer.alloc(0), bytes)).to.equal(0);
    await harness.close();
  }).timeout(120_000);
});
