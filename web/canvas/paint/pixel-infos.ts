import type { CanvasPixel } from '../../../client/index.ts';
import type { LiveCanvas } from '../live/live-canvas.ts';
import type { Point } from '../view/viewport.ts';

/** Whoever only passes over a pixel asks nothing. */
const REST_MS = 220;
/** Somebody may have painted it again in the same colour, which nobody here sees. */
const FRESH_MS = 10_000;
const MOST_KEPT = 500;

interface Kept {
  readonly info: CanvasPixel;
  /** The canvas as it was known when it was asked. */
  readonly seq: number;
  readonly at: number;
}

/** Who painted a pixel, asked of the server once the pointer rests on it, one question at a time. */
export class PixelInfos {
  readonly #live: LiveCanvas;
  readonly #kept = new Map<string, Kept>();
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(live: LiveCanvas) {
    this.#live = live;
  }

  /**
   * Asks for one pixel, and no more for the one before.
   *
   * @param told called at once where it is known, else once it is; not at all where the question is overtaken or fails
   */
  ask(cell: Point, told: (info: CanvasPixel) => void): void {
    this.forget();
    const known = this.#known(cell);
    if (known !== undefined) {
      told(known);
      return;
    }
    this.#timer = setTimeout(() => void this.#load(cell, told), REST_MS);
  }

  /** The answer is not wanted any more. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  #known(cell: Point): CanvasPixel | undefined {
    const kept = this.#kept.get(keyOf(cell));
    if (kept === undefined) return undefined;
    const { canvas, confirmedPixels, lastSeq } = this.#live.connection;
    if (kept.seq === lastSeq) return kept.info;
    const isSame = confirmedPixels[cell.y * (canvas?.width ?? 0) + cell.x] === kept.info.color;
    return isSame && performance.now() - kept.at < FRESH_MS ? kept.info : undefined;
  }

  async #load(cell: Point, told: (info: CanvasPixel) => void): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const seq = this.#live.connection.lastSeq;
    try {
      const api = this.#live.api({ signal: abort.signal });
      const info = await api.pixel(this.#live.canvasId, cell.x, cell.y, { limit: 0 });
      if (abort.signal.aborted) return;
      const [oldest] = this.#kept.keys();
      if (this.#kept.size >= MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
      this.#kept.set(keyOf(cell), { info, seq, at: performance.now() });
      told(info);
    } catch {
      // Overtaken, or not reached: then the colour has to do.
    }
  }
}

const keyOf = ({ x, y }: Point): string => `${x},${y}`;
