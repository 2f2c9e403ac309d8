import type { ConnectionId, Seq } from '../protocol/ids.ts';
import type { Reply } from './ask.ts';
import type { Caller } from './caller.ts';
import type { Subscriber } from './door.ts';
import type { Fact } from './fact-log.ts';
import type { TypedMessage } from './typed-message.ts';

/** A command that is durable. */
export interface Executed {
  readonly seq: Seq;
  readonly answer: unknown;
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
