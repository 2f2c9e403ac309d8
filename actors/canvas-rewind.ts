import { RewindPlan, type RewindScope } from '../documents/canvas/rewind-plan.ts';
import type { Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { CanvasDocument } from './canvas-document.ts';
import { Pace } from './pace.ts';

/** What a rewind has to put back. */
export interface PlannedRewind {
  /** The last event that was taken into account. */
  readonly seenUpTo: Seq;
  /** Packed, by index, each once. */
  readonly pixels: Uint8Array;
}

/** What happens while a plan is made is looked at so many times more; what then comes is left alone. */
const CATCH_UPS = 2;

/**
 * Works out what has to be put back, beside the canvas's actor: rebuilds the state after event `to` and goes through
 * the events since, in stretches between which others get their turn.
 *
 * @throws Problem `state_gone` where that state is no longer kept, `invalid` where it is still to come
 */
export async function planRewind(
  canvas: CanvasDocument,
  to: Seq,
  scope: Omit<RewindScope, 'width'>,
): Promise<PlannedRewind> {
  let head = await canvas.head();
  if (to > head) throw Problem.invalid('/body/seq', 'is ahead of the canvas');
  if (to === head) return { seenUpTo: head, pixels: new Uint8Array() };
  const { bytes, width } = await canvas.queryAt(to, { type: 'canvas.bitmap' });
  const plan = new RewindPlan(bytes, { width, ...scope });
  const pace = new Pace();
  let seenUpTo = to;
  for (let round = 0; round <= CATCH_UPS && seenUpTo < head; round += 1) {
    for await (const chunk of canvas.log(seenUpTo, head)) {
      for (const { seq, by, event } of chunk) {
        if (seq !== seenUpTo + 1) break;
        for (const _ of plan.add(event, by)) if (pace.isOver) await pace.rest();
        seenUpTo = seq;
        if (pace.isOver) await pace.rest();
      }
    }
    if (seenUpTo < head) throw new Problem('state_gone', `The events after ${seenUpTo} are not kept.`);
    head = await canvas.head();
  }
  return { seenUpTo, pixels: await pace.drive(plan.pixels()) };
}
