import type { StageModel } from '../stage/stage-model.ts';
import { panned, pinched } from '../viewport.ts';
import type { Gesture, PointerAt } from './gesture.ts';

/** Moves the picture with the hand. */
export function panGesture(model: StageModel, start: PointerAt): Gesture {
  let last = start.screen;
  model.setCursor('grabbing');
  return {
    move: (passed) => {
      const to = passed.at(-1)?.screen ?? last;
      const by = { x: to.x - last.x, y: to.y - last.y };
      last = to;
      model.board.motion.change((viewport) => panned(viewport, by));
    },
    end: () => {},
    cancel: () => {},
  };
}

/** Two fingers move and zoom the picture. */
export class Pinch {
  readonly #model: StageModel;
  readonly #fingers = new Map<number, PointerAt>();

  constructor(model: StageModel) {
    this.#model = model;
  }

  get isOn(): boolean {
    return this.#fingers.size > 1;
  }

  down(id: number, at: PointerAt): void {
    this.#fingers.set(id, at);
  }

  /** @returns whether the picture was moved by it */
  move(id: number, at: PointerAt): boolean {
    const before = [...this.#fingers.values()];
    if (!this.#fingers.has(id)) return false;
    this.#fingers.set(id, at);
    const after = [...this.#fingers.values()];
    const [a, b, c, d] = [before[0], before[1], after[0], after[1]];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return false;
    const [from, to] = [[a.screen, b.screen] as const, [c.screen, d.screen] as const];
    this.#model.board.motion.change((viewport) => pinched(viewport, from, to));
    return true;
  }

  up(id: number): void {
    this.#fingers.delete(id);
  }
}
