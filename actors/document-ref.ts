import type { AnyDocumentKind } from '../documents/kind.ts';
import type { ConnectionId, DocumentId, OperationId, Seq } from '../protocol/ids.ts';
import type { DocumentStore } from '../storage/port.ts';
import type { Reply } from './ask.ts';
import type { Caller } from './caller.ts';
import type { DocumentStatus } from './document-status.ts';
import type { Subscriber } from './door.ts';
import { type EventList, listEvents } from './event-list.ts';
import { type LoggedEvent, readLog, seqAt } from './event-log.ts';
import { queryAt, stateAt } from './history.ts';
import type { DocumentMessage, Executed, Hold } from './messages.ts';
import type { TypedMessage } from './typed-message.ts';

export type { DocumentStatus } from './document-status.ts';
export type { EventInfo, EventList } from './event-list.ts';
export type { LoggedEvent } from './event-log.ts';

/** A document, wherever its actor is. */
export interface DocumentRef {
  readonly id: DocumentId;
  /**
   * Resolves when the change is durable. Rejects with a `Problem`: one that the document refused for, which
   * `Door.encodeRefusal` tells in its place, or `overloaded` or `unavailable`, which have no place and come from the
   * runtime alone.
   */
  execute(command: TypedMessage, caller: Caller): Promise<Executed>;
  /** Answered after what was asked before is durable. Rejects with a `Problem`. */
  query(query: TypedMessage): Promise<unknown>;
  /** The `seq` of the last event, once it is durable. */
  head(): Promise<Seq>;
  /** Whether this operation is done, so that `execute` answers as it did then, whatever has become of its conditions. */
  hasDone(operationId: OperationId): Promise<boolean>;
  /** As of the last durable event. */
  status(): Promise<DocumentStatus>;
  /** Writes a snapshot now; resolves with its `seq` when it is stored. */
  snapshot(): Promise<Seq>;
  /** The kind's snapshot of the state after event `seq`. Rejects with Problem `state_gone`, also where it is ahead. */
  stateAt(seq: Seq): Promise<Uint8Array>;
  /** Does something during which the state after event `seq` is not pruned, where it is kept now. */
  keeping<T>(seq: Seq, use: () => Promise<T>): Promise<T>;
  /** What happened after `afterSeq`, as far as it is kept, oldest first; at most `limit` events. */
  events(afterSeq: Seq, limit: number): Promise<EventList>;
  /** The events with `afterSeq < seq <= upTo` (default: all that are durable), as far as they are kept, in chunks. */
  log(afterSeq: Seq, upTo?: Seq): AsyncIterable<readonly LoggedEvent[]>;
  /** The last event at or before a time, in ms since 1970; 0: none. Rejects with Problem `state_gone` where it is pruned. */
  seqAt(at: number): Promise<Seq>;
  /** The answer as it would have been after event `seq`. Rejects with Problem `state_gone`. */
  queryAt(seq: Seq, query: TypedMessage): Promise<unknown>;
  /** The welcome comes first, then what was missed since `afterSeq` (or a resync), then live facts. */
  join(subscriber: Subscriber, afterSeq?: Seq): void;
  leave(connectionId: ConnectionId): void;
  /** Tells the others; replaces what was there; expires unless it is set or touched again. */
  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void;
  touchPresence(connectionId: ConnectionId): void;
  /** Tells all subscribers something that is not in the log. */
  transient(fact: unknown): void;
}

/** What a local reference needs of the process that holds the actors. */
export interface DocumentHost {
  readonly store: DocumentStore;
  /** Starts the actor where it is not in memory. */
  ask<T>(kind: AnyDocumentKind, id: DocumentId, message: (reply: Reply<T>) => DocumentMessage): Promise<T>;
  join(kind: AnyDocumentKind, id: DocumentId, subscriber: Subscriber, afterSeq: Seq | undefined): void;
  /** Tells the actor, where it is in memory. */
  tell(id: DocumentId, message: DocumentMessage): void;
}

/** A document whose actor is in this process. */
export class LocalDocument implements DocumentRef {
  readonly id: DocumentId;
  readonly #host: DocumentHost;
  readonly #kind: AnyDocumentKind;

  constructor(host: DocumentHost, kind: AnyDocumentKind, id: DocumentId) {
    this.#host = host;
    this.#kind = kind;
    this.id = id;
  }

  execute(command: TypedMessage, caller: Caller): Promise<Executed> {
    return this.#host.ask(this.#kind, this.id, (reply) => ({ type: 'execute', command, caller, reply }));
  }

  query(query: TypedMessage): Promise<unknown> {
    return this.#host.ask(this.#kind, this.id, (reply) => ({ type: 'query', query, reply }));
  }

  head(): Promise<Seq> {
    return this.#host.ask(this.#kind, this.id, (reply) => ({ type: 'head', reply }));
  }

  hasDone(operationId: OperationId): Promise<boolean> {
    return this.#host.ask(this.#kind, this.id, (reply) => ({ type: 'recall', operationId, reply }));
  }

  status(): Promise<DocumentStatus> {
    return this.#host.ask(this.#kind, this.id, (reply) => ({ type: 'status', reply }));
  }

  snapshot(): Promise<Seq> {
    return this.#host.ask(this.#kind, this.id, (reply) => ({ type: 'snapshot', reply }));
  }

  stateAt(seq: Seq): Promise<Uint8Array> {
    return stateAt(this.#host.store, this.#kind, this.id, seq);
  }

  async keeping<T>(seq: Seq, use: () => Promise<T>): Promise<T> {
    const hold: Hold = { seq };
    try {
      await this.#host.ask<void>(this.#kind, this.id, (reply) => ({ type: 'hold', hold, reply }));
      return await use();
    } finally {
      this.#host.tell(this.id, { type: 'letGo', hold });
    }
  }

  events(afterSeq: Seq, limit: number): Promise<EventList> {
    return listEvents(this.#host.store, this.#kind, this.id, afterSeq, limit);
  }

  log(afterSeq: Seq, upTo?: Seq): AsyncIterable<readonly LoggedEvent[]> {
    return readLog(this.#host.store, this.#kind, this.id, afterSeq, upTo);
  }

  seqAt(at: number): Promise<Seq> {
    return seqAt(this.#host.store, this.id, at);
  }

  queryAt(seq: Seq, query: TypedMessage): Promise<unknown> {
    return queryAt(this.#host.store, this.#kind, this.id, seq, query);
  }

  join(subscriber: Subscriber, afterSeq?: Seq): void {
    this.#host.join(this.#kind, this.id, subscriber, afterSeq);
  }

  // A document that is not in memory has no subscribers: there is nobody to tell.

  leave(connectionId: ConnectionId): void {
    this.#host.tell(this.id, { type: 'leave', connectionId });
  }

  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void {
    this.#host.tell(this.id, { type: 'presence', connectionId, data });
  }

  touchPresence(connectionId: ConnectionId): void {
    this.#host.tell(this.id, { type: 'presence', connectionId });
  }

  transient(fact: unknown): void {
    this.#host.tell(this.id, { type: 'transient', fact });
  }
}
