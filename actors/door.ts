import type { ConnectionId, DocumentId, OperationId, Seq, UserId } from '../protocol/ids.ts';
import type { Problem } from '../protocol/problem.ts';
import type { TypedMessage } from './typed-message.ts';

/** Who is at a document and what it points at; never stored. */
export interface Presence {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  /** Cursor, selection, typing, ...: what the door let through. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The subscriber that asked for an event. */
export interface Origin {
  readonly connectionId: ConnectionId;
  readonly operationId: OperationId | undefined;
}

export interface FactNotice {
  readonly type: 'fact';
  readonly seq: Seq;
  readonly fact: unknown;
  readonly origin?: Origin;
}

/** The first notice of a subscriber. Facts up to `seq` follow only where it asked for them. */
export interface WelcomeNotice {
  readonly type: 'welcome';
  readonly documentId: DocumentId;
  readonly connectionId: ConnectionId;
  readonly seq: Seq;
  /** The facts after this one and up to `seq` follow, as the subscriber asked. Absent: it begins at `seq`. */
  readonly after?: Seq;
  /** Of the newest snapshot in the store; 0 where there is none. */
  readonly snapshotSeq: Seq;
  readonly presence: readonly Presence[];
  /** The answer to the door's `opening` query, or the one for resuming where `after` is given: as of `seq`. */
  readonly opening?: unknown;
}

/** What a document tells its subscribers. */
export type Notice =
  /** A committed event. Each `seq` once, in order, without a gap. */
  | FactNotice
  /** A passing state of something, such as the progress of an export; not in the log. */
  | { readonly type: 'transient'; readonly fact: unknown }
  | { readonly type: 'presence'; readonly change: 'joined' | 'updated' | 'left'; readonly presence: Presence }
  | WelcomeNotice
  /**
   * What was missed cannot be replayed: read the document anew; facts go on after `seq`. In the middle of a stay it
   * brings the answer to the door's `opening` query; after a welcome it does not, for that has it.
   */
  | { readonly type: 'resync'; readonly seq: Seq; readonly opening?: unknown };

/**
 * A subscriber repeated an operation that is done, or asked for what was so already: told to nobody else, and not in
 * the log again.
 */
export interface RepeatNotice {
  readonly type: 'repeat';
  /** Of the event that the operation made; where it made none, of the last one before it. */
  readonly seq: Seq;
  readonly origin: Origin;
}

/** A subscriber's command was refused. */
export interface RefusalNotice {
  readonly type: 'refusal';
  readonly problem: Problem;
  readonly origin: Origin;
}

/**
 * One way in which subscribers are told. Encodes a notice once for all of them: the result is whole frames, ready for
 * the wire. `undefined` where this door does not tell that notice.
 */
export interface Door {
  readonly name: string;
  /** It tells nobody who is there: its welcomes have no presence, and changes of presence are not told to it. */
  readonly ignoresPresence?: true;
  encode(notice: Notice): Uint8Array | undefined;
  /**
   * What the one who asked for the event gets instead: an acknowledgement that keeps its place among the facts.
   * Absent: the same as everybody.
   */
  encodeOwn?(notice: FactNotice): Uint8Array | undefined;
  /** The same for an operation that was done before; after everything that was told before. Absent: nothing. */
  encodeRepeat?(notice: RepeatNotice): Uint8Array | undefined;
  /** The same for a refusal, where a client tells its commands apart by their order only. Absent: nothing. */
  encodeRefusal?(notice: RefusalNotice): Uint8Array | undefined;
  /**
   * Facts that follow each other, as one frame that stands for all of them; its `seq` is the last one's. `undefined`:
   * each gets its own. Asked only for two or more, none of which is the reader's own.
   */
  encodeMerged?(notices: readonly FactNotice[]): Uint8Array | undefined;
  /**
   * Facts go to the one who asked for them as to everybody, so that all get the same bytes; what acknowledges them comes
   * beside, by `encodeAcks`.
   */
  readonly sharesOwn?: true;
  /**
   * With `sharesOwn`: one frame that acknowledges what its reader asked for of the facts that one frame tells, in order.
   * It is delivered just before that frame, so that everything with a `seq` ascends; repeats and refusals come between.
   */
  encodeAcks?(notices: readonly FactNotice[]): Uint8Array | undefined;
  /** Whether a fact may become part of a merged frame; one that may not has its own, in its place. Default: it may. */
  merges?(notice: FactNotice): boolean;
  /** What follows within so many milliseconds after something was told is gathered and told together. Default: 0. */
  readonly gatherMs?: number;
  /** A query of the document's kind whose answer a subscriber needs first; it comes with the welcome. */
  readonly opening?: TypedMessage;
  /** The same for one that goes on where it was. */
  readonly resuming?: TypedMessage;
  /**
   * Of a welcome, what does not depend on who is welcomed, such as the whole state: delivered by itself right after what
   * `encode` makes of it, so that all who come at once can be given the same bytes, made once. Absent: nothing.
   */
  encodeOpening?(notice: WelcomeNotice): Uint8Array | undefined;
  /**
   * Instead of the facts that it missed, one that goes on after `afterSeq` is given the answer to this query: as of
   * `welcome.seq`, with `welcome.after` the `afterSeq` that it asked for. Live facts follow. For a door whose state
   * knows what changed since then.
   */
  resumingFromState?(afterSeq: Seq): TypedMessage;
}

/** A socket that joined a document. It never throws and never waits. */
export interface Subscriber {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly door: Door;
  /** Whole frames, shared with all subscribers of the door: not to be changed. `droppable`: presence only. */
  deliver(frames: Uint8Array, droppable: boolean): void;
  /** The document ends the stay: a WebSocket close code and a short reason. */
  close(code: number, reason: string): void;
}
