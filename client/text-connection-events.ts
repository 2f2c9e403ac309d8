import type { TextServerMessage } from '../protocol/text-socket.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { TextConnectionError } from './text-connection-error.ts';
import type { Ack } from './update-queue.ts';

export type TextConnectionStatus = ConnectionStatus;

type MessageOf<Type> = Extract<TextServerMessage, { readonly type: Type }>;

/** What a (re)join begins with. */
export interface JoinedState {
  /**
   * The whole document at `version` (empty for a new one), in the clients' own format. `null`: the stay goes on where
   * the last one ended, nothing has to be replaced.
   */
  readonly snapshot: Uint8Array | null;
  readonly version: number;
  /** Updates up to this one follow as `remoteUpdate`. */
  readonly headSeq: number;
}

/** An update of somebody else, or one of ours whose ack was lost. */
export interface RemoteUpdate {
  /** Follows the last one without a gap. */
  readonly seq: number;
  readonly update: Uint8Array;
  readonly actorId: string;
}

/** The title changed, or the document was deleted or restored. */
export type DocumentChange = Omit<MessageOf<'document'>, 'type'>;
/** Where another one is. One user may be here more than once: `connectionId` tells them apart. `left`: no more. */
export type RemotePresence = Omit<MessageOf<'presence'>, 'type'>;

export interface TextConnectionEvents {
  status: TextConnectionStatus;
  state: JoinedState;
  remoteUpdate: RemoteUpdate;
  document: DocumentChange;
  ack: Ack;
  presence: RemotePresence;
  error: TextConnectionError;
}
