import type { AnyDocumentKind } from '../documents/kind.ts';
import type { ConnectionId, DocumentId, Seq } from '../protocol/ids.ts';
import type { DocumentStore } from '../storage/port.ts';
import type { Reply } from './ask.ts';
import type { Caller } from './caller.ts';
import type { Subscriber } from './door.ts';
import { queryAt } from './history.ts';
import type { DocumentMessage, Executed } from './messages.ts';
import type { TypedMessage } from './typed-message.ts';

/** A document, wherever its actor is. */
export interface DocumentRef {
  readonly id: DocumentId;
  /** Resolves when the change is durable. Rejects with a `Problem`. */
  execute(command: TypedMessage, caller: Caller): Promise<Executed>;
  /** Answered after what was asked before is durable. Rejects with a `Problem`. */
  query(query: TypedMessage): Promise<unknown>;
  /** The `seq` of the last event, once it is durable. */
  head(): Promise<Seq>;
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
