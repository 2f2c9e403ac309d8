import type { Caller } from '../../actors/caller.ts';
import type { Door, Subscriber } from '../../actors/door.ts';
import type { Executed } from '../../actors/messages.ts';
import type { ConnectionId, DocumentId, OperationId, Seq, UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { SnapshotReport, TextCommand } from '../../protocol/text-messages.ts';
import type { TextClientMessage } from '../../protocol/text-socket.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { base64Length, decodeBase64 } from './base64.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { problemOf } from './problem-of.ts';
import type { StayLog } from './stay-log.ts';
import { encodeText } from './text-door.ts';
import type { TextLimits } from './text-limits.ts';
import { UnackedBytes } from './unacked-bytes.ts';
import type { Visitor } from './visitor-query.ts';

/** What a stay needs of a document: `DocumentRef` of the runtime. */
export interface TextDocumentPort {
  readonly id: DocumentId;
  execute(command: TextCommand, caller: Caller): Promise<Executed>;
  head(): Promise<Seq>;
  join(subscriber: Subscriber, afterSeq?: Seq): void;
  leave(connectionId: ConnectionId): void;
  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void;
  touchPresence(connectionId: ConnectionId): void;
}

/** What is needed of a connection. */
export type TextConnection = Pick<Connection, 'deliver' | 'close'>;

export interface TextStayOptions {
  readonly connection: TextConnection;
  readonly document: TextDocumentPort;
  readonly door: Door;
  readonly limits: TextLimits;
  readonly connectionId: ConnectionId;
  readonly visitor: Visitor;
  readonly lastSeq?: Seq;
  readonly clock: Clock;
  readonly log: StayLog;
  /** A message had no effect. */
  readonly onRefused: (problem: Problem, opId?: string) => void;
}

type MessageOf<Type> = Extract<TextClientMessage, { type: Type }>;
/** What only one who has joined may say. */
export type StayMessage = MessageOf<'update' | 'snapshot' | 'presence'>;

/** One who has joined a text document: what it does there, and what the document tells it. */
export class TextStay implements Subscriber {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly door: Door;
  readonly #options: TextStayOptions;
  /** What comes after the first delivery, which is the state and what follows it; absent once that has come. */
  #held: Uint8Array[] | undefined = [];
  readonly #unacked: UnackedBytes;

  constructor(options: TextStayOptions) {
    this.#options = options;
    this.#unacked = new UnackedBytes(options.limits.unackedBytes);
    this.connectionId = options.connectionId;
    this.userId = options.visitor.userId;
    this.displayName = options.visitor.displayName;
    this.door = options.door;
  }

  join(): void {
    const { document, lastSeq, log } = this.#options;
    log.joined(lastSeq);
    document.join(this, lastSeq);
  }

  leave(): void {
    this.#options.log.left();
    this.#options.document.leave(this.connectionId);
  }

  deliver(frames: Uint8Array, droppable: boolean): void {
    const { connection } = this.#options;
    const held = this.#held;
    connection.deliver(frames, droppable, held !== undefined);
    if (held === undefined) return;
    this.#held = undefined;
    for (const frame of held) connection.deliver(frame, false);
  }

  /** A frame that needs not be in any place among the others, but for the state, which is first. */
  tell(frame: Uint8Array): void {
    if (this.#held === undefined) this.#options.connection.deliver(frame, false);
    else this.#held.push(frame);
  }

  close(code: number, reason: string): void {
    this.#options.connection.close(code, reason);
  }

  take(message: StayMessage): void {
    switch (message.type) {
      case 'update':
        this.#update(message);
        return;
      case 'snapshot':
        this.#snapshot(message);
        return;
      case 'presence': {
        const { type: _, ...data } = message;
        this.#options.document.setPresence(this.connectionId, data);
        return;
      }
      default:
        unreachable(message);
    }
  }

  touch(): void {
    this.#options.document.touchPresence(this.connectionId);
  }

  /** Acknowledged by the door, in its place among the facts. */
  #update({ opId, actorId = this.userId, baseVersion, deltaB64 }: MessageOf<'update'>): void {
    const { document, limits, clock, log, onRefused } = this.#options;
    const heardAt = clock.now();
    this.#attempt(opId, () => {
      const delta = this.#bytes('deltaB64', deltaB64, limits.deltaBytes);
      return document
        .execute(
          { type: 'update', actorId, delta, ...(baseVersion === undefined ? {} : { baseVersion }) },
          { ...this.#caller(), operationId: opId as OperationId },
        )
        .then(({ seq }) => log.changed({ operationId: opId, seq, bytes: delta.length, heardAt }))
        .catch((error: unknown) => onRefused(problemOf(error), opId))
        .finally(() => this.#unacked.settle(delta.length));
    });
    document.touchPresence(this.connectionId);
  }

  /** Acknowledged by the door too, unless there was nothing to store. */
  #snapshot({ version, snapshotB64 }: MessageOf<'snapshot'>): void {
    const { limits, log, onRefused } = this.#options;
    this.#attempt(undefined, () => {
      const bytes = this.#bytes('snapshotB64', snapshotB64, limits.snapshotBytes);
      return this.#replaceSnapshot(version, bytes)
        .then(({ stored }) => {
          if (stored) log.snapshotStored(version, bytes.length);
          else this.tell(encodeText({ type: 'snapshot_ack', version }));
        })
        .catch((error: unknown) => onRefused(problemOf(error)))
        .finally(() => this.#unacked.settle(bytes.length));
    });
  }

  /** Of no more than is durable: a state that the log may not have must not become the base of all others. */
  async #replaceSnapshot(version: Seq, bytes: Uint8Array): Promise<SnapshotReport> {
    const { document } = this.#options;
    if (version > (await document.head()))
      throw new Problem('bad_message', 'version is ahead of the document.');
    const { answer } = await document.execute({ type: 'snapshot', version, bytes }, this.#caller());
    return answer as SnapshotReport;
  }

  #caller(): Caller {
    return { by: this.userId, connectionId: this.connectionId };
  }

  /** @throws Problem */
  #bytes(field: string, text: string, limit: number): Uint8Array {
    if (base64Length(text) > limit) {
      throw new Problem('too_large', `${field} must not be more than ${limit} bytes.`);
    }
    const bytes = decodeBase64(text);
    if (bytes === undefined || bytes.length === 0) {
      throw new Problem('bad_message', `${field} must be bytes in padded base64.`);
    }
    this.#unacked.take(bytes.length);
    return bytes;
  }

  #attempt(opId: string | undefined, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#options.onRefused(problemOf(error), opId);
    }
  }
}
