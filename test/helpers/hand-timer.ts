import type { Gathering, GatherTimer } from '../../actors/gather-timer.ts';

/** Time for what gathers passes when a test says so. */
export class HandTimer implements GatherTimer {
  readonly waiting: { readonly gathering: Gathering; readonly ms: number }[] = [];

  start(gathering: Gathering, ms: number): void {
    this.waiting.push({ gathering, ms });
  }

  /** The time of all that waits now is over. */
  tick(): void {
    for (const { gathering } of this.waiting.splice(0)) gathering.tick();
  }
}
