import { pixelColor, pixelCount, pixelIndex } from '../../../protocol/canvas-pixels.ts';
import type { Size } from '../view/viewport.ts';

/** A step of a time-lapse: one event of the canvas that changed pixels. */
export interface ReplayStep {
  readonly seq: number;
  /** ISO 8601, as the server told it. */
  readonly at: string;
  readonly userId: string;
  readonly kind: 'painted' | 'rewound';
  /** Packed (protocol/canvas-pixels.ts). */
  readonly pixels: Uint8Array;
}

/** Whether an event of the history changed pixels. */
export const isStep = (event: Omit<ReplayStep, 'kind'> & { readonly kind: string }): event is ReplayStep =>
  (event.kind === 'painted' || event.kind === 'rewound') && event.pixels.length > 0;

/** What copies of the picture may take, so that going back need not begin at the beginning. */
const CHECKPOINT_BYTES = 96 * 2 ** 20;
/** Pixels between two copies at least: that many are painted in a few milliseconds. */
const CHECKPOINT_PIXELS = 200_000;

/**
 * A picture that goes through its history, forwards and back, on bytes of its own. Position `n` is after the `n`th step, 0 the empty
 * canvas.
 */
export class Replay {
  readonly size: Size;
  /** Palette indices, row by row, as of {@link position}. Changes in place. */
  readonly pixels: Uint8Array;
  readonly #background: number;
  readonly #steps: ReplayStep[] = [];
  /** Ascending by position. */
  readonly #checkpoints: { readonly position: number; readonly pixels: Uint8Array }[] = [];
  readonly #mostCheckpoints: number;
  #sinceCheckpoint = 0;
  #position = 0;

  constructor(size: Size, background: number) {
    this.size = size;
    this.#background = background;
    this.pixels = new Uint8Array(size.width * size.height).fill(background);
    this.#mostCheckpoints = Math.max(1, Math.floor(CHECKPOINT_BYTES / this.pixels.length));
  }

  get length(): number {
    return this.#steps.length;
  }

  get position(): number {
    return this.#position;
  }

  /** The step that led to where we are; `undefined` at the beginning. */
  get step(): ReplayStep | undefined {
    return this.#steps[this.#position - 1];
  }

  /** More of the history, in its order. */
  add(steps: Iterable<ReplayStep>): void {
    for (const step of steps) this.#steps.push(step);
  }

  /**
   * Goes to a position.
   *
   * @returns indices of the pixels that may have changed, packed; `undefined` where all may have
   */
  seek(to: number): Uint8Array[] | undefined {
    const target = Math.max(0, Math.min(this.#steps.length, Math.round(to)));
    const isBack = target < this.#position;
    if (isBack) this.#goBack(target);
    const changed: Uint8Array[] = [];
    while (this.#position < target) {
      const step = this.#steps[this.#position];
      if (step === undefined) break;
      this.#apply(step.pixels);
      changed.push(step.pixels);
    }
    return isBack ? undefined : changed;
  }

  #apply(pixels: Uint8Array): void {
    const count = pixelCount(pixels);
    for (let n = 0; n < count; n += 1) {
      const index = pixelIndex(pixels, n);
      if (index < this.pixels.length) this.pixels[index] = pixelColor(pixels, n);
    }
    this.#position += 1;
    this.#sinceCheckpoint += count;
    const last = this.#checkpoints.at(-1);
    if (this.#sinceCheckpoint < CHECKPOINT_PIXELS || this.#position <= (last?.position ?? 0)) return;
    this.#sinceCheckpoint = 0;
    this.#checkpoints.push({ position: this.#position, pixels: this.pixels.slice() });
    // Every second one goes: those that stay lie as far apart as the memory allows.
    if (this.#checkpoints.length <= this.#mostCheckpoints) return;
    for (let n = this.#checkpoints.length - 2; n >= 0; n -= 2) this.#checkpoints.splice(n, 1);
  }

  #goBack(target: number): void {
    const checkpoint = this.#checkpoints.findLast(({ position }) => position <= target);
    if (checkpoint === undefined) this.pixels.fill(this.#background);
    else this.pixels.set(checkpoint.pixels);
    this.#position = checkpoint?.position ?? 0;
    this.#sinceCheckpoint = 0;
  }
}

/** How long a whole time-lapse takes at normal speed, in seconds, however much happened. */
const WHOLE_SECONDS = 20;
/** Short ones are not drawn out: so many steps a second at least. */
const LEAST_STEPS_PER_SECOND = 4;

/** Steps (not whole ones) that pass in a time. @param speed 1 is normal */
export const stepsIn = (ms: number, length: number, speed: number): number =>
  (ms / 1_000) * Math.max(length / WHOLE_SECONDS, LEAST_STEPS_PER_SECOND) * speed;
