import { pixelCount } from '../protocol/canvas-pixels.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import type { ClientTimers } from './client-timers.ts';
import { KeyedQueue } from './keyed-queue.ts';

export interface CanvasOutboxOptions {
  /** How many operations may be under way: what comes back after a break, and what a pause cannot hold back any more. */
  readonly window: number;
  readonly timers: ClientTimers;
  write(operation: CanvasOperation): void;
}

/** An operation that the server has answered. */
export interface Answered {
  readonly operation: CanvasOperation;
  /** Whether it was sent before and nobody knew what had become of it. */
  readonly isRepeat: boolean;
  /** From its last sending to now, in milliseconds. */
  readonly tookMs: number;
}

/**
 * Operations that the server has not answered, in the order in which they were painted. One stays until it is acknowledged
 * or refused, however many sockets that takes.
 */
export class CanvasOutbox {
  readonly #options: CanvasOutboxOptions;
  /** Written to the present socket, and when. All of them are older than those that wait. */
  readonly #underWay = new Map<string, { readonly operation: CanvasOperation; readonly at: number }>();
  /** Have to be written again, oldest first; all of them are older than `#fresh`. */
  #again: CanvasOperation[] = [];
  #fresh = new KeyedQueue<CanvasOperation>();
  #pixels = 0;
  /** Of those that were sent and may have been painted, without an answer. */
  readonly #repeats = new Set<string>();
  #isOpen = false;
  #endPause: (() => void) | undefined;

  constructor(options: CanvasOutboxOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#underWay.size + this.#again.length + this.#fresh.size;
  }

  /** Pixels of all of them. */
  get pixels(): number {
    return this.#pixels;
  }

  /** Written to the present socket, oldest first. */
  get underWay(): CanvasOperation[] {
    return Array.from(this.#underWay.values(), ({ operation }) => operation);
  }

  add(operation: CanvasOperation): void {
    this.#fresh.add(operation.id, operation);
    this.#pixels += pixelCount(operation.pixels);
    this.go();
  }

  /** There is a server that listens. */
  open(): void {
    this.#isOpen = true;
    this.go();
  }

  /** Nobody listens any more, and nobody knows which of those under way arrived. */
  close(): void {
    this.#isOpen = false;
    this.#stopPause();
    const unanswered = this.underWay;
    for (const { id } of unanswered) this.#repeats.add(id);
    this.#putBack(unanswered);
    this.#underWay.clear();
  }

  /**
   * Sends one again that the server could not take now, and nothing else until then.
   *
   * @param isRepeat whether it may have been painted
   */
  postpone(operation: CanvasOperation, delayMs: number, isRepeat: boolean): void {
    if (isRepeat) this.#repeats.add(operation.id);
    this.#putBack([operation]);
    this.#pixels += pixelCount(operation.pixels);
    this.#pause(delayMs);
  }

  /** The server answered it. What waits behind it goes with {@link go}. `undefined`: there is none such under way. */
  take(id: string): Answered | undefined {
    const sent = this.#underWay.get(id);
    if (sent === undefined) return undefined;
    this.#underWay.delete(id);
    this.#pixels -= pixelCount(sent.operation.pixels);
    const isRepeat = this.#repeats.delete(id);
    return { operation: sent.operation, isRepeat, tookMs: this.#options.timers.now() - sent.at };
  }

  /** Nothing will be sent any more. @returns what was not answered, oldest first */
  empty(): CanvasOperation[] {
    this.close();
    const left = [...this.#again, ...this.#fresh.values()];
    this.#again = [];
    this.#fresh = new KeyedQueue();
    this.#repeats.clear();
    this.#pixels = 0;
    return left;
  }

  #putBack(operations: readonly CanvasOperation[]): void {
    if (operations.length === 0) return;
    this.#again = [...this.#again, ...operations].sort((a, b) => a.order - b.order);
  }

  #pause(delayMs: number): void {
    this.#stopPause();
    this.#endPause = this.#options.timers.after(delayMs, () => {
      this.#endPause = undefined;
      this.go();
    });
  }

  #stopPause(): void {
    this.#endPause?.();
    this.#endPause = undefined;
  }

  /** Writes what may be written. */
  go(): void {
    const { window, timers, write } = this.#options;
    while (this.#isOpen && this.#endPause === undefined && this.#underWay.size < window) {
      const operation = this.#next();
      if (operation === undefined) return;
      this.#underWay.set(operation.id, { operation, at: timers.now() });
      write(operation);
    }
  }

  #next(): CanvasOperation | undefined {
    return this.#again.shift() ?? this.#fresh.shift()?.[1];
  }
}
