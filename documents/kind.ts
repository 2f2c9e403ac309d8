import type { EntityId, OperationId, Seq, UserId } from '../protocol/ids.ts';

/**
 * The circumstances of a change: everything in a document that is not a function of its log comes from here, so that
 * nothing under `documents/` reads a clock or rolls a die.
 */
export interface Instant {
  /** Milliseconds since 1970; never less than that of the event before. */
  readonly at: number;
  readonly by: UserId;
  /** The `seq` that the event of this change has, or will have. */
  readonly seq: Seq;
}

/** What the directory shows of a document without waking it; rides in the transaction of the append. */
export interface Summary {
  /** What lists search and sort by. */
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deleted: boolean;
  /** What lists answer: the document as its wire shape. */
  readonly wire: unknown;
}

/** Something inside a document that is found and listed by its own id. */
export interface EntityChange {
  readonly id: EntityId;
  readonly type: string;
  readonly createdAt: number;
  /** Kept, but out of default lists. */
  readonly deleted: boolean;
  /** Work on it is not finished: after a restart its document is woken. */
  readonly open: boolean;
}

/** What came of an event; the same from living through it and from the log. */
export interface Applied<Fact, Answer> {
  /** What subscribers are told; exactly one per event. */
  readonly fact: Fact;
  /** What the one who asked is answered, and answered again for a repeated operation id. Immutable, plain data. */
  readonly answer: Answer;
  /** Directory rows to add or change. */
  readonly entities?: readonly EntityChange[];
  /** The document's directory row changed. */
  readonly summary?: Summary;
  /** State at an earlier `seq` that must stay reconstructible: it is stored in the same transaction. */
  readonly pin?: { readonly seq: Seq; readonly bytes: Uint8Array };
  /** Work outside the document, to be started once the event is durable. */
  readonly effects?: readonly Effect[];
}

/** Work that a document asks the world to do; the runtime hands it to whoever registered for its type. */
export interface Effect {
  readonly type: string;
  /** It needs the state after this event: which is not pruned while the kind names the effect as unfinished. */
  readonly seq?: Seq;
}

/** What `execute` made of a command. */
export interface Executed<Event, Fact, Answer> extends Applied<Fact, Answer> {
  readonly event: Event;
}

/** A command that had nothing to change: no event, no fact, only an answer. */
export interface Unchanged<Answer> {
  readonly event?: undefined;
  readonly answer: Answer;
}

/**
 * A kind of document: what it IS. Synchronous; no I/O, no timers, no sockets, no clock.
 *
 * State is a mutable object that the actor owns and holds by reference; only its leaves are immutable. A command gives
 * at most one event, so that what belongs together is durable together.
 */
export interface DocumentKind<State, Command, Query, Event, Fact, Answer> {
  /** Stands in the directory and in the log: never changes. */
  readonly name: string;

  create(id: string): State;
  /** Applies the command, or throws a `Problem` and changes nothing. `newId` gives fresh UUIDv4s. */
  execute(
    state: State,
    command: Command,
    instant: Instant,
    newId: () => string,
  ): Executed<Event, Fact, Answer> | Unchanged<Answer>;
  /** The same effect, from the log. */
  replay(state: State, event: Event, instant: Instant): Applied<Fact, Answer>;
  /** Reads; throws a `Problem` where there is no answer. Answers are immutable. */
  query(state: State, query: Query): unknown;
  /**
   * The facts of all events after `seq`, where the state itself remembers them. Absent: it never does, and what a
   * returning subscriber missed is read from the log. `undefined`: they are forgotten, and it begins anew.
   */
  factsAfter?(state: State, seq: Seq): readonly Fact[] | undefined;
  /** Work that was begun and is not finished; asked after loading. */
  unfinished(state: State): readonly Effect[];

  /**
   * A snapshot is worth its bytes now. Absent: always. `false` where it would repeat what the log has, such as
   * opaque updates that only their clients can merge.
   */
  isCompact?(state: State): boolean;
  /**
   * When a snapshot is due, where this kind needs another cadence than all others: after so many events, or so long
   * after the first event that none has.
   */
  readonly cadence?: { readonly events: number; readonly ms: number };
  /**
   * Milliseconds from the start of an append to that of the next, for a kind whose changes are small, many, and told in
   * batches anyway. Absent: none; each append takes what came during the one before.
   */
  readonly appendGapMs?: number;
  /**
   * Events are never pruned: what happened is of value by itself, or any past state may be asked for. Snapshots are thinned
   * the more the older they are.
   */
  readonly keepsLog?: true;
  /** A versioned binary layout; `restore(snapshot(state))` equals `state`. */
  snapshot(state: State): Uint8Array;
  restore(id: string, bytes: Uint8Array): State;
  encode(event: Event): Uint8Array;
  /** `version` is the layout's version that the log recorded. */
  decode(bytes: Uint8Array, version: number): Event;
  /** Version of the layout that `encode` writes, recorded with each event. */
  readonly eventVersion: number;
}

/** A kind whose types are of no concern to the runtime (methods are bivariant, so every kind is one). */
export type AnyDocumentKind = DocumentKind<unknown, unknown, unknown, unknown, unknown, unknown>;

/** A command on its way to a document. */
export interface Request<Command> {
  readonly command: Command;
  readonly by: UserId;
  /** Makes a retry harmless. */
  readonly operationId?: OperationId;
}
