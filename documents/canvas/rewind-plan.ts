import type { CanvasRegion } from '../../protocol/canvas-messages.ts';
import { PIXEL_BYTES, pixelColor, pixelCount, pixelIndex, setPixel } from '../../protocol/canvas-pixels.ts';
import type { CanvasEvent } from './canvas-events.ts';
import { isInside } from './canvas-state.ts';

export interface RewindScope {
  /** Of the canvas. */
  readonly width: number;
  readonly region?: CanvasRegion;
  /** Only pixels that this user painted last go back, to what was there before that user's painting since then. */
  readonly userId?: string;
}

/** Of a pixel that stays as it is. */
const LEAVE = -1;

/**
 * Finds what a rewind has to put back, from the state that it goes back to and the events since: off the canvas's
 * actor, a chunk of the log at a time.
 */
export class RewindPlan {
  readonly #scope: RewindScope;
  readonly #now: Uint8Array;
  /**
   * What each pixel should have. Of a user's rewind: what was there before the row of the user's paintings that nobody
   * painted over, else `LEAVE`.
   */
  readonly #wanted: Int16Array;

  /** @param colors of all pixels in the state that is gone back to; they are left as they are */
  constructor(colors: Uint8Array, scope: RewindScope) {
    this.#scope = scope;
    this.#now = colors.slice();
    this.#wanted =
      scope.userId === undefined ? new Int16Array(colors) : new Int16Array(colors.length).fill(LEAVE);
  }

  /** The next event after that state. */
  add(event: CanvasEvent, by: string): void {
    if (event.type !== 'painted' && event.type !== 'rewound') return;
    const { userId } = this.#scope;
    const isTheirs = by === userId;
    const { pixels } = event;
    for (let n = 0; n < pixelCount(pixels); n += 1) {
      const index = pixelIndex(pixels, n);
      if (!isTheirs && userId !== undefined) this.#wanted[index] = LEAVE;
      else if (isTheirs && this.#wanted[index] === LEAVE) this.#wanted[index] = this.#now[index] ?? 0;
      this.#now[index] = pixelColor(pixels, n);
    }
  }

  /** What has another colour now than it should have, packed, by index. */
  pixels(): Uint8Array {
    let count = 0;
    for (let index = 0; index < this.#now.length; index += 1) if (this.#isToGoBack(index)) count += 1;
    const packed = new Uint8Array(count * PIXEL_BYTES);
    let n = 0;
    for (let index = 0; n < count; index += 1) {
      if (!this.#isToGoBack(index)) continue;
      setPixel(packed, n, index, this.#wanted[index] ?? 0);
      n += 1;
    }
    return packed;
  }

  #isToGoBack(index: number): boolean {
    const wanted = this.#wanted[index];
    if (wanted === LEAVE || wanted === this.#now[index]) return false;
    const { region, width } = this.#scope;
    return region === undefined || isInside(region, index % width, Math.floor(index / width));
  }
}
