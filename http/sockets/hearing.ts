import { Problem } from '../../protocol/problem.ts';
import { CLOSE_POLICY, type Connection } from './connection.ts';

/** A client that says only what nobody understands will not learn it from more answers. */
const MAX_ERRORS_IN_ROW = 20;
const TOO_MANY = { code: CLOSE_POLICY, reason: 'too many bad messages' };

export interface HearingOptions<Frame, Message> {
  readonly connection: Pick<Connection, 'close'>;
  /** @throws Problem where the frame is no message of this door */
  readonly parse: (frame: Frame) => Message;
  /** @throws Problem where the message makes no sense now */
  readonly understood: (message: Message) => void;
  /** Tells the client so. */
  readonly misunderstood: (problem: Problem) => void;
  /** How it ends with a client that nobody understands; default: 1008. */
  readonly end?: { readonly code: number; readonly reason: string };
}

/** Hears what one client says: answers what is not understood, and ends where nothing else comes. */
export class Hearing<Frame, Message> {
  readonly #options: HearingOptions<Frame, Message>;
  #errorsInRow = 0;

  constructor(options: HearingOptions<Frame, Message>) {
    this.#options = options;
  }

  hear(frame: Frame): void {
    try {
      this.#options.understood(this.#options.parse(frame));
      this.#errorsInRow = 0;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.misunderstood(error);
    }
  }

  misunderstood(problem: Problem): void {
    const { connection, end = TOO_MANY } = this.#options;
    this.#options.misunderstood(problem);
    this.#errorsInRow += 1;
    if (this.#errorsInRow >= MAX_ERRORS_IN_ROW) connection.close(end.code, end.reason);
  }
}
