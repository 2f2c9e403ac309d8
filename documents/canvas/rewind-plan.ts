import type { CanvasRegion } from '../../protocol/canvas-messages.ts';
import { PIXEL_BYTES, pixelColor, pixelCount, pixelIndex, setPixel } from '../../protocol/canvas-pixels.ts';
import type { CanvasEvent } from './canvas-events.ts';

export interface RewindScope {
  /** Of the canvas. */
  readonly width: number;
  readonly region?: CanvasRegion;
  /** Only pixels that this user painted last go back, to what was there before that user's painting since then. */
  readonly userId?: string;
}

/** Of a pixel that stays as it is. */
const LEAVE = -1;

/** Pixels that are looked at in one go: a fraction of a millisecond. */
const GO_PIXELS = 1 << 16;

/**
 * Finds what a rewind has to put back, from the state that it goes back to and the events since: off the canvas's
 * actor, a chunk of the log at a time. What takes long comes as a generator, whose caller decides when to go on.
 */
export class RewindPlan {
  readonly #scope: RewindScope;
  readonly #now: Uint8Array;
  /**
   * What each pixel should have. Of a user's rewind: what was there before the row of the user's paintings that nobody
   * painted over, else `LEAVE`.
   */
  readonly #wanted: Uint8Array | Int16Array;

  /** @param colors of all pixels in the state that is gone back to; they are left as they are, and must stay so */
  constructor(colors: Uint8Array, scope: RewindScope) {
    this.#scope = scope;
    this.#now = colors.slice();
    this.#wanted = scope.userId === undefined ? colors : new Int16Array(colors.length).fill(LEAVE);
  }

  /** The next event after that state. */
  *add(event: CanvasEvent, by: string): Generator<void, void> {
    if (event.type !== 'painted' && event.type !== 'rewound') return;
    const { pixels } = event;
    const count = pixelCount(pixels);
    for (let from = 0; from < count; from += GO_PIXELS) {
      if (from > 0) yield;
      this.#add(pixels, from, Math.min(count, from + GO_PIXELS), by);
    }
  }

  /** @returns what has another colour now than it should have, packed, by index */
  *pixels(): Generator<void, Uint8Array> {
    let count = 0;
    for (const { from, to } of this.#rows()) {
      for (let index = from; index < to; index += 1) if (this.#isToGoBack(index)) count += 1;
      yield;
    }
    const packed = new Uint8Array(count * PIXEL_BYTES);
    let n = 0;
    for (const { from, to } of this.#rows()) {
      for (let index = from; index < to; index += 1) {
        if (!this.#isToGoBack(index)) continue;
        setPixel(packed, n, index, this.#wanted[index] ?? 0);
        n += 1;
      }
      yield;
    }
    return packed;
  }

  #add(pixels: Uint8Array, from: number, to: number, by: string): void {
    const { userId } = this.#scope;
    const [now, wanted] = [this.#now, this.#wanted];
    const isTheirs = by === userId;
    for (let n = from; n < to; n += 1) {
      const index = pixelIndex(pixels, n);
      if (!isTheirs && userId !== undefined) wanted[index] = LEAVE;
      else if (isTheirs && wanted[index] === LEAVE) wanted[index] = now[index] ?? 0;
      now[index] = pixelColor(pixels, n);
    }
  }

  /** The rows of the region; of the whole canvas they hang together. */
  *#rows(): Generator<{ readonly from: number; readonly to: number }> {
    const { region, width } = this.#scope;
    if (region === undefined) {
      const { length } = this.#now;
      for (let from = 0; from < length; from += GO_PIXELS)
        yield { from, to: Math.min(length, from + GO_PIXELS) };
      return;
    }
    for (let y = region.y; y < region.y + region.height; y += 1) {
      const from = y * width + region.x;
      yield { from, to: from + region.width };
    }
  }

  #isToGoBack(index: number): boolean {
    const wanted = this.#wanted[index];
    return wanted !== LEAVE && wanted !== this.#now[index];
  }
}
