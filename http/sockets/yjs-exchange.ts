import type { Caller } from '../../actors/caller.ts';
import type { Problem } from '../../protocol/problem.ts';
import { EMPTY_YJS_UPDATE } from '../../protocol/room-socket.ts';
import type { Clock } from './clock.ts';
import { problemOf } from './problem-of.ts';
import { isEmptyUpdate } from './room-frames.ts';
import type { UpdateLimits } from './room-limits.ts';
import type { StayLog } from './stay-log.ts';
import { UpdateBudget } from './update-budget.ts';
import type { YjsReplica } from './yjs-document.ts';
import type { YjsDoor } from './yjs-door.ts';
import { MAX_VECTOR_BYTES } from './yjs-limits.ts';
import { frameStep1 } from './yjs-messages.ts';

/** Its document and ours will not become one any more. */
const MAX_BAD_UPDATES_IN_ROW = 3;

/** 44xx: to come back is of no use. 45xx: come back, and bring what was not taken. */
const CLOSE_BAD_UPDATE = 4400;
const CLOSE_DELETED = 4404;
const CLOSE_TOO_LARGE = 4413;
const CLOSE_UNAVAILABLE = 4503;
const CLOSE_TOO_FAST = 4529;

/** A client without state: whatever there is it lacks. */
const NO_VECTOR: Uint8Array = Uint8Array.of(0);

/** What the exchange needs of its session. */
export interface YjsExchangeOptions {
  readonly replica: YjsReplica;
  readonly door: Pick<YjsDoor, 'frameDifference'>;
  readonly limits: UpdateLimits;
  readonly clock: Clock;
  readonly log: StayLog;
  readonly caller: Caller;
  /** @param isCatchUp what the client must take before it can be live */
  readonly tell: (frames: Uint8Array, isCatchUp: boolean) => void;
  /** Something had no effect. */
  readonly onRefused: (problem: Problem) => void;
  readonly close: (code: number, reason: string) => void;
}

/**
 * Keeps a document and the one of a client equal.
 *
 * The protocol knows no errors and no acknowledgements. What is lost on the way is made good by the handshake: either
 * side sends a step 1, and the other answers with all that is missing. So where an update does not reach the log, the
 * client is asked again, or shown out to come back.
 */
export class YjsExchange {
  readonly #options: YjsExchangeOptions;
  readonly #budget: UpdateBudget;
  /** What the client had when it came. */
  #clientVector = NO_VECTOR;
  /** Our first step 1 is out. */
  #hasAsked = false;
  /** A step 1 of ours is not answered yet. */
  #isAsked = false;
  #badInRow = 0;

  constructor(options: YjsExchangeOptions) {
    this.#options = options;
    this.#budget = new UpdateBudget(options.limits, options.clock);
  }

  /** A step 1: tells the client all that it lacks. The first one is also answered by a step 1 of ours. */
  answer(stateVector: Uint8Array): void {
    // A copy, for the message is a view of a larger piece; one that is too long to be read counts as none.
    if (this.#clientVector === NO_VECTOR && stateVector.length <= MAX_VECTOR_BYTES) {
      this.#clientVector = stateVector.slice();
    }
    this.#tellDifference(stateVector);
  }

  /** What the client was told and what is durable may differ. */
  resync(): void {
    this.#tellDifference(this.#clientVector);
  }

  /** @param isAnswer all that we lack, as we had asked */
  merge(update: Uint8Array, isAnswer: boolean): void {
    const { replica, clock, caller, log } = this.#options;
    if (isAnswer) this.#isAsked = false;
    if (isEmptyUpdate(update)) return;
    const heardAt = clock.now();
    try {
      this.#budget.take(update.length);
    } catch (error) {
      this.#failed(problemOf(error), isAnswer);
      return;
    }
    replica
      .merge(update, isAnswer, caller)
      .then(
        (merged) => {
          this.#badInRow = 0;
          if (merged === undefined) return;
          log.changed({ seq: merged.seq, bytes: update.length, heardAt });
          // The protocol has no word for it.
          if (merged.quarantined.length > 0) log.refused({ code: 'quarantined' });
        },
        (error: unknown) => this.#failed(problemOf(error), isAnswer),
      )
      .finally(() => this.#budget.settle(update.length));
  }

  /** Messages were not read, and updates may have been among them. */
  lost(): void {
    this.#options.close(CLOSE_TOO_FAST, 'rate_limited');
  }

  #tellDifference(vector: Uint8Array): void {
    const { replica, door, tell } = this.#options;
    replica.difference(vector).then(
      ({ updates, stateVector }) => {
        const frames = door.frameDifference(updates.length === 0 ? [EMPTY_YJS_UPDATE] : updates);
        if (!this.#hasAsked) frames.push(frameStep1(stateVector));
        this.#isAsked ||= !this.#hasAsked;
        this.#hasAsked = true;
        const [first, ...others] = frames;
        tell(first !== undefined && others.length === 0 ? first : Buffer.concat(frames), true);
      },
      (error: unknown) => this.#failed(problemOf(error), false),
    );
  }

  /** The client has more than it sent: it shall send all that we lack. */
  #ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#options.replica.stateVector().then(
      (stateVector) => this.#options.tell(frameStep1(stateVector), false),
      (error: unknown) => this.#failed(problemOf(error), false),
    );
  }

  #failed(problem: Problem, isAnswer: boolean): void {
    const { onRefused, close } = this.#options;
    onRefused(problem);
    switch (problem.code) {
      case 'invalid':
      case 'bad_update':
      case 'missing_updates': {
        const isIncomplete =
          problem.code === 'missing_updates' || problem.extra?.['reason'] === 'missing_updates';
        // An answer was meant to be complete.
        if (!isIncomplete || isAnswer) this.#badInRow += 1;
        if (this.#badInRow >= MAX_BAD_UPDATES_IN_ROW) close(CLOSE_BAD_UPDATE, 'bad_update');
        else if (isIncomplete) this.#ask();
        return;
      }
      case 'bad_message':
        return;
      case 'not_found':
        close(CLOSE_DELETED, 'document deleted');
        return;
      case 'too_large':
        close(CLOSE_TOO_LARGE, 'too_large');
        return;
      case 'rate_limited':
        close(CLOSE_TOO_FAST, 'rate_limited');
        return;
      default:
        // Whether it happened nobody knows; when the client is back, either side learns what it lacks.
        close(CLOSE_UNAVAILABLE, 'unavailable');
    }
  }
}
