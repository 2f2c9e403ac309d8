import { expect } from 'chai';
import { runArenas } from '../../tools/soak/soak-arenas.ts';

const KILLS = 10;

describe('text documents of a server that is killed again and again', () => {
  it('lose nothing that was acknowledged, have no gap, no repeat and one order, and converge', async () => {
    const report = await runArenas({ kills: KILLS, editors: 2, seed: 1, withinMs: 240_000 });
    expect(report.violations).to.deep.equal([]);
    expect(report).to.include({ kills: KILLS, lost: 0, diverged: 0 });
    expect(report.acked).to.be.greaterThan(KILLS);
  }).timeout(300_000);
});
