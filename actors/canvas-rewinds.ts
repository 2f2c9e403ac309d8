import PQueue from 'p-queue';
import { checkRegion } from '../documents/canvas/canvas-fields.ts';
import { FieldErrors } from '../documents/field-errors.ts';
import type { CanvasRegion } from '../protocol/canvas-messages.ts';
import { pixelCount } from '../protocol/canvas-pixels.ts';
import type { Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { CanvasDocument } from './canvas-document.ts';
import { type PlannedRewind, planRewind } from './canvas-rewind.ts';
import { type Moderator, said } from './moderator.ts';

export interface RewindInput {
  /** Back to what was after this event, or at this time; exactly one is given. */
  readonly seq?: Seq;
  /** ISO 8601. */
  readonly at?: string;
  readonly region?: CanvasRegion;
  readonly userId?: string;
  readonly reason?: string;
}

/** Each holds the pixels of a canvas several times over while it is worked out. */
const AT_ONCE = 2;
/** Moderators who may wait for theirs. */
const MOST_WAITING = 20;

/** Rewinds canvases, a few at a time. */
export class CanvasRewinds {
  readonly #clock: { now(): number };
  readonly #queue = new PQueue({ concurrency: AT_ONCE });

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /**
   * `seq` is that of the event, or of the last one where nothing had to be put back or nothing was to be changed.
   *
   * @throws Problem `invalid` where the target is still to come, `state_gone`, `overloaded`
   */
  async rewind(
    canvas: CanvasDocument,
    input: RewindInput,
    isDryRun: boolean,
    moderator: Moderator,
  ): Promise<{ seq: Seq; pixels: number }> {
    const { region, userId, reason } = input;
    const scope = {
      ...(region === undefined ? {} : { region }),
      ...(userId === undefined ? {} : { userId }),
    };
    const { operationId } = moderator;
    // A retry is answered as it was then, whatever has become of that state.
    const isRetry = !isDryRun && operationId !== undefined && (await canvas.hasDone(operationId));
    const [to, plan] = isRetry ? NOTHING : await this.#plan(canvas, input, scope);
    if (isDryRun) return { seq: plan.seenUpTo, pixels: pixelCount(plan.pixels) };
    const { seq, answer } = await canvas.execute(
      { type: 'canvas.rewind', ...said(moderator, reason), to, ...plan, ...scope },
      moderator,
    );
    return { seq, pixels: answer.pixels };
  }

  async #plan(
    canvas: CanvasDocument,
    input: RewindInput,
    scope: Pick<RewindInput, 'region' | 'userId'>,
  ): Promise<readonly [Seq, PlannedRewind]> {
    if (scope.region !== undefined) {
      const errors = new FieldErrors();
      checkRegion(scope.region, await canvas.query({ type: 'canvas.get' }), '/body/region', errors);
      errors.throwIfAny();
    }
    const to = await this.#targetOf(canvas, input);
    if (this.#queue.size >= MOST_WAITING) throw new Problem('overloaded', 'Too many rewinds wait.');
    return [to, await this.#queue.add(() => planRewind(canvas, to, scope))];
  }

  async #targetOf(canvas: CanvasDocument, { seq, at }: RewindInput): Promise<Seq> {
    if ((seq === undefined) === (at === undefined)) {
      throw Problem.invalid('/body', 'must have exactly one of seq and at');
    }
    if (seq !== undefined) return seq;
    const time = Date.parse(at ?? '');
    if (Number.isNaN(time)) throw Problem.invalid('/body/at', 'is no time');
    if (time > this.#clock.now()) throw Problem.invalid('/body/at', 'is still to come');
    const found = await canvas.seqAt(time);
    if (found === 0) throw Problem.invalid('/body/at', 'is before the canvas was made');
    return found;
  }
}

/** What is sent along with a retry: nobody looks at it. */
const NOTHING: readonly [Seq, PlannedRewind] = [1, { seenUpTo: 1, pixels: new Uint8Array() }];
