import type { Backoff } from './backoff.ts';
import type { ClientTimers } from './client-timers.ts';
import { UnsentUpdates } from './unsent-updates.ts';

/** A server that said "not now" is left alone at least so long. */
const PAUSE_MS = 500;

/** Why a frame was refused, as far as something can be done about it. */
export type Refusal =
  /** It builds on what the server does not have; the server has this. */
  | { readonly code: 'missing_updates'; readonly stateVector: Uint8Array }
  /** The same frame may succeed later; where `afterMs` is given, not before. */
  | { readonly code: 'later'; readonly afterMs?: number }
  /** It never will, and neither will anything that builds on it. */
  | { readonly code: 'never' };

export interface RoomOutboxOptions {
  /** Frames under way at the same time; what comes meanwhile is merged, so a slow server gets fewer, not more. */
  readonly window: number;
  readonly timers: ClientTimers;
  readonly backoff: Backoff;
  readonly write: (update: Uint8Array) => void;
  /** What the document has and a server with this state vector lacks; `undefined`: nothing. */
  readonly difference: (stateVector: Uint8Array) => Uint8Array | undefined;
}

interface Frame {
  readonly update: Uint8Array;
  /** All that the document had, not one change of it. */
  readonly isDifference: boolean;
}

/**
 * Puts changes on a socket on which nothing but their order tells the answers apart. Nothing outlives the socket: what
 * was not acknowledged is in the difference with which the next one begins.
 */
export class RoomOutbox {
  readonly #options: RoomOutboxOptions;
  /** Written and not answered, oldest first. */
  #underWay: Frame[] = [];
  /** Refused for now. They go out again, before all others, once the rest of what is under way is answered. */
  #refused: Uint8Array[] = [];
  readonly #unsent = new UnsentUpdates();
  /** The difference to this goes out next, in place of all that waits. */
  #lacking: Uint8Array | undefined;
  #window: number;
  #isOpen = false;
  #isStuck = false;
  #cancelPause: (() => void) | undefined;

  constructor(options: RoomOutboxOptions) {
    this.#options = options;
    this.#window = options.window;
  }

  /** Everything that was handed in is acknowledged. */
  get isEmpty(): boolean {
    return (
      this.#underWay.length === 0 &&
      this.#refused.length === 0 &&
      this.#unsent.isEmpty &&
      this.#lacking === undefined
    );
  }

  /** The server will never take what this document has: nothing goes out any more. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** There is a socket that takes updates, and the document has all that the server has. */
  open(): void {
    this.#isOpen = true;
    this.#pump();
  }

  add(update: Uint8Array): void {
    this.#unsent.add(update);
    this.#pump();
  }

  /** Sends all that a server with this state vector lacks, once everything under way is answered. */
  sendDifference(stateVector: Uint8Array): void {
    this.#lacking = stateVector;
    this.#pump();
  }

  /** The oldest was taken. @returns false where none is under way */
  acknowledge(): boolean {
    this.#options.backoff.reset();
    const isExpected = this.#underWay.shift() !== undefined;
    this.#pump();
    return isExpected;
  }

  /** The oldest was refused. @returns false where none is under way */
  refuse(refusal: Refusal): boolean {
    const frame = this.#underWay.shift();
    if (frame === undefined) return false;
    if (refusal.code === 'never') this.#isStuck = true;
    else if (refusal.code === 'later' || this.#refused.length > 0) {
      // What follows one that was not taken is refused too, as building on it: they all go again, in their order.
      this.#refused.push(frame.update);
      if (refusal.code === 'later') this.#pause(refusal.afterMs);
    } else if (frame.isDifference) {
      // Not even all that is here makes it whole: another time would end the same.
      this.#isStuck = true;
    } else this.#lacking = refusal.stateVector;
    this.#pump();
    return true;
  }

  /**
   * A frame that is too large ends the socket without naming it: from now on one at a time, until it is the only one.
   * @returns whether that was it
   */
  blameTooLarge(): boolean {
    this.#window = 1;
    this.#isStuck ||= this.#underWay.length === 1;
    return this.#isStuck;
  }

  /** There is no socket any more. @returns whether anything was not acknowledged */
  close(): boolean {
    const hasLost = !this.isEmpty;
    this.#isOpen = false;
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    this.#underWay = [];
    this.#forgetWaiting();
    return hasLost;
  }

  #forgetWaiting(): void {
    this.#refused = [];
    this.#unsent.replace(undefined);
    this.#lacking = undefined;
  }

  #pause(afterMs = 0): void {
    const { timers, backoff } = this.#options;
    this.#cancelPause ??= timers.after(Math.max(afterMs, PAUSE_MS + backoff.next()), () => {
      this.#cancelPause = undefined;
      this.#pump();
    });
  }

  #pump(): void {
    if (!this.#isOpen || this.#isStuck || this.#cancelPause !== undefined) return;
    if (this.#lacking !== undefined || this.#refused.length > 0) {
      if (this.#underWay.length > 0) return;
      this.#sendAgain();
    }
    while (this.#underWay.length < this.#window) {
      const update = this.#unsent.take();
      if (update === undefined) return;
      this.#send({ update, isDifference: false });
    }
  }

  #sendAgain(): void {
    if (this.#lacking === undefined) {
      this.#unsent.putBack(this.#refused);
      this.#refused = [];
      return;
    }
    const update = this.#options.difference(this.#lacking);
    this.#forgetWaiting();
    if (update !== undefined) this.#send({ update, isDifference: true });
  }

  #send(frame: Frame): void {
    this.#underWay.push(frame);
    this.#options.write(frame.update);
  }
}
