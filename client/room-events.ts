import type { RoomPresenceState, RoomQuarantinedEntry, RoomServerMessage } from '../protocol/room-socket.ts';
import type { RoomError } from './room-error.ts';
import type { SyncEvents } from './sync-claims.ts';

export type MessageOf<Type> = Extract<RoomServerMessage, { readonly type: Type }>;
type Told<Type> = Omit<MessageOf<Type>, 'type'>;

/** One who is at the room: one user may be there more than once, `connectionId` tells them apart. */
export type RoomGuest = RoomPresenceState;

export interface RoomEvents extends SyncEvents {
  /** A version was made. */
  version: Told<'version.created'>;
  /** A version was brought back; the document has the change already, and it can be undone like any other. */
  reverted: Told<'reverted'>;
  /** Name or image of the room changed. */
  room: Told<'room.updated'>;
  /** An export was asked for, goes on (then without `seq`), or is done. */
  export: Told<'export.updated'>;
  /** Entries that this client wrote do not validate: nobody else sees them until they are mended. */
  quarantined: { readonly entries: readonly RoomQuarantinedEntry[] };
  /** Somebody came, moved, fell silent or left; {@link RoomProvider.guests} is already so. */
  presence: RoomGuest & { readonly left?: true };
  error: RoomError;
}
