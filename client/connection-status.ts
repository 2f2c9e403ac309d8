/** Where a connection is in its life. */
export type ConnectionStatus =
  /** Not joined yet. */
  | { readonly name: 'idle' }
  /** `attempt`: 0 for the first one since the last success. */
  | { readonly name: 'connecting'; readonly attempt: number }
  /** The state is here, updates up to `headSeq` are still coming. */
  | { readonly name: 'catching-up'; readonly headSeq: number }
  /** Everything that the server has is here; what is sent goes out at once. */
  | { readonly name: 'live' }
  /** The socket ended with this code; the next attempt is in `delayMs`. */
  | { readonly name: 'waiting'; readonly delayMs: number; readonly code: number; readonly reason: string }
  /** For good. */
  | { readonly name: 'closed'; readonly code: number; readonly reason: string };
