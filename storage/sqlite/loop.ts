import type { Operation, ToThread } from './messages.ts';

/** Answers the calls of one role. */
export interface Loop<O extends Operation> {
  receive(message: Extract<ToThread<O>, { type: 'calls' }>): void;
  /** After what is queued. */
  close(): void;
}
