import type { Logger } from 'pino';
import type { Subscriber } from '../../actors/door.ts';
import type { ConnectionId, UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { AwarenessEntry } from './awareness-update.ts';
import type { Clock } from './clock.ts';
import type { Connection, ConnectionHandler } from './connection.ts';
import type { DoorLease } from './door-leases.ts';
import { Hearing } from './hearing.ts';
import type { IdleWatch, Watched } from './idle-watch.ts';
import { MessageRate } from './message-rate.ts';
import { OwnAwareness } from './own-awareness.ts';
import type { UpdateLimits } from './room-limits.ts';
import { StayLog } from './stay-log.ts';
import type { YjsDocumentPort, YjsReplica } from './yjs-document.ts';
import type { YjsDoor, YjsGuest } from './yjs-door.ts';
import { YjsExchange } from './yjs-exchange.ts';
import { QUESTION_RATE } from './yjs-limits.ts';
import { decodeYjsMessage, frameAwareness, KEEP_ALIVE_FRAME, type YjsClientMessage } from './yjs-messages.ts';

/** To come back is of no use. */
const NOT_UNDERSTOOD = { code: 4400, reason: 'bad_message' };

export interface YjsSessionOptions {
  readonly connection: Pick<Connection, 'deliver' | 'close'>;
  readonly document: YjsDocumentPort;
  readonly replica: YjsReplica;
  readonly lease: DoorLease<YjsDoor>;
  readonly limits: UpdateLimits;
  readonly clock: Clock;
  /** Finds those to whom nothing was said for long. */
  readonly quietWatch: IdleWatch;
  readonly logger: Logger;
  /** A message had no effect. */
  readonly onRejected: (code: ProblemCode) => void;
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
}

/** One socket at `/v1/yjs/{documentId}`: what its messages mean, and what the document tells it. */
export class YjsSession implements ConnectionHandler, Subscriber, YjsGuest, Watched {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly door: YjsDoor;
  readonly #options: YjsSessionOptions;
  readonly #log: StayLog;
  readonly #exchange: YjsExchange;
  readonly #own: OwnAwareness;
  readonly #questions: MessageRate;
  /** The document knows this subscriber. Before that it takes no presence of it. */
  #hasJoined = false;
  #toldAt: number;
  readonly #hearing: Hearing<Uint8Array, YjsClientMessage>;

  constructor(options: YjsSessionOptions) {
    const { connection, document, replica, lease, limits, clock, logger, connectionId, userId } = options;
    this.#options = options;
    this.connectionId = connectionId;
    this.userId = userId;
    this.displayName = options.displayName;
    this.door = lease.door;
    this.#log = new StayLog(logger, clock, { documentId: document.id, connectionId, userId });
    this.#own = new OwnAwareness(connectionId, lease.door.awareness);
    this.#questions = new MessageRate(QUESTION_RATE, clock);
    this.#toldAt = clock.now();
    this.#exchange = new YjsExchange({
      replica,
      door: lease.door,
      limits,
      clock,
      log: this.#log,
      caller: { by: userId, connectionId },
      tell: (frames, isCatchUp) => this.#tell(frames, false, isCatchUp),
      onRefused: (problem) => this.#refused(problem),
      close: (code, reason) => connection.close(code, reason),
    });
    this.#hearing = new Hearing({
      connection,
      parse: decodeYjsMessage,
      understood: (message) => this.#understood(message),
      misunderstood: (problem) => this.#refused(problem),
      end: NOT_UNDERSTOOD,
    });
  }

  get about(): Readonly<Record<string, string>> {
    return this.#log.fields;
  }

  /** For the watch it is the client that must hear something: without it for 30 s it takes the line for dead. */
  get heardAt(): number {
    return this.#toldAt;
  }

  idle(): void {
    this.#tell(KEEP_ALIVE_FRAME, false);
  }

  opened(): void {
    this.#options.quietWatch.add(this);
    this.#log.joined(undefined);
    this.door.admit(this);
    this.#options.document.join(this);
  }

  ended(): void {
    this.#log.left();
    this.#options.quietWatch.remove(this);
    this.door.dismiss(this.connectionId);
    this.#options.document.leave(this.connectionId);
    this.#options.lease.release();
  }

  deliver(frames: Uint8Array, droppable: boolean): void {
    this.#tell(frames, droppable);
    if (this.#hasJoined) return;
    this.#hasJoined = true;
    // Only when this returns the document knows this subscriber.
    if (!this.#own.isEmpty) queueMicrotask(() => this.#showPresence());
  }

  close(code: number, reason: string): void {
    this.#options.connection.close(code, reason);
  }

  resync(): void {
    this.#exchange.resync();
  }

  text(): void {
    this.#hearing.misunderstood(new Problem('bad_message', 'This door takes binary frames only.'));
  }

  binary(bytes: Uint8Array): void {
    this.#options.document.touchPresence(this.connectionId);
    this.#hearing.hear(bytes);
  }

  rateLimited(): void {
    this.#options.onRejected('rate_limited');
    this.#exchange.lost();
  }

  /** @throws Problem `bad_message` */
  #understood(message: YjsClientMessage): void {
    switch (message.type) {
      case 'step1':
        if (this.#mayAsk()) this.#exchange.answer(message.stateVector);
        return;
      case 'update':
        this.#exchange.merge(message.update, message.isAnswer);
        return;
      case 'awareness':
        this.#show(message.entries);
        return;
      case 'queryAwareness':
        // Before it has joined nobody says who left; it is told of all when it has.
        if (this.#mayAsk() && this.#hasJoined) this.#tell(frameAwareness(this.door.awareness.all()), true);
        return;
      default:
        unreachable(message);
    }
  }

  #show(entries: readonly AwarenessEntry[]): void {
    const taken = this.#own.take(entries);
    if (taken.length === 0) return;
    if (this.#hasJoined) this.#showPresence();
    // A client expects to hear itself, as from the server of y-websocket.
    this.#tell(frameAwareness(taken), true);
  }

  #showPresence(): void {
    this.#options.document.setPresence(this.connectionId, this.#own.presence);
  }

  /** Whoever asks without end is not answered, and asks again. */
  #mayAsk(): boolean {
    if (this.#questions.take() === 'accepted') return true;
    this.#options.onRejected('rate_limited');
    return false;
  }

  #refused(problem: Problem): void {
    const { logger, onRejected } = this.#options;
    if (problem.code === 'internal') {
      logger.error({ ...this.about, err: problem.cause ?? problem }, 'yjs message failed');
    } else this.#log.refused(problem);
    onRejected(problem.code);
  }

  #tell(frames: Uint8Array, droppable: boolean, isCatchUp = false): void {
    this.#toldAt = this.#options.clock.now();
    this.#options.connection.deliver(frames, droppable, isCatchUp);
  }
}
