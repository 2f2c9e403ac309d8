import type { Box, Point, RoomAnnotation } from '../../../client/index.ts';
import type { Board } from '../board-context.ts';
import { boxToScreen, toScreen } from '../viewport.ts';
import { grown } from './geometry.ts';
import { handlesOf, type PlacedHandle, type SelectionFrame } from './handles.ts';
import type { Guide } from './snapping.ts';
import { measureText } from './text-layout.ts';
import { frameAround } from './transform-plan.ts';

/** What is drawn above the annotations while a hand is at work; pixels of the picture. */
export interface Overlay {
  readonly marquee?: Box | undefined;
  readonly guides?: readonly Guide[] | undefined;
  /** What is being drawn. */
  readonly draft?: RoomAnnotation | undefined;
  /** Corners of a polygon that is being drawn. */
  readonly corners?: readonly Point[] | undefined;
  /** Under the pointer, to be selected by a click. */
  readonly hovered?: string | undefined;
  /** Handles are in the way while something is dragged. */
  readonly hidesHandles?: boolean | undefined;
}

/** The frame stands so many CSS pixels beside what is in it, so that its ink is seen. */
const FRAME_GAP = 4;

/** What the parts of the stage share: not React state, for it changes with every move of the pointer. */
export class StageModel {
  readonly board: Board;
  #overlay: Overlay = {};
  #redraw: () => void = () => {};
  #element: HTMLElement | undefined;

  constructor(board: Board) {
    this.board = board;
  }

  get overlay(): Overlay {
    return this.#overlay;
  }

  /** What is not given stays. */
  draw(change: Overlay): void {
    this.#overlay = { ...this.#overlay, ...change };
    this.#redraw();
  }

  /** Draws the overlay anew at the next frame. */
  redraw(): void {
    this.#redraw();
  }

  /** Ties it to what is on the page. */
  attach(element: HTMLElement, redraw: () => void): void {
    this.#element = element;
    this.#redraw = redraw;
  }

  setCursor(cursor: string): void {
    if (this.#element !== undefined && this.#element.style.cursor !== cursor)
      this.#element.style.cursor = cursor;
  }

  /** The keys of the stage work where it has the focus. */
  focus(): void {
    this.#element?.focus({ preventScroll: true });
  }

  get selected(): RoomAnnotation[] {
    const { store, annotations } = this.board;
    return annotations.some(store.getState().selection);
  }

  /** Around what is selected; pixels of the picture. */
  frame(): SelectionFrame | undefined {
    const { selected } = this;
    const { shaping } = this.board.store.getState();
    const [only, ...others] = selected;
    if (only !== undefined && others.length === 0 && only.id === shaping?.id && 'points' in only.geometry) {
      const points = only.geometry.points.map(([x = 0, y = 0]) => ({ x, y }));
      return { kind: 'ends', points, shape: only.type === 'polygon' ? 'closed' : 'open' };
    }
    return frameAround(selected, measureText);
  }

  /** The same on the screen, a little larger. */
  screenFrame(): SelectionFrame | undefined {
    const frame = this.frame();
    const { viewport } = this.board.store.getState();
    if (frame === undefined) return undefined;
    if (frame.kind === 'ends')
      return { ...frame, points: frame.points.map((point) => toScreen(point, viewport)) };
    return { ...frame, box: grown(boxToScreen(frame.box, viewport), FRAME_GAP) };
  }

  handles(): PlacedHandle[] {
    const { tool, editing } = this.board.store.getState();
    const frame = tool === 'select' && editing === undefined ? this.screenFrame() : undefined;
    return frame === undefined ? [] : handlesOf(frame);
  }
}
