import type { CanvasTools } from '../live/canvas-context.ts';
import type { Gestures } from './gestures.ts';
import { cellAt, nearestCell, type Point } from './viewport.ts';

export interface SurfaceKeysHandler {
  /** Where the cell cursor is, if anywhere. */
  cursor(): Point | undefined;
  moveTo(cell: Point): void;
  /** Enter or Space. */
  press(cell: Point): void;
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const FAR = 10;
/** Cells that keys are to hit have to be seen. */
const LEAST_SCALE = 8;

/** Keys that mean something on the picture only; the others are those of the page (`canvas-hotkeys.ts`). */
export class SurfaceKeys {
  readonly #tools: CanvasTools;
  readonly #gestures: Gestures;
  readonly #handler: SurfaceKeysHandler;
  readonly #abort = new AbortController();
  readonly #root: HTMLElement;

  constructor(root: HTMLElement, tools: CanvasTools, gestures: Gestures, handler: SurfaceKeysHandler) {
    this.#root = root;
    this.#tools = tools;
    this.#gestures = gestures;
    this.#handler = handler;
    const { signal } = this.#abort;
    root.addEventListener('keydown', (event) => this.#down(event), { signal });
    root.addEventListener('keyup', (event) => this.#up(event), { signal });
    // Where nothing has the focus, Space moves the picture all the same.
    window.addEventListener('keydown', (event) => this.#downAnywhere(event), { signal });
    window.addEventListener('keyup', (event) => event.target === document.body && gestures.spaceUp(), {
      signal,
    });
    const left = (): void => {
      gestures.spaceUp();
      delete root.dataset['pointed'];
    };
    root.addEventListener('blur', left, { signal });
    root.addEventListener('focus', () => this.#focused(), { signal });
  }

  /**
   * Takes the focus without a ring and without a cell cursor. A browser cannot tell: to it a focus that a script gives is
   * one by keys, unless something else was clicked before.
   */
  focusByPointer(): void {
    this.#root.dataset['pointed'] = 'true';
    this.#root.focus({ preventScroll: true });
  }

  destroy(): void {
    this.#abort.abort();
  }

  #focused(): void {
    if (!('pointed' in this.#root.dataset) && this.#root.matches(':focus-visible')) this.#arrived();
  }

  #down(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      event.preventDefault();
      delete this.#root.dataset['pointed'];
      this.#step(arrow, event.shiftKey ? FAR : 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#handler.press(this.#cursor());
    } else if (event.key === ' ') {
      event.preventDefault();
      if (!event.repeat) this.#gestures.spaceDown();
    }
  }

  #downAnywhere(event: KeyboardEvent): void {
    if (event.key !== ' ' || event.target !== document.body) return;
    event.preventDefault();
    if (!event.repeat) this.#gestures.spaceDown();
  }

  #up(event: KeyboardEvent): void {
    // Space moves the picture while it is held, and paints where it was only pressed.
    if (event.key === ' ' && !this.#gestures.spaceUp()) this.#handler.press(this.#cursor());
  }

  /** By keys: one has to see where one is. */
  #arrived(): void {
    if (this.#tools.stage.picture !== undefined) this.#handler.moveTo(this.#cursor());
  }

  #step({ x, y }: Point, by: number): void {
    const { stage } = this.#tools;
    if (stage.picture === undefined) return;
    const from = this.#cursor();
    const next = nearestCell({ x: from.x + x * by, y: from.y + y * by }, stage.picture);
    if (stage.view.scale < LEAST_SCALE) stage.lookAt(next, LEAST_SCALE);
    this.#handler.moveTo(next);
  }

  /** Where the cursor is, or would come to be: in the middle of the screen. */
  #cursor(): Point {
    const { stage } = this.#tools;
    const { insets, screen } = stage;
    const middle = {
      x: (insets.left + screen.width - insets.right) / 2,
      y: (insets.top + screen.height - insets.bottom) / 2,
    };
    return (
      this.#handler.cursor() ??
      nearestCell(cellAt(stage.view, middle), stage.picture ?? { width: 1, height: 1 })
    );
  }
}
