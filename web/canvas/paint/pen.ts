import { isOnCanvas, lineTo } from '../../../client/canvas-paint.ts';
import { CanvasError, type CanvasFacts, type CanvasStroke } from '../../../client/index.ts';
import { withRecent } from '../dock/recent-colors.ts';
import type { LiveCanvas } from '../live/live-canvas.ts';
import { contains, type Point } from '../view/viewport.ts';

/**
 * Paints with the tool and the colour of the moment. What is surely refused (locks, an archived canvas, a burst that is used
 * up) is refused here, in words, before it is shown.
 */
export class Pen {
  readonly #live: LiveCanvas;
  #stroke: CanvasStroke | undefined;
  #last: Point | undefined;

  constructor(live: LiveCanvas) {
    this.#live = live;
  }

  get isDown(): boolean {
    return this.#stroke !== undefined;
  }

  /** What would be painted now; `undefined`: nothing. */
  get color(): number | undefined {
    const { tool, color, facts, showsPast, aim } = this.#live.store.getState();
    if (facts === undefined || showsPast || aim !== undefined) return undefined;
    if (tool === 'eraser') return facts.background;
    return tool === 'brush' ? color : undefined;
  }

  /** The pointer is pressed on a cell. */
  down(cell: Point): void {
    const { connection, store } = this.#live;
    const { tool, color, recent } = store.getState();
    const facts = this.#facts();
    if (facts === undefined) return;
    try {
      this.#stroke = connection.beginStroke(tool === 'eraser' ? undefined : color);
    } catch (error) {
      if (!(error instanceof CanvasError)) throw error;
      this.#live.refuse(error);
      return;
    }
    this.#last = undefined;
    this.to(cell);
    if (tool !== 'eraser') store.setState({ recent: withRecent(recent, color, facts.palette.length) });
  }

  /** Goes on to a cell, in a straight line, as far as one may paint. */
  to(cell: Point): void {
    const facts = this.#live.connection.canvas;
    const from = this.#last;
    if (this.#stroke === undefined || facts === undefined) return;
    let reached: Point | undefined;
    const path = from === undefined ? [pair(cell)] : lineTo(pair(from), pair(cell));
    for (const [x, y] of path) {
      if (!this.#mayPaint({ x, y }, facts)) {
        if (reached !== undefined) this.#stroke.to(reached.x, reached.y);
        this.up();
        return;
      }
      reached = { x, y };
    }
    if (reached === undefined) return;
    this.#last = reached;
    this.#stroke.to(reached.x, reached.y);
  }

  /** The pointer is up. @returns settles when all of it is on the server's disk, or rejects with a `CanvasError` */
  up(): Promise<unknown> | undefined {
    const stroke = this.#stroke;
    this.#stroke = undefined;
    this.#last = undefined;
    const done = stroke?.end();
    // Whoever does not wait for it is told by the connection's `reject`.
    done?.catch(() => undefined);
    return done;
  }

  /** Paints one cell. @returns as {@link up}; `undefined` where it was refused at once */
  dot(cell: Point): Promise<unknown> | undefined {
    this.down(cell);
    const facts = this.#live.connection.canvas;
    const isLeftOut = facts === undefined || this.#lockAt(cell, facts) !== undefined;
    const done = this.up();
    return isLeftOut ? undefined : done;
  }

  /** @returns what is known of the canvas, where one may paint at all */
  #facts(): CanvasFacts | undefined {
    const { store, connection } = this.#live;
    if (store.getState().showsPast) return undefined;
    const facts = connection.canvas;
    if (facts === undefined) this.#live.refuse(new CanvasError('not_ready', ''));
    return facts;
  }

  /** Of the locks that surely hold: while there is no connection, what lies under one is painted, and the server says. */
  #lockAt(cell: Point, { locks }: CanvasFacts): CanvasFacts['locks'][number] | undefined {
    if (this.#live.connection.status.name !== 'live') return undefined;
    return locks.find((region) => contains(region, cell));
  }

  /** Takes the pixel out of the burst. Locked cells and those beside the canvas cost nothing: the stroke leaves them out. */
  #mayPaint(cell: Point, facts: CanvasFacts): boolean {
    if (!isOnCanvas(cell.x, cell.y, facts)) return true;
    if (this.#lockAt(cell, facts) !== undefined) {
      this.#live.refuse(new CanvasError('locked', '', { at: pair(cell) }));
      return true;
    }
    const now = performance.now();
    if (this.#live.cooldown.take(1, now)) return true;
    const wait = this.#live.cooldown.waitMs(now);
    this.#live.refuse(new CanvasError('rate_limited', '', { retryAfterMs: Math.max(wait, RESPITE_MS) }));
    return false;
  }
}

/** A few pixels come back meanwhile: one by one a stroke would only stutter. */
const RESPITE_MS = 1_000;

const pair = ({ x, y }: Point): readonly [number, number] => [x, y];
