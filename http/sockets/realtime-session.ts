import type { Subscriber } from '../../actors/door.ts';
import type { ConnectionId, Seq, UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { RealtimeClientMessage, RealtimeErrorCode } from '../../protocol/realtime.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Connection, ConnectionHandler } from './connection.ts';
import { Hearing } from './hearing.ts';
import type { MessageParser } from './message-parser.ts';
import { encodeRealtime, type RealtimeDoor } from './realtime-door.ts';
import type { Lease } from './realtime-doors.ts';

/** What a session needs of a document: `DocumentRef` of the runtime. */
export interface JoinableDocument {
  join(subscriber: Subscriber, afterSeq?: Seq): void;
  leave(connectionId: ConnectionId): void;
  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void;
  touchPresence(connectionId: ConnectionId): void;
}

export interface RealtimeSessionOptions {
  readonly connection: Connection;
  readonly document: JoinableDocument;
  readonly lease: Lease;
  readonly parser: MessageParser<RealtimeClientMessage>;
  readonly onRejected: (code: RealtimeErrorCode) => void;
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly lastSeq?: Seq;
}

/** One stay at `/v1/realtime`: what its messages mean, and what the document tells it. */
export class RealtimeSession implements ConnectionHandler, Subscriber {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly door: RealtimeDoor;
  readonly #options: RealtimeSessionOptions;
  readonly #hearing: Hearing<string, RealtimeClientMessage>;

  constructor(options: RealtimeSessionOptions) {
    this.#options = options;
    this.connectionId = options.connectionId;
    this.userId = options.userId;
    this.displayName = options.displayName;
    this.door = options.lease.door;
    this.#hearing = new Hearing({
      connection: options.connection,
      parse: (text) => options.parser.parse(text),
      understood: (message) => this.#understood(message),
      misunderstood: ({ code, message }) =>
        this.#tell(code === 'bad_json' ? 'bad_json' : 'bad_message', message),
    });
  }

  opened(): void {
    this.#options.document.join(this, this.#options.lastSeq);
  }

  ended(): void {
    this.#options.lease.release();
    this.#options.document.leave(this.connectionId);
  }

  deliver(frames: Uint8Array, droppable: boolean): void {
    this.#options.connection.deliver(frames, droppable);
  }

  close(code: number, reason: string): void {
    this.#options.connection.close(code, reason);
  }

  text(text: string): void {
    this.#hearing.hear(text);
  }

  binary(): void {
    this.#hearing.misunderstood(new Problem('bad_message', 'This door takes text frames only.'));
  }

  rateLimited(): void {
    this.#tell('rate_limited', 'Too many messages; some were not read.');
  }

  #understood(message: RealtimeClientMessage): void {
    const { document, connection } = this.#options;
    switch (message.type) {
      case 'presence': {
        const { type: _, ...data } = message;
        document.setPresence(this.connectionId, data);
        return;
      }
      case 'ping':
        document.touchPresence(this.connectionId);
        connection.deliver(
          encodeRealtime({ type: 'pong', ...(message.ts === undefined ? {} : { ts: message.ts }) }),
          false,
        );
        return;
      default:
        unreachable(message);
    }
  }

  #tell(code: RealtimeErrorCode, message: string): void {
    this.#options.onRejected(code);
    this.#options.connection.deliver(encodeRealtime({ type: 'error', code, message }), false);
  }
}
