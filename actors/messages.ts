import type { ConnectionId, OperationId, Seq } from '../protocol/ids.ts';
import type { Reply } from './ask.ts';
import type { Caller } from './caller.ts';
import type { DocumentStatus } from './document-status.ts';
import type { Subscriber } from './door.ts';
import type { Fact } from './fact-log.ts';
import type { TypedMessage } from './typed-message.ts';

/** A command that is durable. */
export interface Executed {
  readonly seq: Seq;
  readonly answer: unknown;
}

/** Somebody's wish that the state after event `seq` is kept. Each is itself, whatever its `seq`. */
export interface Hold {
  readonly seq: Seq;
}

/** Everything that a document actor receives. */
export type DocumentMessage =
  | {
      readonly type: 'execute';
      readonly command: TypedMessage;
      readonly caller: Caller;
      readonly reply: Reply<Executed>;
    }
  | { readonly type: 'query'; readonly query: TypedMessage; readonly reply: Reply<unknown> }
  /** Asks for the last event's seq. */
  | { readonly type: 'head'; readonly reply: Reply<Seq> }
  | { readonly type: 'status'; readonly reply: Reply<DocumentStatus> }
  /** Asks for a snapshot now. */
  | { readonly type: 'snapshot'; readonly reply: Reply<Seq> }
  /** Keeps a state from being pruned; answered once no pruning is under way. `reply` absent: it was, before a crash. */
  | { readonly type: 'hold'; readonly hold: Hold; readonly reply?: Reply<void> }
  | { readonly type: 'letGo'; readonly hold: Hold }
  /** Asks whether an operation is done. */
  | { readonly type: 'recall'; readonly operationId: OperationId; readonly reply: Reply<boolean> }
  | { readonly type: 'join'; readonly subscriber: Subscriber; readonly afterSeq?: Seq }
  | { readonly type: 'leave'; readonly connectionId: ConnectionId }
  /** `data` absent: keeps alive what is there. */
  | {
      readonly type: 'presence';
      readonly connectionId: ConnectionId;
      readonly data?: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'transient'; readonly fact: unknown }
  /** From the sweeper: time has passed. */
  | { readonly type: 'sweep'; readonly now: number }
  /** The document is in memory, or cannot be read. */
  | { readonly type: 'loaded' }
  | { readonly type: 'loadFailed'; readonly error: unknown }
  /** Everything that must be kept of a document that leaves memory is in the store. */
  | { readonly type: 'left' }
  /** The append in flight is durable. */
  | { readonly type: 'committed' }
  /** The append in flight failed, or nobody knows. */
  | { readonly type: 'appendFailed'; readonly error: unknown }
  /** What a returning subscriber missed was read from the store; `undefined` where it is no longer kept. */
  | {
      readonly type: 'caughtUp';
      readonly subscriber: Subscriber;
      readonly facts: readonly Fact[] | undefined;
    }
  /** Nobody needs the document: it may leave memory. */
  | { readonly type: 'passivate' };
