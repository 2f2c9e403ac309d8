import type { CanvasRegion } from '../protocol/canvas-messages.ts';
import { pixelColor, pixelCount, pixelIndex, setPixel } from '../protocol/canvas-pixels.ts';
import { DirtyRegions } from './canvas-dirty-regions.ts';
import type { CanvasOperation } from './canvas-operation.ts';

/** What one operation makes of one pixel. */
interface Layer {
  readonly operation: CanvasOperation;
  color: number;
}

/**
 * A canvas as one user sees it: what the server has (the base), and over it what this user painted and the server has not
 * told everybody yet (the overlay).
 *
 * An acknowledged operation stays in the overlay until the base has reached its number, because the acknowledgement comes
 * before the update that has its pixels: else the old colour would show in between.
 */
export class CanvasPicture {
  readonly width: number;
  readonly height: number;
  /** What to show: palette indices, row by row. Changes in place. */
  readonly pixels: Uint8Array;
  readonly #base: Uint8Array;
  #seq = 0;
  /** Of each pixel that the overlay covers, oldest first. */
  readonly #layers = new Map<number, Layer[]>();
  /** Acknowledged, with a number that the base has not reached. */
  readonly #settling = new Map<CanvasOperation, number>();
  readonly #dirty: DirtyRegions;

  /** @param background what is shown until there is a base */
  constructor(width: number, height: number, background: number) {
    this.width = width;
    this.height = height;
    this.#base = new Uint8Array(width * height).fill(background);
    this.pixels = this.#base.slice();
    this.#dirty = new DirtyRegions(width, height);
  }

  /** The base has every event up to this one. */
  get seq(): number {
    return this.#seq;
  }

  /** What the server has, as far as it is known here: palette indices, row by row. Changes in place. */
  get confirmed(): Uint8Array {
    return this.#base;
  }

  /** How many pixels show what the server has not told everybody yet. */
  get overlaySize(): number {
    return this.#layers.size;
  }

  /** Shows an operation, above all that are there. */
  paint(operation: CanvasOperation): void {
    const { pixels } = operation;
    for (let n = 0; n < pixelCount(pixels); n += 1) {
      const index = pixelIndex(pixels, n);
      const layer = { operation, color: pixelColor(pixels, n) };
      const layers = this.#layers.get(index);
      if (layers === undefined) this.#layers.set(index, [layer]);
      else layers.push(layer);
      this.#show(index, layer.color);
    }
  }

  /** It will not be: what was below it shows again. */
  rollBack(operation: CanvasOperation): void {
    this.#settling.delete(operation);
    for (let n = 0; n < pixelCount(operation.pixels); n += 1) {
      const index = pixelIndex(operation.pixels, n);
      const layers = this.#layers.get(index);
      const at = layers?.findIndex((layer) => layer.operation === operation) ?? -1;
      if (layers === undefined || at < 0) continue;
      layers.splice(at, 1);
      if (layers.length === 0) this.#layers.delete(index);
      this.#show(index, layers.at(-1)?.color ?? this.#base[index] ?? 0);
    }
  }

  /** The server has it as event `seq`. */
  acknowledge(operation: CanvasOperation, seq: number): void {
    if (seq <= this.#seq) this.rollBack(operation);
    else this.#settling.set(operation, seq);
  }

  /**
   * Gives an operation that will be sent again the colours that lie on top of it now: in the server's order it comes
   * after those that were painted later, and must not cover them.
   */
  raise({ pixels }: CanvasOperation): void {
    for (let n = 0; n < pixelCount(pixels); n += 1) {
      const index = pixelIndex(pixels, n);
      const layers = this.#layers.get(index);
      const top = layers?.at(-1);
      if (layers === undefined || top === undefined) continue;
      setPixel(pixels, n, index, top.color);
      for (const layer of layers) if (layer.operation.pixels === pixels) layer.color = top.color;
    }
  }

  /**
   * What became of some pixels up to event `seq`. Passed over where the base is ahead of it.
   *
   * @param packed each pixel once
   */
  update(seq: number, packed: Uint8Array): void {
    if (seq < this.#seq) return;
    for (let n = 0; n < pixelCount(packed); n += 1) {
      const index = pixelIndex(packed, n);
      if (index >= this.#base.length) continue;
      const color = pixelColor(packed, n);
      this.#base[index] = color;
      if (!this.#layers.has(index)) this.#show(index, color);
    }
    this.advance(seq);
  }

  /** Nothing changed up to event `seq`. */
  advance(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
    for (const [operation, ackedAs] of this.#settling) if (ackedAs <= this.#seq) this.rollBack(operation);
  }

  /**
   * A new base. It may be older than the present one: a server can lose what it had.
   *
   * @param bytes palette indices, row by row
   */
  replace(seq: number, bytes: Uint8Array): void {
    this.#base.set(bytes);
    this.pixels.set(bytes);
    for (const [index, layers] of this.#layers) {
      this.pixels[index] = layers.at(-1)?.color ?? this.pixels[index] ?? 0;
    }
    this.#dirty.markAll();
    this.#seq = seq;
    this.advance(seq);
  }

  /** The server has nothing after event `seq`: what it acknowledged beyond that is lost, such as after a restored backup. */
  forgetAfter(seq: number): void {
    for (const [operation, ackedAs] of this.#settling) if (ackedAs > seq) this.rollBack(operation);
  }

  /** What has to be drawn again since the last call. */
  takeChanges(): CanvasRegion[] {
    return this.#dirty.take();
  }

  #show(index: number, color: number): void {
    if (this.pixels[index] === color) return;
    this.pixels[index] = color;
    this.#dirty.mark(index);
  }
}
