import type { Point } from '../../../client/index.ts';

/** The pointer at one moment. */
export interface PointerAt {
  /** CSS pixels from the top left corner of the stage. */
  readonly screen: Point;
  /** Pixels of the picture. */
  readonly picture: Point;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or ⌘. */
  readonly mod: boolean;
  /** 0 to 1, of a pen; `undefined` of a mouse or a finger, which tell none. */
  readonly pressure: number | undefined;
  readonly isTouch: boolean;
}

/** What a hand does from the press of a button to its release. */
export interface Gesture {
  /** @param passed - all places since the last call, the last of which is where the pointer is now */
  move(passed: readonly PointerAt[]): void;
  end(at: PointerAt): void;
  /** By Escape, a second finger, or because the platform took the pointer. Everything is as it was before. */
  cancel(): void;
}

/** CSS pixels that a press may wander and still be a click. */
export const CLICK_REACH = 4;

export const hasMoved = (from: PointerAt, to: PointerAt): boolean =>
  Math.hypot(to.screen.x - from.screen.x, to.screen.y - from.screen.y) > CLICK_REACH;
