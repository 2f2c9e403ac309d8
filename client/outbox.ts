import type { Backoff } from './backoff.ts';
import type { ClientTimers } from './client-timers.ts';
import type { TextConnectionError } from './text-connection-error.ts';
import { type Ack, type PendingUpdate, UpdateQueue } from './update-queue.ts';

/** A server that said "not now" is left alone at least so long. */
const PAUSE_MS = 500;

export interface OutboxOptions {
  /** Updates under way at the same time. */
  readonly window: number;
  readonly timers: ClientTimers;
  /** Between attempts on a socket that stays. */
  readonly backoff: Backoff;
  /** Puts one on the wire. */
  readonly write: (pending: PendingUpdate) => void;
}

/** Puts the queue on the wire: in order, no more at a time than the window, and not while the server wants a pause. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #queue = new UpdateQueue();
  #window: number;
  #isOpen = false;
  #cancelPause: (() => void) | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#window = options.window;
  }

  /** Updates that are not acknowledged. */
  get size(): number {
    return this.#queue.size;
  }

  list(): PendingUpdate[] {
    return this.#queue.list();
  }

  /** @param mayGo - whether it may go out; one that may not is for the caller to refuse */
  add(pending: PendingUpdate, mayGo: boolean): Promise<Ack> {
    const acked = this.#queue.add(pending);
    if (mayGo) this.#pump();
    return acked;
  }

  /** There is a socket that takes updates. */
  open(): void {
    this.#isOpen = true;
    this.#pump();
  }

  /** There is none any more: nobody knows which of those under way arrived, so all go out again. */
  close(): void {
    this.#isOpen = false;
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    this.#queue.rewind();
  }

  /** @returns whether it was waited for */
  settle(ack: Ack): boolean {
    this.#options.backoff.reset();
    const isNews = this.#queue.settle(ack);
    this.#pump();
    return isNews;
  }

  refuse(error: TextConnectionError): void {
    this.#queue.refuse(error);
    this.#pump();
  }

  refuseAll(errorOf: (pending: PendingUpdate) => TextConnectionError): void {
    this.#queue.refuseAll(errorOf);
  }

  /** The server took nothing, or did not say what: after a while everything goes out again. */
  pause(): void {
    const { timers, backoff } = this.#options;
    this.#queue.rewind();
    this.#cancelPause ??= timers.after(PAUSE_MS + backoff.next(), () => {
      this.#cancelPause = undefined;
      this.#pump();
    });
  }

  /**
   * A frame that is too large ends the socket without naming it: from now on one at a time, until it is the only one.
   * @returns the one that it was, if that is known
   */
  blameTooLarge(): PendingUpdate | undefined {
    this.#window = 1;
    return this.#queue.onlyUnderWay;
  }

  #pump(): void {
    if (!this.#isOpen || this.#cancelPause !== undefined) return;
    while (this.#queue.underWay < this.#window) {
      const next = this.#queue.takeNext();
      if (next === undefined) return;
      this.#options.write(next);
    }
  }
}
