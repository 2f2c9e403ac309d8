import type { ConnectionId, Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import { closeCodeOf, DOCUMENT_DELETED, INTERNAL_ERROR, TRY_AGAIN_LATER } from './close-codes.ts';
import type { Subscriber } from './door.ts';
import type { Fact, FactLog } from './fact-log.ts';
import type { DocumentMessage } from './messages.ts';
import type { Welcome } from './publisher.ts';
import type { TypedMessage } from './typed-message.ts';

/** A document, as those who come to it need it. */
export interface JoinableDocument {
  /** The last event that the state has; some may not be durable yet. */
  readonly seq: Seq;
  /** Deleted, as far as is durable. */
  readonly isDeleted: boolean;
  /** The latest facts, up to the last durable event. */
  readonly facts: FactLog;
  /** Asks the state. @throws Problem */
  ask(query: TypedMessage): unknown;
  /** The facts after `seq`, where the state itself remembers them; `none`: it never does. */
  factsAfter(seq: Seq): readonly Fact[] | 'forgotten' | 'none';
  /** Reads the facts after `afterSeq` from the log, up to about the last durable one; `undefined` where they are gone. */
  readFacts(afterSeq: Seq): Promise<readonly Fact[] | undefined>;
  /** Calls back once what happened until now is durable, before anything later is told: at once where it is. */
  inPlace(then: () => void): void;
  welcome(subscriber: Subscriber, welcome: Omit<Welcome, 'snapshotSeq'>): void;
  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void;
  send(message: DocumentMessage): void;
}

/** Somebody who has come and is not welcomed yet. */
interface Arrival {
  readonly subscriber: Subscriber;
  readonly afterSeq: Seq | undefined;
  /** The facts after `afterSeq` that are not in the fact log. */
  read: readonly Fact[];
  hasRead: boolean;
  /** Said before the welcome. */
  presence: Readonly<Record<string, unknown>> | undefined;
}

/**
 * From a join to the welcome. A newcomer is shown the state as it is when its join is processed; where that has events
 * that are not durable yet, it waits in its place among them.
 *
 * Invariant: the welcome's `seq` is that of the state that was shown, and what follows begins right after it.
 */
export class Joining {
  readonly #document: JoinableDocument;
  readonly #limit: number;
  readonly #arrivals = new Map<ConnectionId, Arrival>();

  /** @param limit arrivals that may wait */
  constructor(document: JoinableDocument, limit: number) {
    this.#document = document;
    this.#limit = limit;
  }

  /** Those who wait. */
  get size(): number {
    return this.#arrivals.size;
  }

  join(subscriber: Subscriber, afterSeq: Seq | undefined): void {
    if (this.#document.isDeleted) {
      subscriber.close(DOCUMENT_DELETED, 'document deleted');
      return;
    }
    if (this.#arrivals.size >= this.#limit) {
      subscriber.close(TRY_AGAIN_LATER, 'document is busy');
      return;
    }
    const arrival = { subscriber, afterSeq, read: NOTHING, hasRead: false, presence: undefined };
    this.#arrivals.set(subscriber.connectionId, arrival);
    this.#place(arrival);
  }

  /** What was missed has been read from the log. */
  caughtUp(subscriber: Subscriber, facts: readonly Fact[] | undefined): void {
    const arrival = this.#arrivals.get(subscriber.connectionId);
    if (arrival?.subscriber !== subscriber) return; // it left meanwhile
    if (this.#document.isDeleted) {
      this.#end(arrival, DOCUMENT_DELETED, 'document deleted');
    } else if (facts === undefined) {
      this.#begin(arrival, 'resync');
    } else {
      arrival.read = facts;
      this.#resume(arrival);
    }
  }

  leave(connectionId: ConnectionId): void {
    this.#arrivals.delete(connectionId);
  }

  /** @returns whether the connection waits here; its presence is told once it is welcomed */
  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): boolean {
    const arrival = this.#arrivals.get(connectionId);
    if (arrival !== undefined) arrival.presence = data;
    return arrival !== undefined;
  }

  /** The document ended: those who wait, and what they said, so that they can join the next incarnation. */
  abandon(): readonly DocumentMessage[] {
    const messages: DocumentMessage[] = [];
    for (const { subscriber, afterSeq, presence } of this.#arrivals.values()) {
      const { connectionId } = subscriber;
      messages.push({ type: 'join', subscriber, ...(afterSeq === undefined ? {} : { afterSeq }) });
      if (presence !== undefined) messages.push({ type: 'presence', connectionId, data: presence });
    }
    this.#arrivals.clear();
    return messages;
  }

  #place(arrival: Arrival): void {
    const { facts, seq } = this.#document;
    const { afterSeq } = arrival;
    if (afterSeq === undefined) {
      this.#begin(arrival, NOTHING);
    } else if (afterSeq > seq) {
      this.#begin(arrival, 'resync');
    } else if (arrival.subscriber.door.resumingFromState !== undefined) {
      this.#resumeFromState(arrival, afterSeq);
    } else if (afterSeq >= facts.since) {
      this.#resume(arrival);
    } else {
      const remembered = this.#document.factsAfter(afterSeq);
      if (remembered === 'none') this.#read(arrival);
      else if (remembered === 'forgotten') this.#begin(arrival, 'resync');
      else {
        arrival.read = remembered;
        this.#resume(arrival);
      }
    }
  }

  /** Shows it the whole. */
  #begin(arrival: Arrival, missed: readonly Fact[] | 'resync'): void {
    this.#show(arrival, arrival.subscriber.door.opening, (seq, opening) => {
      this.#welcome(arrival, { seq, missed, opening });
    });
  }

  /** Goes on where it was; the state itself says what was missed. */
  #resumeFromState(arrival: Arrival, after: Seq): void {
    this.#show(arrival, arrival.subscriber.door.resumingFromState?.(after), (seq, opening) => {
      this.#welcome(arrival, { seq, after, missed: NOTHING, opening });
    });
  }

  /** Goes on where it was; it is told what it missed. */
  #resume(arrival: Arrival): void {
    this.#show(arrival, arrival.subscriber.door.resuming, (seq, opening) => {
      const { afterSeq = 0, read } = arrival;
      const recent = this.#document.facts.after(read.at(-1)?.seq ?? afterSeq);
      if (recent !== undefined) {
        const missed = read.length === 0 ? recent : [...read, ...recent];
        this.#welcome(arrival, { seq, after: afterSeq, missed, opening });
      } else {
        // While it waited, more happened than is remembered.
        this.#read(arrival);
      }
    });
  }

  /** Asks the door's query now, and goes on when all that its answer has is durable. */
  #show(arrival: Arrival, query: TypedMessage | undefined, then: (seq: Seq, opening: unknown) => void): void {
    const { seq } = this.#document;
    const inPlace = (act: () => void): void =>
      this.#document.inPlace(() => {
        if (this.#arrivals.get(arrival.subscriber.connectionId) !== arrival) return; // it left meanwhile
        if (this.#document.isDeleted) this.#end(arrival, DOCUMENT_DELETED, 'document deleted');
        else act();
      });
    let opening: unknown;
    try {
      opening = query === undefined ? undefined : this.#document.ask(query);
    } catch (error) {
      if (!(error instanceof Problem)) {
        this.#end(arrival, INTERNAL_ERROR, 'internal error');
        throw error;
      }
      inPlace(() => this.#end(arrival, closeCodeOf(error), error.code));
      return;
    }
    inPlace(() => then(seq, opening));
  }

  #read(arrival: Arrival): void {
    const { subscriber, afterSeq = 0 } = arrival;
    if (arrival.hasRead) {
      this.#document.send({ type: 'caughtUp', subscriber, facts: undefined });
      return;
    }
    arrival.hasRead = true;
    this.#document.readFacts(afterSeq).then(
      (facts) => this.#document.send({ type: 'caughtUp', subscriber, facts }),
      () => this.#document.send({ type: 'caughtUp', subscriber, facts: undefined }),
    );
  }

  #welcome(arrival: Arrival, welcome: Omit<Welcome, 'snapshotSeq'>): void {
    const { subscriber, presence } = arrival;
    this.#arrivals.delete(subscriber.connectionId);
    try {
      this.#document.welcome(subscriber, welcome);
    } catch (error) {
      subscriber.close(INTERNAL_ERROR, 'internal error');
      throw error;
    }
    if (presence !== undefined) this.#document.setPresence(subscriber.connectionId, presence);
  }

  #end({ subscriber }: Arrival, code: number, reason: string): void {
    this.#arrivals.delete(subscriber.connectionId);
    subscriber.close(code, reason);
  }
}

const NOTHING: readonly Fact[] = Object.freeze([]);
