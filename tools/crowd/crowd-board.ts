import { pixelColor, pixelCount, pixelIndex } from '../../protocol/canvas-pixels.ts';
import type { CrowdPicture } from './crowd-picture.ts';
import type { CrowdTally } from './crowd-tally.ts';

/** Of one client's message. */
export interface CrowdPaint {
  readonly id: string;
  readonly painter: number;
  readonly indices: readonly number[];
  readonly color: number;
  /** On the clock of this process. */
  sentAt: number;
}

/** @param width of the canvas */
export function paintMessage({ id, indices, color }: CrowdPaint, width: number): string {
  const pixels = indices.map((index) => [index % width, Math.floor(index / width), color]);
  const [[x, y] = []] = pixels;
  const what = pixels.length === 1 ? { x, y, color } : { pixels };
  return JSON.stringify({ type: 'pixel:update', id, ...what, tool: 'brush' });
}

const NOBODY = -1;

/** Which pixels the crowd painted, when, and what must be there in the end. */
export class CrowdBoard {
  readonly width: number;
  readonly #colors: number;
  readonly #size: number;
  readonly #random: () => number;
  /** Of each pixel: its last painter, when, and with what. */
  readonly #painters: Int32Array;
  readonly #times: Float64Array;
  readonly #painted: Uint8Array;
  /** A pixel is not painted again before it was answered: so it is known which colour was the last. */
  readonly #isOpen: Uint8Array;
  /** What must be there in the end, where `#isSure`. */
  readonly #sure: Uint8Array;
  readonly #isSure: Uint8Array;

  constructor(width: number, height: number, colors: number, random: () => number) {
    this.width = width;
    this.#colors = colors;
    this.#size = width * height;
    this.#random = random;
    this.#painters = new Int32Array(this.#size).fill(NOBODY);
    this.#times = new Float64Array(this.#size);
    [this.#painted, this.#isOpen, this.#sure, this.#isSure] = [0, 1, 2, 3].map(
      () => new Uint8Array(this.#size),
    ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  }

  /** Picks pixels that nobody is painting. @returns fewer than asked for where there are too few of them */
  pick(painter: number, id: string, count: number, now: number): CrowdPaint {
    const indices: number[] = [];
    const color = Math.floor(this.#random() * this.#colors);
    for (let attempt = 0; attempt < 4 * count && indices.length < count; attempt += 1) {
      const index = Math.floor(this.#random() * this.#size);
      if (this.#isOpen[index] === 1) continue;
      this.#isOpen[index] = 1;
      this.#painters[index] = painter;
      this.#times[index] = now;
      this.#painted[index] = color;
      indices.push(index);
    }
    return { id, painter, indices, color, sentAt: now };
  }

  acked({ indices, color }: CrowdPaint): void {
    for (const index of indices) {
      this.#isOpen[index] = 0;
      this.#sure[index] = color;
      this.#isSure[index] = 1;
    }
  }

  rejected({ indices }: CrowdPaint): void {
    for (const index of indices) {
      this.#isOpen[index] = 0;
      this.#painters[index] = NOBODY;
    }
  }

  /** A client got what others painted. */
  arrived(picture: CrowdPicture, reader: number, now: number, tally: CrowdTally): void {
    const { pixels } = picture;
    for (let n = 0; n < pixelCount(pixels); n += 1) {
      const index = pixelIndex(pixels, n);
      const painter = this.#painters[index] ?? NOBODY;
      if (painter === NOBODY || painter === reader || this.#painted[index] !== pixelColor(pixels, n))
        continue;
      tally.toOthers.add(now - (this.#times[index] ?? now));
    }
  }

  /** Pixels that were acknowledged and are not in a bitmap. */
  missingIn(bitmap: Uint8Array): number {
    let missing = 0;
    for (let index = 0; index < this.#size; index += 1) {
      if (this.#isSure[index] === 1 && this.#isOpen[index] === 0 && bitmap[index] !== this.#sure[index]) {
        missing += 1;
      }
    }
    return missing;
  }
}
