import { expect } from 'chai';
import { runCanvasSoak } from '../../tools/soak/canvas/canvas-soak.ts';

const KILLS = 3;

describe('a canvas whose server is killed again and again while people paint and a moderator works', () => {
  it('loses nothing that was acknowledged, has no gap, is what its log gives, and looks the same to all', async () => {
    const report = await runCanvasSoak({ kills: KILLS, painters: 3, seed: 1, withinMs: 240_000 });
    expect(report.violations).to.deep.equal([]);
    expect(report.kills).to.equal(KILLS);
    for (const figure of ['acks', 'rejects', 'answers', 'rewinds', 'restarts'] as const) {
      expect(report[figure], figure).to.be.greaterThan(0);
    }
  }).timeout(300_000);
});
