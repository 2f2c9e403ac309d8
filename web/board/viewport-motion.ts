import type { BoardStore, Viewport } from './board-state.ts';

/**
 * Moves the viewport at most once per frame, however many events there are: what they ask for is gathered, and the store
 * (and who listens to it) hears of it in one animation frame.
 */
export class ViewportMotion {
  readonly #store: BoardStore;
  #next: Viewport | undefined;
  #frame = 0;

  constructor(store: BoardStore) {
    this.#store = store;
  }

  /** Where the picture is, or will be at the next frame. */
  get current(): Viewport {
    return this.#next ?? this.#store.getState().viewport;
  }

  change(change: (viewport: Viewport) => Viewport): void {
    this.#next = change(this.current);
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#flush);
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#next = undefined;
  }

  readonly #flush = (): void => {
    this.#frame = 0;
    const viewport = this.#next;
    this.#next = undefined;
    if (viewport !== undefined) this.#store.setState({ viewport });
  };
}
