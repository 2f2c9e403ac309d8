const MIB = 1024 * 1024;

/** What a door takes of Yjs updates. */
export interface UpdateLimits {
  /** Of one update, in bytes. */
  readonly updateBytes: number;
  /** Of updates of one socket in the long run; the largest update, and a second's more, may come at once. */
  readonly bytesPerSecond: number;
  /** Of updates of one socket that are not yet on disk: beyond it the client goes too fast. */
  readonly unackedBytes: number;
}

/**
 * An update of 2 MiB is a room of some 8,000 annotations, as one who was offline for long may bring. Nobody else is served
 * while it is merged, a quarter of a second for each MiB: docs/decisions/0013-what-an-update-costs.md.
 */
export const ROOM_LIMITS: UpdateLimits = {
  updateBytes: 2 * MIB,
  bytesPerSecond: MIB,
  unackedBytes: 20 * MIB,
};

/** An update that is a little too large is answered; what is far beyond is not read. */
const TOLERANCE = 1.25;
/** Of the largest text frame, in UTF-16 units: a presence with `data` and 100 selected ids is 30 KB. */
export const MAX_ROOM_TEXT = 64 * 1024;

/** Bytes of the largest frame that is read. */
export const maxRoomPayload = ({ updateBytes }: UpdateLimits): number =>
  Math.max(Math.ceil(updateBytes * TOLERANCE), MAX_ROOM_TEXT);
