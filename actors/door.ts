import type { ConnectionId, DocumentId, OperationId, Seq, UserId } from '../protocol/ids.ts';
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

/** What a document tells its subscribers. */
export type Notice =
  /** A committed event. Each `seq` once, in order, without a gap. */
  | FactNotice
  /** A passing state of something, such as the progress of an export; not in the log. */
  | { readonly type: 'transient'; readonly fact: unknown }
  | { readonly type: 'presence'; readonly change: 'joined' | 'updated' | 'left'; readonly presence: Presence }
  /** The first notice of a subscriber. Facts up to `seq` follow only where it asked for them. */
  | {
      readonly type: 'welcome';
      readonly documentId: DocumentId;
      readonly connectionId: ConnectionId;
      readonly seq: Seq;
      /** The facts after this one and up to `seq` follow, as the subscriber asked. Absent: it begins at `seq`. */
      readonly after?: Seq;
      readonly presence: readonly Presence[];
      /** The answer to the door's `opening` query; it may know of events after `seq`, which follow as facts. */
      readonly opening?: unknown;
    }
  /**
   * What was missed cannot be replayed: read the document anew; facts go on after `seq`. In the middle of a stay it
   * brings the answer to the door's `opening` query; after a welcome it does not, for that has it.
   */
  | { readonly type: 'resync'; readonly seq: Seq; readonly opening?: unknown };

/** A subscriber repeated an operation that is done: told to nobody else, and not in the log again. */
export interface RepeatNotice {
  readonly type: 'repeat';
  /** Of the event that the operation made. */
  readonly seq: Seq;
  readonly origin: Origin;
}

/**
 * One way in which subscribers are told. Encodes a notice once for all of them: the result is whole frames, ready for
 * the wire. `undefined` where this door does not tell that notice.
 */
export interface Door {
  readonly name: string;
  encode(notice: Notice): Uint8Array | undefined;
  /**
   * What the one who asked for the event gets instead: an acknowledgement that keeps its place among the facts.
   * Absent: the same as everybody.
   */
  encodeOwn?(notice: FactNotice): Uint8Array | undefined;
  /** The same for an operation that was done before; after everything that was told before. Absent: nothing. */
  encodeRepeat?(notice: RepeatNotice): Uint8Array | undefined;
  /** A query of the document's kind whose answer a subscriber needs first; it comes with the welcome. */
  readonly opening?: TypedMessage;
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
