import type { Layer } from '../view/stage.ts';
import type { Rect } from '../view/viewport.ts';

/** More are not marked one by one: they are a picture by themselves. */
const MOST = 4_000;

/** Which pixels this user painted that the server has not confirmed. */
export class PendingPixels {
  readonly #indices = new Set<number>();

  get size(): number {
    return this.#indices.size;
  }

  /** Looks at what has changed. @param width of the picture */
  changed(rects: readonly Rect[], shown: Uint8Array, confirmed: Uint8Array, width: number): void {
    for (const rect of rects) {
      for (let row = rect.y; row < rect.y + rect.height; row += 1) {
        for (let index = row * width + rect.x; index < row * width + rect.x + rect.width; index += 1) {
          if (shown[index] === confirmed[index]) this.#indices.delete(index);
          else if (this.#indices.size < MOST) this.#indices.add(index);
        }
      }
    }
  }

  /** Forgets those that are confirmed by now. @returns whether there were any */
  settle(shown: Uint8Array, confirmed: Uint8Array): boolean {
    const { size } = this.#indices;
    for (const index of this.#indices) if (shown[index] === confirmed[index]) this.#indices.delete(index);
    return this.#indices.size !== size;
  }

  clear(): void {
    this.#indices.clear();
  }

  [Symbol.iterator](): IterableIterator<number> {
    return this.#indices.values();
  }
}

/** Marks unconfirmed pixels with a dot in the middle. */
export const pendingLayer =
  (pending: PendingPixels, isShown: () => boolean): Layer =>
  (context, { x, y, scale, ratio, picture }) => {
    if (pending.size === 0 || scale < 4 * ratio || !isShown()) return undefined;
    const size = Math.max(2, scale * 0.26);
    for (const index of pending) {
      const row = Math.floor(index / picture.width);
      const left = x + (index - row * picture.width + 0.5) * scale - size / 2;
      const top = y + (row + 0.5) * scale - size / 2;
      context.fillStyle = 'rgb(255 255 255 / 85%)';
      context.fillRect(left - 1, top - 1, size + 2, size + 2);
      context.fillStyle = 'rgb(20 20 26 / 80%)';
      context.fillRect(left, top, size, size);
    }
    return undefined;
  };
