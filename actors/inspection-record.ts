import type { ConnectionId, Seq, UserId } from '../protocol/ids.ts';
import type { ProblemCode } from '../protocol/problem-table.ts';

/**
 * What became of a message. `waiting`: kept until the document is loaded. `pending`: its event waits for the store.
 * `unchanged`: a command that had nothing to change, or one that was repeated. `failed`: the actor ended before.
 */
export type InspectionOutcome = 'waiting' | 'pending' | 'ok' | 'unchanged' | 'failed' | ProblemCode;

/**
 * One message that a watched document actor took from its mailbox, or one turn of its life (`actor.started`,
 * `actor.stopped`, `actor.crashed`). Types, sizes, ids and codes: never what a message says.
 *
 * Times are in ms since 1970, with fractions of finer than a microsecond; absent: not yet, or never.
 */
export interface InspectionRecord {
  /** 1, 2, 3, ... since the actor is watched. */
  readonly no: number;
  /** As in `DocumentMessage`. */
  readonly type: string;
  /** Which command or query. */
  readonly command?: string;
  /** Who sent it: the name of a door, `socket`, `http`, `system`, `store` or `runtime`. */
  readonly from: string;
  readonly by?: UserId;
  readonly connectionId?: ConnectionId;
  /** When it was asked for. */
  readonly at: number;
  /** When it left the mailbox to be handled. */
  readonly taken?: number;
  /** When the document had handled it. */
  readonly executed?: number;
  /** When its event was durable. */
  readonly committed?: number;
  /** When the last of the doors wrote it to its sockets. */
  readonly published?: number;
  /** Of the event that it made. */
  readonly seq?: Seq;
  /** Bytes of that event in the log. */
  readonly size?: number;
  /** Events that became durable by it. */
  readonly events?: number;
  /** Which doors told it, and how many sockets they have here. */
  readonly doors?: readonly string[];
  readonly readers?: number;
  readonly outcome: InspectionOutcome;
  /** The state of the chart after it; before it, where that was another. */
  readonly state: string;
  readonly stateBefore?: string;
  /** Why the actor ended. */
  readonly reason?: string;
  /** XState's id of the incarnation. */
  readonly session?: string;
}
