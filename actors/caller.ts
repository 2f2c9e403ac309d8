import type { ConnectionId, OperationId, UserId } from '../protocol/ids.ts';

/** Who asks for a change, and the name that makes its retry harmless. */
export interface Caller {
  readonly by: UserId;
  readonly operationId?: OperationId;
  /** The subscriber that asks, where it is one: its door may acknowledge the event in place of telling it. */
  readonly connectionId?: ConnectionId;
}
