import { pixelColor, pixelCount, pixelIndex } from '../protocol/canvas-pixels.ts';
import { LatencyHistogram } from '../tools/crowd/latency-histogram.ts';
import { CanvasPainter, type Ledger, type RelayPainter } from './canvas-painter.ts';

const COLORS = 32;
/** No divisor of any side: pixels are painted all over the canvas, and none twice before all were. */
const STRIDE = 514_229;

export type Painter = CanvasPainter | RelayPainter;

interface Open {
  readonly index: number;
  readonly color: number;
  readonly at: number;
}

/** What is painted, when, and what became of it. */
export class CanvasBoard implements Ledger {
  readonly observers = new Set<CanvasPainter>();
  readonly open = new Map<string, Open>();
  readonly painted = new Map<number, number>();
  readonly complaints = new Map<string, number>();
  toAck = new LatencyHistogram();
  toOthers = new LatencyHistogram();
  readonly width: number;
  readonly #area: number;
  /** By index: when its last pixel was sent, and which colour that has. */
  readonly #sentAt: Float64Array;
  readonly #colors: Uint8Array;
  #count = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.#area = width * height;
    this.#sentAt = new Float64Array(this.#area);
    this.#colors = new Uint8Array(this.#area);
  }

  paint(painter: Painter): void {
    this.#count += 1;
    const index = (this.#count * STRIDE) % this.#area;
    const color = (this.#count * 7) % COLORS;
    const id = `p${this.#count}`;
    const at = performance.now();
    this.#sentAt[index] = at;
    this.#colors[index] = color;
    if (painter instanceof CanvasPainter) this.open.set(id, { index, color, at });
    painter.paint(id, index % this.width, Math.floor(index / this.width), color);
  }

  acked(ids: readonly string[]): void {
    const now = performance.now();
    for (const id of ids) {
      const open = this.open.get(id);
      if (open === undefined) {
        this.complained('an ack of what nobody painted');
        continue;
      }
      this.open.delete(id);
      this.painted.set(open.index, open.color);
      this.toAck.add(now - open.at);
    }
  }

  arrived(painter: CanvasPainter, pixels: Uint8Array): void {
    if (!this.observers.has(painter)) return;
    const now = performance.now();
    for (let n = 0; n < pixelCount(pixels); n += 1) {
      const index = pixelIndex(pixels, n);
      const isOurs = (this.#sentAt[index] ?? 0) > 0;
      if (isOurs && this.#colors[index] !== pixelColor(pixels, n)) this.complained('a colour of nobody');
      this.seen(index, now);
    }
  }

  /** Painters are so many that what one sees is another's. */
  seen(index: number, now: number): void {
    const at = this.#sentAt[index] ?? 0;
    if (at > 0) this.toOthers.add(now - at);
  }

  complained(what: string): void {
    this.complaints.set(what, (this.complaints.get(what) ?? 0) + 1);
  }

  beginMeasuring(): void {
    this.toAck = new LatencyHistogram();
    this.toOthers = new LatencyHistogram();
  }
}
