import { expect } from 'chai';
import { runRoomSoak } from '../../tools/soak/rooms/room-soak.ts';

const ROOMS = 20;

describe('rooms with clients of all doors, through kills, crashes, passivations and networks that break', () => {
  it('lose nothing that was acknowledged, skip no event, and are the same at every door in the end', async () => {
    const report = await runRoomSoak({
      seeds: ROOMS,
      firstSeed: 1,
      roomsAtOnce: ROOMS / 2,
      acts: 12,
      accidents: 1,
      withinMs: 240_000,
    });
    expect(report.violations).to.deep.equal([]);
    expect(report.seeds).to.equal(ROOMS);
    for (const figure of ['kills', 'crashes', 'passivations', 'acks', 'answers'] as const) {
      expect(report[figure], figure).to.be.greaterThan(0);
    }
  }).timeout(300_000);
});
