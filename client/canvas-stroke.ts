import { MAX_CANVAS_SIDE } from '../protocol/canvas-pixels.ts';
import type { PaintAck } from './canvas-events.ts';
import { type CanvasPoint, lineTo } from './canvas-paint.ts';
import type { ClientTimers } from './client-timers.ts';

export interface CanvasStrokeHost {
  /** Shows these at once. */
  draw(points: readonly CanvasPoint[]): void;
  /** Sends what is shown. */
  send(): Promise<PaintAck>;
  /** Nothing more belongs to the stroke. */
  ended(): void;
}

/**
 * A line that follows the pointer: shown at once, and sent a few times a second. What leads off the canvas or into a lock
 * is left out.
 */
export class CanvasStroke {
  readonly id: string;
  readonly #host: CanvasStrokeHost;
  readonly #timers: ClientTimers;
  readonly #gatherMs: number;
  readonly #acks: Promise<PaintAck>[] = [];
  #last: CanvasPoint | undefined;
  #cancelSending: (() => void) | undefined;
  #isOver = false;

  constructor(id: string, host: CanvasStrokeHost, timers: ClientTimers, gatherMs: number) {
    this.id = id;
    this.#host = host;
    this.#timers = timers;
    this.#gatherMs = gatherMs;
  }

  /** Goes on to a pixel in a straight line, or begins there. Does nothing once the stroke is over. */
  to(x: number, y: number): void {
    if (this.#isOver || Number.isNaN(x) || Number.isNaN(y)) return;
    const next: CanvasPoint = [within(x), within(y)];
    const points = this.#last === undefined ? [next] : [...lineTo(this.#last, next)];
    this.#last = next;
    if (points.length === 0) return;
    this.#host.draw(points);
    this.#cancelSending ??= this.#timers.after(this.#gatherMs, () => this.flush());
  }

  /** Sends what was drawn so far, now. */
  flush(): void {
    if (this.#cancelSending === undefined) return;
    this.#cancelSending();
    this.#cancelSending = undefined;
    this.#acks.push(this.#host.send());
  }

  /**
   * The pointer is up.
   *
   * @returns settles when all of it is acknowledged; rejects with a {@link CanvasError} where a part of it was refused
   */
  async end(): Promise<PaintAck> {
    if (!this.#isOver) {
      this.#isOver = true;
      this.flush();
      this.#host.ended();
    }
    const acks = await Promise.all(this.#acks);
    return { ids: acks.flatMap(({ ids }) => ids), seq: Math.max(0, ...acks.map(({ seq }) => seq)) };
  }
}

/** A line to far off is cut at a distance at which it can be drawn in no time, and is nowhere near the canvas. */
const within = (place: number): number =>
  Math.floor(Math.max(-MAX_CANVAS_SIDE, Math.min(2 * MAX_CANVAS_SIDE, place)));
