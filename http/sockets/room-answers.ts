import type { MergeReport } from '../../protocol/annotation-messages.ts';
import type { Seq } from '../../protocol/ids.ts';
import type { Problem } from '../../protocol/problem.ts';
import type { RoomErrorCode } from '../../protocol/room-socket.ts';
import { roomErrorOf } from './room-error.ts';
import { encodeRoom } from './room-frames.ts';

/** Frames in a row that are no updates; a client that makes such will not learn it from more answers. */
const MAX_BAD_IN_ROW = 3;

/** A binary frame of the client that was not answered yet. */
export interface OpenFrame {
  /** Counted from 1 on its socket. */
  readonly number: number;
  /** Bytes of it. */
  readonly length: number;
  /** On the clock of the sockets: when it came. */
  readonly heardAt: number;
  /** It never reached the document: this is its answer. Absent: the document answers. */
  refusal?: Uint8Array;
  /** What the document made of it, where that is not all good. */
  quarantined?: MergeReport['quarantined'];
}

export interface RoomAnswersOptions {
  /** A frame was acknowledged. */
  readonly onAcknowledged: (frame: OpenFrame, seq: Seq) => void;
  /** A frame was answered with an error. */
  readonly onRefused: (code: RoomErrorCode) => void;
}

/**
 * The answers to one socket's binary frames: each frame gets one, in the order of the frames, for a client tells its
 * frames apart by nothing else. Most answers are the document's, in their place among its facts; the door asks for them
 * when it writes that place. What never reached the document (too large, too fast) waits here for those before it.
 *
 * Invariant: the oldest open frame waits for the document.
 */
export class RoomAnswers {
  readonly #options: RoomAnswersOptions;
  /** In the order of the frames. */
  readonly #open = new Set<OpenFrame>();
  #frames = 0;
  #badInRow = 0;

  constructor(options: RoomAnswersOptions) {
    this.#options = options;
  }

  /** Too many frames in a row were no updates. */
  get isHopeless(): boolean {
    return this.#badInRow >= MAX_BAD_IN_ROW;
  }

  /** A frame came. */
  open(length: number, heardAt: number): OpenFrame {
    this.#frames += 1;
    const frame = { number: this.#frames, length, heardAt };
    this.#open.add(frame);
    return frame;
  }

  /**
   * A frame will not be answered by the document.
   * @returns frames to be written now; empty where others must be answered first
   */
  giveUp(frame: OpenFrame, problem: Problem): Uint8Array {
    frame.refusal = this.#errorOf(frame, problem);
    return Buffer.concat(this.#ready());
  }

  /** The document took the oldest open frame. @returns the frames that say so, and what may follow them by now */
  acknowledge(seq: Seq): Uint8Array | undefined {
    const frame = this.#oldest();
    if (frame === undefined) return undefined;
    this.#badInRow = 0;
    this.#options.onAcknowledged(frame, seq);
    const parts = [encodeRoom({ type: 'ack', seq })];
    if (frame.quarantined !== undefined) parts.push(this.#quarantineOf(frame.quarantined));
    return Buffer.concat([...parts, ...this.#ready()]);
  }

  /** The document refused the oldest open frame. @returns as `acknowledge` */
  refuse(problem: Problem): Uint8Array | undefined {
    const frame = this.#oldest();
    if (frame === undefined) return undefined;
    if (roomErrorOf(problem) === 'bad_update') this.#badInRow += 1;
    return Buffer.concat([this.#errorOf(frame, problem), ...this.#ready()]);
  }

  #oldest(): OpenFrame | undefined {
    const [frame] = this.#open;
    if (frame !== undefined) this.#open.delete(frame);
    return frame;
  }

  /** Answers that have waited for no more than what was just answered. */
  #ready(): Uint8Array[] {
    const ready: Uint8Array[] = [];
    for (const frame of this.#open) {
      if (frame.refusal === undefined) break;
      this.#open.delete(frame);
      ready.push(frame.refusal);
    }
    return ready;
  }

  #errorOf({ number }: OpenFrame, problem: Problem): Uint8Array {
    const code = roomErrorOf(problem);
    this.#options.onRefused(code);
    const { stateVector, retryAfterMs } = problem.extra ?? {};
    return encodeRoom({
      type: 'error',
      code,
      message: problem.message,
      frame: number,
      ...(code === 'missing_updates' && typeof stateVector === 'string' ? { stateVector } : {}),
      ...(code === 'rate_limited' && typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    });
  }

  #quarantineOf(entries: MergeReport['quarantined']): Uint8Array {
    this.#options.onRefused('quarantined');
    const message = 'Some entries do not validate; nobody else sees them until they are mended.';
    return encodeRoom({
      type: 'error',
      code: 'quarantined',
      message,
      entries: entries.map(({ id, path, message }) => ({ id, path, message })),
    });
  }
}
