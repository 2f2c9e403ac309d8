const MIB = 1024 * 1024;

/** What the room door takes. */
export interface RoomLimits {
  /** Of one update, in bytes. */
  readonly updateBytes: number;
  /** Of updates of one socket that are not yet on disk: beyond it the client goes too fast. */
  readonly unackedBytes: number;
}

/** An update of 10 MiB is a whole room of some 20,000 annotations, as one who was offline for long may bring. */
export const ROOM_LIMITS: RoomLimits = { updateBytes: 10 * MIB, unackedBytes: 20 * MIB };

/** An update that is a little too large is answered; what is far beyond is not read. */
const TOLERANCE = 1.25;
/** Of the largest text frame, in UTF-16 units: a presence with `data` and 100 selected ids is 30 KB. */
export const MAX_ROOM_TEXT = 64 * 1024;

/** Bytes of the largest frame that is read. */
export const maxRoomPayload = ({ updateBytes }: RoomLimits): number =>
  Math.max(Math.ceil(updateBytes * TOLERANCE), MAX_ROOM_TEXT);
