import type { Caller } from '../../actors/caller.ts';
import type { Subscriber } from '../../actors/door.ts';
import type { Executed } from '../../actors/messages.ts';
import type { AnnotationCommand, MergeReport } from '../../protocol/annotation-messages.ts';
import type { ConnectionId, DocumentId, Seq, UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { RoomErrorCode } from '../../protocol/room-socket.ts';
import type { Clock } from './clock.ts';
import { CLOSE_POLICY, CLOSE_TRY_AGAIN_LATER, type Connection } from './connection.ts';
import { problemOf } from './problem-of.ts';
import { type OpenFrame, RoomAnswers } from './room-answers.ts';
import type { RoomDoor } from './room-door.ts';
import type { UpdateLimits } from './room-limits.ts';
import type { StayLog } from './stay-log.ts';
import { UpdateBudget } from './update-budget.ts';

/** What a stay needs of a document: `DocumentRef` of the runtime. */
export interface RoomDocumentPort {
  readonly id: DocumentId;
  execute(command: AnnotationCommand, caller: Caller): Promise<Executed>;
  join(subscriber: Subscriber, afterSeq?: Seq): void;
  leave(connectionId: ConnectionId): void;
  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void;
  touchPresence(connectionId: ConnectionId): void;
}

/** What is needed of a connection. */
export type RoomConnection = Pick<Connection, 'deliver' | 'close'>;

export interface RoomStayOptions {
  readonly connection: RoomConnection;
  readonly document: RoomDocumentPort;
  readonly door: RoomDoor;
  readonly limits: UpdateLimits;
  readonly clock: Clock;
  readonly log: StayLog;
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly lastSeq?: Seq;
  /** A frame was answered with an error. */
  readonly onRejected: (code: RoomErrorCode) => void;
  /** A defect, not the client's. */
  readonly onDefect: (error: unknown) => void;
}

/** One who is at a room: what it does there, and what the room tells it. */
export class RoomStay implements Subscriber {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly door: RoomDoor;
  readonly answers: RoomAnswers;
  readonly #options: RoomStayOptions;
  readonly #budget: UpdateBudget;
  /** What is to be done after the first delivery, which is the room and what was missed; absent once it has come. */
  #held: (() => void)[] | undefined = [];

  constructor(options: RoomStayOptions) {
    const { log, onRejected } = options;
    this.#options = options;
    this.#budget = new UpdateBudget(options.limits, options.clock);
    this.connectionId = options.connectionId;
    this.userId = options.userId;
    this.displayName = options.displayName;
    this.door = options.door;
    this.answers = new RoomAnswers({
      onAcknowledged: ({ length, heardAt }, seq) => log.changed({ seq, bytes: length, heardAt }),
      onRefused: (code) => {
        log.refused({ code });
        onRejected(code);
      },
    });
  }

  join(): void {
    const { document, door, lastSeq, log } = this.#options;
    log.joined(lastSeq);
    door.admit(this);
    document.join(this, lastSeq);
  }

  leave(): void {
    const { document, door, log } = this.#options;
    log.left();
    door.dismiss(this.connectionId);
    document.leave(this.connectionId);
  }

  deliver(frames: Uint8Array, droppable: boolean): void {
    const { connection } = this.#options;
    connection.deliver(frames, droppable, this.#held !== undefined);
    if (this.answers.isHopeless) connection.close(CLOSE_POLICY, 'too many bad updates');
    // What is done before the document knows this subscriber would be told as another's: it has not, until this returns.
    if (this.#held !== undefined) queueMicrotask(() => this.#release());
  }

  close(code: number, reason: string): void {
    this.#options.connection.close(code, reason);
  }

  /** A binary frame. */
  take(update: Uint8Array): void {
    const { document } = this.#options;
    document.touchPresence(this.connectionId);
    const frame = this.#open(update.length);
    try {
      this.#budget.take(update.length);
    } catch (error) {
      this.#giveUp(frame, problemOf(error));
      return;
    }
    this.#onceShown(() => this.#merge(frame, update));
  }

  /** A binary frame that was not read. */
  skip(): void {
    const problem = new Problem(
      'rate_limited',
      'Too many messages; this one was not read. Send it again later.',
    );
    this.#giveUp(this.#open(0), problem);
  }

  /** Frames that need not be in any place among the others. */
  tell(frames: Uint8Array): void {
    this.#onceShown(() => this.#options.connection.deliver(frames, false));
  }

  setPresence(data: Readonly<Record<string, unknown>>): void {
    this.#options.document.setPresence(this.connectionId, data);
  }

  touch(): void {
    this.#options.document.touchPresence(this.connectionId);
  }

  #open(length: number): OpenFrame {
    return this.answers.open(length, this.#options.clock.now());
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const act of held) act();
  }

  #onceShown(act: () => void): void {
    if (this.#held === undefined) act();
    else this.#held.push(act);
  }

  /** Answered by the door, in its place among the facts. */
  #merge(frame: OpenFrame, update: Uint8Array): void {
    const caller = { by: this.userId, connectionId: this.connectionId };
    this.#options.document
      .execute({ type: 'annotations.merge', update }, caller)
      .then(
        ({ answer }) => {
          const { quarantined } = answer as MergeReport;
          if (quarantined.length > 0) frame.quarantined = quarantined;
        },
        (error: unknown) => this.#failed(frame, problemOf(error)),
      )
      .finally(() => this.#budget.settle(update.length));
  }

  #failed(frame: OpenFrame, problem: Problem): void {
    switch (problem.code) {
      case 'overloaded':
        this.#giveUp(frame, problem);
        return;
      case 'internal':
        this.#options.onDefect(problem.cause ?? problem);
        this.#breakOff();
        return;
      case 'unavailable':
        this.#breakOff();
        return;
      default:
      // The document refused it, and says so by the door.
    }
  }

  /** Nobody knows whether an update happened, so no answer to it, and to what came after it, would be true. */
  #breakOff(): void {
    this.#options.onRejected('unavailable');
    this.close(CLOSE_TRY_AGAIN_LATER, 'unavailable');
  }

  #giveUp(frame: OpenFrame, problem: Problem): void {
    this.#onceShown(() => this.#options.connection.deliver(this.answers.giveUp(frame, problem), false));
  }
}
