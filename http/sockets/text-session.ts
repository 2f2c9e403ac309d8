import type { Logger } from 'pino';
import type { ConnectionId, Seq, UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { TextClientMessage, TextErrorCode } from '../../protocol/text-socket.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Clock } from './clock.ts';
import type { ConnectionHandler } from './connection.ts';
import { Hearing } from './hearing.ts';
import type { IdleWatch, Watched } from './idle-watch.ts';
import type { MessageParser } from './message-parser.ts';
import { StayLog } from './stay-log.ts';
import { encodeText, type TextDoor } from './text-door.ts';
import { textErrorOf } from './text-error.ts';
import type { TextLimits } from './text-limits.ts';
import { type StayMessage, type TextConnection, type TextDocumentPort, TextStay } from './text-stay.ts';
import type { Visitor } from './visitor-query.ts';

/** 45xx: may come back. */
const CLOSE_IDLE = 4508;

export interface TextSessionOptions {
  readonly connection: TextConnection;
  readonly document: TextDocumentPort;
  readonly door: TextDoor;
  readonly parser: MessageParser<TextClientMessage>;
  readonly limits: TextLimits;
  readonly clock: Clock;
  readonly idleWatch: IdleWatch;
  readonly logger: Logger;
  /** A message was answered with an error. */
  readonly onRejected: (code: TextErrorCode) => void;
  readonly connectionId: ConnectionId;
  /** Absent: the first message says who it is. */
  readonly visitor?: Visitor;
  readonly lastSeq?: Seq;
}

/** One socket at `/ws/documents/{id}`: what its messages mean. */
export class TextSession implements ConnectionHandler, Watched {
  readonly #options: TextSessionOptions;
  readonly #hearing: Hearing<string, TextClientMessage>;
  /** Absent until it has joined. */
  #stay: TextStay | undefined;
  #log: StayLog | undefined;
  #heardAt: number;

  constructor(options: TextSessionOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#hearing = new Hearing({
      connection: options.connection,
      parse: (text) => options.parser.parse(text),
      understood: (message) => this.#understood(message),
      misunderstood: (problem) => this.#misunderstood(problem),
    });
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  get about(): Readonly<Record<string, string>> | undefined {
    return this.#log?.fields;
  }

  opened(): void {
    const { idleWatch, visitor } = this.#options;
    idleWatch.add(this);
    if (visitor !== undefined) this.#join(visitor);
  }

  ended(): void {
    this.#options.idleWatch.remove(this);
    this.#stay?.leave();
  }

  idle(): void {
    this.#options.connection.close(CLOSE_IDLE, 'idle');
  }

  text(text: string): void {
    this.#heardAt = this.#options.clock.now();
    this.#hearing.hear(text);
  }

  binary(): void {
    this.#heardAt = this.#options.clock.now();
    this.#hearing.misunderstood(new Problem('bad_message', 'This door takes text frames only.'));
  }

  rateLimited(): void {
    this.#tell('rate_limited', 'Too many messages; some were not read. Send again what is not acknowledged.');
  }

  #understood(message: TextClientMessage): void {
    switch (message.type) {
      case 'join':
        this.#joinAs(message);
        return;
      case 'ping':
        this.#stay?.touch();
        this.#pong(message.ts);
        return;
      case 'update':
      case 'snapshot':
      case 'presence':
        if (this.#stay === undefined) this.#notJoined(message);
        else this.#stay.take(message);
        return;
      default:
        unreachable(message);
    }
  }

  #pong(ts: number | undefined): void {
    const pong = { type: 'pong', ...(ts === undefined ? {} : { ts }), serverTs: Date.now() } as const;
    this.#deliver(encodeText(pong));
  }

  /** A client that joined by its query may still say so: the requirement has both. */
  #joinAs({ userId, displayName = userId }: Extract<TextClientMessage, { type: 'join' }>): void {
    if (this.#stay === undefined) this.#join({ userId: userId as UserId, displayName });
    else if (this.#stay.userId !== userId) {
      this.#tell('bad_message', `This socket has joined as ${this.#stay.userId}.`);
    }
  }

  #join(visitor: Visitor): void {
    const { connection, document, door, limits, clock, connectionId, lastSeq } = this.#options;
    const { userId } = visitor;
    const log = new StayLog(this.#options.logger, clock, { documentId: document.id, connectionId, userId });
    this.#log = log;
    this.#stay = new TextStay({
      connection,
      document,
      door,
      limits,
      connectionId,
      visitor,
      clock,
      log,
      ...(lastSeq === undefined ? {} : { lastSeq }),
      onRefused: (problem, opId) => this.#refused(problem, opId),
    });
    this.#stay.join();
  }

  #notJoined(message: StayMessage): void {
    this.#tell('not_joined', 'Say `join` first.', message.type === 'update' ? message.opId : undefined);
  }

  #refused(problem: Problem, opId?: string): void {
    if (problem.code === 'internal') {
      this.#options.logger.error({ ...this.about, err: problem.cause ?? problem }, 'text message failed');
    } else this.#log?.refused(problem, opId);
    this.#tell(textErrorOf(problem.code), problem.message, opId);
  }

  #misunderstood(problem: Problem): void {
    const opId = problem.extra?.['opId'];
    this.#tell(textErrorOf(problem.code), problem.message, typeof opId === 'string' ? opId : undefined);
  }

  #tell(code: TextErrorCode, message: string, opId?: string): void {
    this.#options.onRejected(code);
    this.#deliver(encodeText({ type: 'error', code, message, ...(opId === undefined ? {} : { opId }) }));
  }

  #deliver(frame: Uint8Array): void {
    if (this.#stay === undefined) this.#options.connection.deliver(frame, false);
    else this.#stay.tell(frame);
  }
}
